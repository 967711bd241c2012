package dev.counterfoil.terminal.line.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchdogFileTest {

  private final FakeKernel kernel = new FakeKernel();
  private final WatchdogFile watchdog = new WatchdogFile(kernel, "/dev/watchdog", 15);

  @Test
  void itsClockRunsFromTheFirstMomentAndIsStoppedByTheMagicByte() throws DeviceFaultException {
    watchdog.arm();
    watchdog.arm();
    watchdog.keepAlive();
    watchdog.disarm();

    assertThat(kernel.transfers).containsExactly("watchdog time 15", "watchdog alive", "watchdog write 56");
    assertThat(kernel.openFiles()).isEmpty();
  }

  @Test
  void closingItLeavesTheClockRunning() throws DeviceFaultException {
    watchdog.arm();
    watchdog.close();

    assertThat(kernel.transfers).containsExactly("watchdog time 15");
    assertThat(kernel.openFiles()).isEmpty();
  }

  /// Bit 5 of the boot status is WDIOF_CARDRESET; the others are fans and temperatures.
  @ParameterizedTest
  @CsvSource({"0, false", "32, true", "33, true", "31, false"})
  void itsDriverSaysWhetherItStartedTheMachine(int status, boolean started) throws DeviceFaultException {
    kernel.bootStatus = status;

    assertThat(watchdog.startedTheMachine()).isEqualTo(started);
    assertThat(kernel.transfers).containsExactly("watchdog write 56");
    assertThat(kernel.openFiles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, WATCHDOG_MISSING", "13, WATCHDOG_REFUSED", "16, WATCHDOG_REFUSED"})
  void aWatchdogThatCannotBeOpenedSaysWhy(int error, FaultCode code) {
    kernel.openErrors.put("/dev/watchdog", error);

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(watchdog::arm)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
  }

  /// Its own time might be shorter than ours.
  @Test
  void aWatchdogThatDoesNotTakeTheTimeIsNotLeftRunning() {
    kernel.failNext = Errno.EINVAL;

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(watchdog::arm)
        .satisfies(e -> assertThat(e.fault().describe()).startsWith("WATCHDOG_REFUSED").contains("15 s"));
    assertThat(kernel.transfers).containsExactly("watchdog write 56");
    assertThat(kernel.openFiles()).isEmpty();
  }

  @Test
  void aWatchdogThatIsPulledIsArmedAgain() throws DeviceFaultException {
    watchdog.arm();
    kernel.failNext = Errno.ENODEV;

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(watchdog::keepAlive)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.WATCHDOG_MISSING));
    watchdog.arm();
    watchdog.keepAlive();

    assertThat(kernel.transfers).containsExactly("watchdog time 15", "watchdog time 15", "watchdog alive");
    watchdog.close();
  }
}
