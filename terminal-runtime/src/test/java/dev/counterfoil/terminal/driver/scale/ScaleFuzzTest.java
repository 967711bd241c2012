package dev.counterfoil.terminal.driver.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedLine;
import dev.counterfoil.terminal.fuzz.QuietUpkeep;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ReadableI2c;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a scale says, on Modbus or on I2C: no exception leaves the drivers, they end in time, and no Modbus weight comes
/// from bytes among which there is no frame with a right sum.
@ExtendWith(QuietUpkeep.class)
class ScaleFuzzTest {

  private static final WeighingRule RULE = new WeighingRule(5, 2, 15_000);
  private static final ModbusScaleSettings MODBUS = new ModbusScaleSettings(9_600, 1, 4, 0, 2, 1_000, 2, 1,
      2);
  private static final int TURNS = 60;

  @ParameterizedTest
  @MethodSource("inputs")
  void noBytesOfTheCollectionBreakTheDrivers(Path input) throws Exception {
    breaksNothing(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(ScaleFuzzTest.class, "jazzerFindsNoBytesThatBreakTheDrivers");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "2m")
  void jazzerFindsNoBytesThatBreakTheDrivers(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    var pieces = FuzzInput.pieces(input);
    modbus(pieces);
    converter(pieces);
  }

  private static void modbus(List<byte[]> pieces) throws InterruptedException {
    var clock = new FakeClock();
    var line = new FuzzedLine(pieces, clock);
    var events = new ArrayList<ScaleEvent>();
    run(new Upkeep(ScaleWork.modbus(line, MODBUS, RULE, clock, events::add), clock, listener(events)));
    if (!hasFrame(FuzzInput.joined(pieces))) {
      assertThat(events).noneMatch(ScaleEvent.Weighed.class::isInstance);
    }
    assertThat(clock.millis()).as("ends in time").isLessThan(600_000);
  }

  private static Upkeep.Listener listener(List<ScaleEvent> events) {
    return Upkeep.Listener.telling(events::add, ScaleEvent.ScaleFault::new, new ScaleEvent.ScaleRecovered());
  }

  private static void run(Upkeep upkeep) throws InterruptedException {
    for (int turn = 0; turn < TURNS; turn++) {
      upkeep.turn();
    }
  }

  /// Any run of bytes that ends in the CRC-16 of those before it, low byte first.
  private static boolean hasFrame(byte[] bytes) {
    for (int from = 0; from < bytes.length; from++) {
      int crc = 0xFFFF;
      for (int at = from; at + 2 < bytes.length; at++) {
        crc = next(crc, bytes[at]);
        if ((bytes[at + 1] & 0xFF) == (crc & 0xFF) && (bytes[at + 2] & 0xFF) == crc >> 8) {
          return true;
        }
      }
    }
    return false;
  }

  private static int next(int before, byte value) {
    int crc = before ^ value & 0xFF;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
    }
    return crc;
  }

  private static void converter(List<byte[]> pieces) throws InterruptedException {
    var clock = new FakeClock();
    var events = new ArrayList<ScaleEvent>();
    var board = new ModelBoard(new FuzzedChip(pieces.iterator()), clock);
    run(new Upkeep(ScaleWork.nau7802(() -> board, new Nau7802Settings(1, 84_000, 420_000), RULE, clock,
        events::add), clock, listener(events)));
    assertThat(clock.millis()).as("ends in time").isLessThan(600_000);
  }

  /// Registers that read as whatever comes next, and as 0 in the end.
  private record FuzzedChip(Iterator<byte[]> pieces) implements ReadableI2c {

    @Override
    public void write(byte[] bytes) {
      // Takes everything.
    }

    @Override
    public byte[] read(int count) {
      return Arrays.copyOf(pieces.hasNext() ? pieces.next() : new byte[0], count);
    }
  }
}
