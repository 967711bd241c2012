package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.HexFormat;

/// Asks a printer how it is: `DLE EOT n`, answered at once by one byte, whatever the printer is doing.
///
/// ```
/// every answer   0 x x 1 x x 1 0
/// n = 1          bit 3: off line
/// n = 2          bit 2: cover open    bit 5: stopped because paper is out    bit 6: error
/// n = 4          bits 2, 3: paper is near its end    bits 5, 6: paper is out
/// ```
/// Source: Epson's ESC/POS reference, real-time commands; python-escpos (mask 0x12 and what stands in it).
///
/// Threads: the line's. Blocks for an answer's time, at most half a second each.
public final class PrinterStatus {

  private static final long ANSWER_MILLIS = 500;
  private static final int FIXED_BITS = 0x93;
  private static final int FIXED_VALUE = 0x12;
  private static final int OFF_LINE = 0x08;
  private static final int COVER_OPEN = 0x04;
  private static final int STOPPED_BY_PAPER = 0x20;
  private static final int PAPER_OUT = 0x60;
  private static final int PAPER_LOW = 0x0C;

  private final SerialLine line;

  public PrinterStatus(SerialLine line) {
    this.line = line;
  }

  /// Whether it can print now.
  ///
  /// @return whether the paper is near its end
  /// @throws DeviceFaultException with the code of what keeps it from printing; asking again is safe
  public boolean requireReady() throws DeviceFaultException, InterruptedException {
    if ((ask(1) & OFF_LINE) != 0) {
      throw fault(whyOffLine(), "off line");
    }
    int paper = ask(4);
    if ((paper & PAPER_OUT) != 0) {
      throw fault(FaultCode.PAPER_OUT, "status " + HexFormat.of().toHexDigits((byte) paper));
    }
    return (paper & PAPER_LOW) != 0;
  }

  private FaultCode whyOffLine() throws DeviceFaultException, InterruptedException {
    int cause = ask(2);
    if ((cause & COVER_OPEN) != 0) {
      return FaultCode.COVER_OPEN;
    }
    return (cause & STOPPED_BY_PAPER) != 0 ? FaultCode.PAPER_OUT : FaultCode.PRINTER_OFFLINE;
  }

  private int ask(int question) throws DeviceFaultException, InterruptedException {
    line.discardInput();
    line.write(new byte[] {0x10, 0x04, (byte) question});
    byte[] answer = line.read(ANSWER_MILLIS);
    if (answer.length == 0) {
      throw fault(FaultCode.PRINTER_SILENT, "no answer to DLE EOT " + question);
    }
    int status = answer[answer.length - 1] & 0xFF;
    if ((status & FIXED_BITS) != FIXED_VALUE) {
      throw fault(FaultCode.PRINTER_GARBLED,
          "answer to DLE EOT " + question + " was " + HexFormat.of().formatHex(answer));
    }
    return status;
  }

  private DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, "printer " + line.name(), detail));
  }
}
