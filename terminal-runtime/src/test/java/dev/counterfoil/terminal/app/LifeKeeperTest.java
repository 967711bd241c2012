package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.core.LifeSigns;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.ServiceNotices;
import dev.counterfoil.terminal.line.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeKeeperTest {

  private final List<String> heard = new ArrayList<>();
  private Optional<FaultCode> armFault = Optional.empty();
  private Optional<FaultCode> keepFault = Optional.empty();
  private long going;
  private boolean readerHangs;
  private boolean ready;

  private final LifeKeeper keeper = new LifeKeeper(new Terminal(), Optional.of(new Dog()), 15_000,
      new Manager(), MonotonicClock.system(),
      fault -> heard.add("told " + fault.map(Enum::name).orElse("well")));

  private final class Terminal implements LifeKeeper.Parts {

    @Override
    public void nudge() {
      going++;
    }

    @Override
    public LifeSigns.Progress progress() {
      return new LifeSigns.Progress(going, going, readerHangs ? 1 : going);
    }

    @Override
    public String health() {
      return ready ? "READY" : "STARTING";
    }
  }

  private final class Dog implements Watchdog {

    private boolean armed;

    @Override
    public String name() {
      return "dog";
    }

    @Override
    public void arm() throws DeviceFaultException {
      fail(armFault);
      if (!armed) {
        heard.add("armed");
      }
      armed = true;
    }

    @Override
    public void keepAlive() throws DeviceFaultException {
      if (!armed) {
        throw new AssertionError("not armed");
      }
      fail(keepFault);
      heard.add("alive");
    }

    private void fail(Optional<FaultCode> fault) throws DeviceFaultException {
      if (fault.isPresent()) {
        armed = false;
        throw new DeviceFaultException(new DeviceFault(fault.get(), "dog", "for this test"));
      }
    }

    @Override
    public void disarm() {
      heard.add("disarmed");
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  private final class Manager implements ServiceNotices {

    @Override
    public void say(String state) {
      heard.add(state);
    }

    @Override
    public long watchdogMillis() {
      return 30_000;
    }
  }

  @Test
  void aTerminalThatGoesOnIsToldToTheWatchdogAndToTheServiceManager() {
    keeper.turn();
    assertThat(heard).containsExactly("armed", "STATUS=STARTING");
    heard.clear();
    ready = true;

    keeper.turn();
    keeper.turn();

    assertThat(heard).containsExactly("STATUS=READY", "alive", "WATCHDOG=1", "alive", "WATCHDOG=1");
  }

  @Test
  void readinessIsToldAtOnceWithoutALookAndNotAgain() {
    keeper.ready();
    assertThat(heard).containsExactly("READY=1");
    ready = true;
    heard.clear();

    keeper.turn();
    keeper.turn();

    assertThat(heard).doesNotContain("READY=1");
  }

  @Test
  void aReaderThatHangsEndsTheSignsOfLife() {
    keeper.turn();
    keeper.turn();
    readerHangs = true;
    heard.clear();

    for (int i = 0; i < 10; i++) {
      keeper.turn();
    }

    assertThat(heard).isEmpty();
  }

  @Test
  void aWatchdogThatCannotBeUsedIsToldOnceAndTriedAgain() {
    armFault = Optional.of(FaultCode.WATCHDOG_MISSING);
    keeper.turn();
    keeper.turn();
    keeper.turn();
    assertThat(heard).containsExactly("told WATCHDOG_MISSING", "STATUS=STARTING", "WATCHDOG=1", "WATCHDOG=1");
    heard.clear();
    armFault = Optional.empty();
    keepFault = Optional.of(FaultCode.WATCHDOG_REFUSED);

    keeper.turn();
    keepFault = Optional.empty();
    keeper.turn();

    assertThat(heard).containsExactly("armed", "told well", "told WATCHDOG_REFUSED", "WATCHDOG=1", "armed",
        "told well", "alive", "WATCHDOG=1");
  }

  @Test
  void onlyAnOrderlyEndStopsTheWatchdogsClock() {
    keeper.turn();
    heard.clear();

    keeper.stopping();
    keeper.endThread();
    keeper.close();
    assertThat(heard).containsExactly("STOPPING=1", "closed");

    keeper.endInOrder();
    assertThat(heard).endsWith("disarmed");
  }

  /// A quarter of the shorter time, so that a reader's longest pause still leaves room.
  @ParameterizedTest
  @CsvSource({"0, 0, 5000", "15000, 0, 3750", "0, 8000, 2000", "15000, 4000, 1000", "3600000, 0, 5000",
      "0, 1, 100"})
  void itLooksFourTimesInTheShorterOfBothTimes(long watchdog, long manager, long pause) {
    assertThat(LifeKeeper.pause(watchdog, manager)).isEqualTo(pause);
  }
}
