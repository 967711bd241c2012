package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.device.Slip.Style;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A slip in the printer's commands. Pure.
///
/// ```
/// 1B 40            initialise                 1D 21 n          size: 00, 11 twice as wide and high
/// 1C 26            Chinese characters on      1B 64 n          print and feed n lines
/// 1B 61 n          0 left, 1 centred          1D 56 01         cut, all but one point
/// 1B 45 n          1 bold                     1B 70 00 32 32   drawer: 100 ms on, 100 ms off
/// 1D 28 6B …       QR code: 41 model, 43 size, 45 correction, 50 store, 51 print
/// ```
/// Sources: python-escpos's constants; Epson's ESC/POS reference for the QR code's functions; `FS &` with GB18030 as
/// printers sold in China have it.
public final class EscPosBytes {

  /// `DLE DC4 8`: throws away what waits in the printer, at once; a printer that does not know it prints nothing of it.
  static final byte[] CLEAR_BUFFER = hex("10 14 08 01 03 14 01 06 02 08");
  /// `GS r 1`: answers when everything before it has been printed.
  static final byte[] TELL_WHEN_DONE = hex("1D 72 01");

  private static final Charset CHINESE = Charset.forName("GB18030");
  private static final int MODULE_DOTS = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean cuts;
  private Style style = Style.PLAIN;

  private EscPosBytes(boolean cuts) {
    this.cuts = cuts;
  }

  /// The bytes of a whole slip, initialisation first.
  ///
  /// @param cuts whether the printer has a cutter
  public static byte[] of(Slip slip, boolean cuts) {
    var made = new EscPosBytes(cuts);
    made.put("1B 40 1C 26");
    if (slip.drawer()) {
      made.put("1B 70 00 32 32");
    }
    slip.parts().forEach(made::part);
    made.end();
    return made.bytes.toByteArray();
  }

  private void part(Slip.Part part) {
    switch (part) {
      case Slip.Text(var words, var wanted) -> {
        change(wanted);
        bytes.writeBytes(words.getBytes(CHINESE));
        bytes.write('\n');
      }
      case Slip.QrCode(var content) -> {
        change(Style.CENTRED);
        qr(content.getBytes(StandardCharsets.US_ASCII));
      }
      case Slip.Feed(var lines) -> {
        put("1B 64");
        bytes.write(lines);
      }
    }
  }

  private void change(Style wanted) {
    if (wanted.centred() != style.centred()) {
      put(wanted.centred() ? "1B 61 01" : "1B 61 00");
    }
    if (wanted.bold() != style.bold()) {
      put(wanted.bold() ? "1B 45 01" : "1B 45 00");
    }
    if (wanted.large() != style.large()) {
      put(wanted.large() ? "1D 21 11" : "1D 21 00");
    }
    style = wanted;
  }

  private void qr(byte[] content) {
    put("1D 28 6B 04 00 31 41 32 00");
    put("1D 28 6B 03 00 31 43");
    bytes.write(MODULE_DOTS);
    put("1D 28 6B 03 00 31 45 31");
    put("1D 28 6B");
    bytes.write(content.length + 3 & 0xFF);
    bytes.write(content.length + 3 >> 8);
    put("31 50 30");
    bytes.writeBytes(content);
    put("1D 28 6B 03 00 31 51 30");
    bytes.write('\n');
  }

  private void end() {
    if (cuts) {
      put("1D 56 01");
    }
  }

  private void put(String digits) {
    bytes.writeBytes(hex(digits));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
