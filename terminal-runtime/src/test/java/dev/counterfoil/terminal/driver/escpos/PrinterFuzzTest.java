package dev.counterfoil.terminal.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedLine;
import dev.counterfoil.terminal.line.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a printer answers when it is asked how it is: ready, or a fault of the printer.
class PrinterFuzzTest {

  private static final List<FaultCode> FAULTS = List.of(FaultCode.COVER_OPEN, FaultCode.PAPER_OUT,
      FaultCode.PRINTER_OFFLINE, FaultCode.PRINTER_GARBLED, FaultCode.PRINTER_SILENT);
  private static final int FIXED_BITS = 0x93;
  private static final int FIXED_ONES = 0x12;

  @ParameterizedTest
  @MethodSource("inputs")
  void noAnswerOfTheCollectionBreaksTheDriver(Path input) throws Exception {
    breaksNothing(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(PrinterFuzzTest.class, "jazzerFindsNoAnswerThatBreaksTheDriver");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "1m")
  void jazzerFindsNoAnswerThatBreaksTheDriver(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    var pieces = FuzzInput.pieces(input);
    var clock = new FakeClock();
    var line = new FuzzedLine(pieces, clock);
    line.open();
    try {
      new PrinterStatus(line).requireReady();
      assertThat(FuzzInput.joined(pieces)).as("ready by its own word only")
          .satisfiesAnyOf(said -> assertThat(statusBytes(said)).isGreaterThanOrEqualTo(2));
    } catch (DeviceFaultException e) {
      assertThat(e.fault().code()).isIn(FAULTS);
    }
    assertThat(clock.millis()).as("ends in time").isLessThan(60_000);
  }

  /// Bytes that can be answers to DLE EOT: 0xx1 xx10.
  private static long statusBytes(byte[] said) {
    long found = 0;
    for (byte each : said) {
      found += (each & FIXED_BITS) == FIXED_ONES ? 1 : 0;
    }
    return found;
  }
}
