package dev.counterfoil.terminal.driver.oled;

import java.util.HexFormat;

/// The two controllers in the shops, and in what they differ.
///
/// Sources: Solomon Systech SSD1306 rev 1.1, tables 9 and 10, and the order of its application note; Sino Wealth SH1106
/// V2.3, command table. The SH1106 has 132 columns of memory of which the glass shows those from 2 on, a booster of its
/// own (`AD 8B`), and no horizontal addressing.
public enum OledChip {
  SSD1306("A83F D300 40 A0 C0 DA12 817F D922 DB20 D580 8D14 A4 A6 2000", "A1 C8", 0),
  /// The maker of SH1106 modules mounts the glass the other way round, so what counts as upright is turned there.
  SH1106("A83F D300 40 A1 C8 DA12 817F D922 DB35 D580 AD8B A4 A6", "A0 C0", 2);

  static final int OFF = 0xAE;
  static final int ON = 0xAF;
  /// Does nothing, on both chips.
  static final int NOTHING = 0xE3;

  private final byte[] setUp;
  private final byte[] turned;
  private final int firstColumn;

  OledChip(String setUp, String turned, int firstColumn) {
    this.setUp = hex(setUp);
    this.turned = hex(turned);
    this.firstColumn = firstColumn;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /// The settings, without switching on or off.
  byte[] setUp() {
    return setUp.clone();
  }

  /// What turns the picture upside down.
  byte[] turned() {
    return turned.clone();
  }

  /// Puts the memory's pointer to a column of a page; what is written then goes to the right.
  byte[] position(int page, int column) {
    return switch (this) {
      case SSD1306 -> new byte[]{0x21, (byte) column, 0x7F, 0x22, (byte) page, (byte) page};
      case SH1106 -> new byte[]{(byte) (0xB0 | page), (byte) (column + firstColumn & 0x0F),
          (byte) (0x10 | column + firstColumn >> 4)};
    };
  }
}
