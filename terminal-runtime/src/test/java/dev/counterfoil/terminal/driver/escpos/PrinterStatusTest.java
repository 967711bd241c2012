package dev.counterfoil.terminal.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterStatusTest {

  private final RecordingLine line = new RecordingLine(new FakeClock());

  @ParameterizedTest
  @CsvSource({"12, false", "16, false", "1E, true"})
  void aPrinterThatIsWellMaySayThatPaperIsLow(String paper, boolean low) throws Exception {
    line.open();
    line.answer(paper.equals("16") ? "16" : "12").answer(paper.equals("16") ? "12" : paper);

    assertThat(new PrinterStatus(line).requireReady()).isEqualTo(low);

    assertThat(line.takeWritten()).containsExactly("open", "100401", "100404");
  }

  /// Answers to DLE EOT 1, and to 2 where it is off line or to 4 where it is not.
  @ParameterizedTest
  @CsvSource({"1A, 16, COVER_OPEN", "1A, 32, PAPER_OUT", "1A, 12, PRINTER_OFFLINE", "1A, 52, PRINTER_OFFLINE",
      "12, 72, PAPER_OUT", "12, 32, PAPER_OUT", "12, 00, PRINTER_GARBLED", "FF, , PRINTER_GARBLED",
      "00, , PRINTER_GARBLED",
      ", , PRINTER_SILENT", "12, , PRINTER_SILENT"})
  void eachReasonHasItsCode(String first, String second, FaultCode code) throws Exception {
    line.open();
    play(first);
    play(second);

    var fault = catchThrowableOfType(DeviceFaultException.class,
        () -> new PrinterStatus(line).requireReady());

    assertThat(fault.fault().code()).isEqualTo(code);
    assertThat(fault.fault().device()).isEqualTo("printer fake");
  }

  @Test
  void ofSeveralAnswersTheLastOneCounts() throws Exception {
    line.open();
    line.answer("0012").answer("12");

    assertThat(new PrinterStatus(line).requireReady()).isFalse();
  }

  private void play(String answer) {
    if (answer == null) {
      line.silence(1);
    } else {
      line.answer(answer);
    }
  }
}
