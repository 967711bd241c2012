package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.device.Slip.Style;
import java.util.List;

/// A page that shows an installer whether a printer has Chinese, sizes, QR codes and a cutter.
public final class PrinterTestPage {

  private PrinterTestPage() {}

  /// @param cuts it has a cutter
  public static byte[] bytes(boolean cuts) {
    return EscPosBytes.of(new Slip(List.of(new Slip.Text("Counterfoil", Style.TITLE),
        new Slip.Text("terminal doctor", Style.CENTRED), new Slip.Text("中文打印测试 12.50", Style.PLAIN),
        new Slip.Text("bold", Style.BOLD), new Slip.QrCode("COUNTERFOIL"), new Slip.Feed(3)), false), cuts);
  }
}
