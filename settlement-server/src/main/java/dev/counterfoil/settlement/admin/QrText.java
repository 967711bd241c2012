package dev.counterfoil.settlement.admin;

import io.nayuki.qrcodegen.QrCode;

/// A QR code for a terminal's screen: two modules a character, one above the other, light modules as blocks, so that dark
/// screens show it the right way round.
final class QrText {

  private static final int QUIET = 2;

  private QrText() {}

  static String of(String content) {
    QrCode code = QrCode.encodeText(content, QrCode.Ecc.LOW);
    var text = new StringBuilder();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        text.append(block(!code.getModule(x, y), y + 1 < code.size + QUIET && !code.getModule(x, y + 1)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '\u2588' : '\u2580';
    }
    return lower ? '\u2584' : ' ';
  }
}
