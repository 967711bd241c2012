package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.pn532.HostInterface;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A reader whose plug is pulled and put back again and again: found each time, and nothing of the time before is kept.
class ReaderUnplugTest {

  private static final Card CARD = CardSpec.parse("classic1k:04A1B2C3");
  /// Cycles before the counts are taken that must not grow.
  private static final int FIRST = 2;
  /// A collector's thread or a log file of the JVM may come in between.
  private static final long SLACK = 5;

  @TempDir
  private Path folder;
  private final LinkedBlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();

  @Test
  void aFewCyclesLeaveNothingBehind() throws Exception {
    cycles(HostInterface.HSU, 20);
  }

  @Test
  @Tag("nightly")
  void aThousandCyclesLeaveNothingBehind() throws Exception {
    cycles(HostInterface.HSU, 1_000);
  }

  /// Fewer, because a chip that is away is told only after the whole ladder was climbed.
  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  @Tag("nightly")
  void aHundredCyclesOnABusLeaveNothingBehind(HostInterface bus) throws Exception {
    cycles(bus, 100);
  }

  private void cycles(HostInterface bus, int count) throws Exception {
    var clock = new HurriedClock();
    try (var hardware = SimTerminalHardware.in(folder).reader(bus).open()) {
      System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
      var wire = place(hardware).wire((port, baud) -> new JsscSerialLine(port, baud, clock), PiBoard::open,
          clock);
      try (
          var reader = new Pn532CardReader(wire, clock, new Pn532Settings(5, 15, 50, 50), Optional.empty())) {
        reader.start(events::add);
        await(ReaderEvent.ReaderRecovered.class);
        long before = System.nanoTime();
        long threads = 0;
        long handles = 0;
        for (int cycle = 1; cycle <= count; cycle++) {
          unplugAndPlug(hardware);
          if (cycle == FIRST) {
            threads = threads();
            handles = handles();
          }
        }
        System.out.printf("reader by %s: %d cycles in %d s, threads %d -> %d, handles %d -> %d%n", bus, count,
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before), threads, threads(), handles,
            handles());
        assertThat(threads()).isLessThanOrEqualTo(threads + SLACK);
        assertThat(handles()).isLessThanOrEqualTo(handles + SLACK);
        hardware.presentCard(CARD);
        await(ReaderEvent.CardPresented.class);
      }
    } finally {
      System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
    }
  }

  private static Pn532Place place(SimTerminalHardware hardware) {
    return switch (hardware.readerBus()) {
      case HSU -> new Pn532Place.Serial(hardware.readerPath().toString(), 115_200);
      case I2C -> new Pn532Place.I2c(1, 0x24);
      case SPI -> new Pn532Place.Spi(0, 0, 1_000_000);
    };
  }

  private void unplugAndPlug(SimTerminalHardware hardware) throws InterruptedException {
    hardware.unplugReader();
    var fault = await(ReaderEvent.ReaderFault.class).fault();
    assertThat(fault).isInstanceOf(DeviceFault.class);
    hardware.replugReader();
    await(ReaderEvent.ReaderRecovered.class);
  }

  private <E extends ReaderEvent> E await(Class<E> type) throws InterruptedException {
    while (true) {
      var event = events.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("an event within twenty seconds").isNotNull();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  /// The machine's clock, except that every pause between two tries is cut to two milliseconds.
  private static final class HurriedClock implements MonotonicClock {

    private static final long SHORT_MILLIS = 10;

    private final MonotonicClock patient = MonotonicClock.system();

    @Override
    public long millis() {
      return patient.millis();
    }

    @Override
    public void await(long millis) throws InterruptedException {
      patient.await(millis > SHORT_MILLIS ? 2 : millis);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().size();
  }

  private static long handles() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
