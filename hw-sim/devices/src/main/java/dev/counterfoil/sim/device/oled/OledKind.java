package dev.counterfoil.sim.device.oled;

/// Which controller: how much memory it has, which commands take arguments, where its glass is.
///
/// Sources: SSD1306 data sheet rev 1.1, table 9; SH1106 data sheet V2.3, section "Command table".
public enum OledKind {
  /// 128 columns, three ways of addressing. Its glass is lit by a charge pump that command 8D 14 switches on.
  SSD1306(128, 0, false),
  /// 132 columns of which the glass shows 128 from the third on; pages only. The glass is mounted the other way round.
  SH1106(132, 2, true);

  final int columns;
  final int firstVisible;
  /// Segment 0 is at the right and common 0 at the bottom of the glass.
  final boolean mountedTurned;

  OledKind(int columns, int firstVisible, boolean mountedTurned) {
    this.columns = columns;
    this.firstVisible = firstVisible;
    this.mountedTurned = mountedTurned;
  }

  /// How many bytes after this command belong to it.
  int arguments(int command) {
    return switch (command) {
      case 0x81, 0xA8, 0xD3, 0xD5, 0xD9, 0xDA, 0xDB -> 1;
      case 0x20, 0x8D -> this == SSD1306 ? 1 : 0;
      case 0xAD -> this == SH1106 ? 1 : 0;
      case 0x21, 0x22, 0xA3 -> this == SSD1306 ? 2 : 0;
      case 0x29, 0x2A -> this == SSD1306 ? 5 : 0;
      case 0x26, 0x27 -> this == SSD1306 ? 6 : 0;
      default -> 0;
    };
  }
}
