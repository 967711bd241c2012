package dev.counterfoil.terminal.driver.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings.Family;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings.Mode;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedLine;
import dev.counterfoil.terminal.fuzz.QuietUpkeep;
import dev.counterfoil.terminal.line.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a scanner says: no exception leaves the driver, no text is longer than a code can be, and what is read as a code
/// of ours is one, letter by letter.
@ExtendWith(QuietUpkeep.class)
class ScannerFuzzTest {

  private static final int TURNS = 80;

  @ParameterizedTest
  @MethodSource("inputs")
  void noBytesOfTheCollectionBreakTheDriver(Path input) throws Exception {
    breaksNothing(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(ScannerFuzzTest.class, "jazzerFindsNoBytesThatBreakTheDriver");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "2m")
  void jazzerFindsNoBytesThatBreakTheDriver(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    for (Family family : Family.values()) {
      var clock = new FakeClock();
      var line = new FuzzedLine(FuzzInput.pieces(input), clock);
      var events = new ArrayList<CodeEvent>();
      var settings = new ScannerSettings(family, Mode.CONTINUOUS, 3_000);
      var upkeep = new Upkeep(new ScannerWork(line, clock, settings, events::add), clock,
          Upkeep.Listener.telling(events::add, CodeEvent.CodeReaderFault::new,
              new CodeEvent.CodeReaderRecovered()));
      for (int turn = 0; turn < TURNS && !line.isDrained(); turn++) {
        upkeep.turn();
      }
      upkeep.turn();
      events.forEach(ScannerFuzzTest::isBounded);
    }
  }

  private static void isBounded(CodeEvent event) {
    if (event instanceof CodeEvent.CodeRead(var text)) {
      assertThat(text).isNotEmpty().hasSizeLessThanOrEqualTo(ScannedLines.LONGEST).doesNotContain("\r", "\n");
      if (PaymentCode.read(text) instanceof PaymentCode.Reading.Ours(var code)) {
        assertThat(code.text()).isEqualTo(text);
      }
      ReceiptCode.parse(text)
          .ifPresent(code -> assertThat(ReceiptCode.parse(code.toString())).contains(code));
    }
  }
}
