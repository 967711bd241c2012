package dev.counterfoil.sim.device.oled;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// An SSD1306 or SH1106: memory, address pointer, settings. Takes commands and data byte by byte and knows nothing of
/// transfers, because the chip does not either: a command whose arguments come in a later transfer waits for them.
///
/// A write to the right of the last column stays there on an SH1106 and starts the page again on an SSD1306. Where
/// segments run from right to left (A1), that counts for what is written from then on, as on the chip. Not thread-safe.
final class OledController {
  private static final int PAGES = 8;
  private static final int ROWS = 64;
  private static final int WIDTH = 128;

  private final OledKind kind;
  private final RandomGenerator random;
  private final byte[][] memory;
  private final int[] arguments = new int[6];
  private int waiting;
  private int wanted;
  private int have;
  private int addressing;
  private int column;
  private int page;
  private int firstColumn;
  private int lastColumn;
  private int firstPage;
  private int lastPage;
  private int startLine;
  private int offset;
  private int contrast;
  private boolean segmentsTurned;
  private boolean commonsTurned;
  private boolean allOn;
  private boolean inverse;
  private boolean on;
  private boolean pump;
  private long unknownCommands;

  OledController(OledKind kind, RandomGenerator random) {
    this.kind = kind;
    this.random = random;
    this.memory = new byte[PAGES][kind.columns];
    powerOn();
  }

  /// The reset values of the data sheets; the memory holds whatever it fell into.
  void powerOn() {
    for (byte[] row : memory) {
      random.nextBytes(row);
    }
    waiting = 0;
    wanted = 0;
    have = 0;
    addressing = 2;
    column = 0;
    page = 0;
    firstColumn = 0;
    lastColumn = WIDTH - 1;
    firstPage = 0;
    lastPage = PAGES - 1;
    startLine = 0;
    offset = 0;
    contrast = kind == OledKind.SSD1306 ? 0x7F : 0x80;
    segmentsTurned = false;
    commonsTurned = false;
    allOn = false;
    inverse = false;
    on = false;
    pump = kind == OledKind.SH1106;
  }

  void command(int value) {
    if (wanted > 0) {
      arguments[have++] = value;
      if (have == wanted) {
        wanted = 0;
        withArguments(waiting);
      }
      return;
    }
    have = 0;
    wanted = kind.arguments(value);
    waiting = value;
    if (wanted == 0) {
      plain(value);
    }
  }

  private void plain(int value) {
    switch (value >> 4) {
      case 0x0 -> column = column & 0xF0 | value & 0x0F;
      case 0x1 -> column = column & 0x0F | (value & 0x0F) << 4;
      case 0x4, 0x5, 0x6, 0x7 -> startLine = value & 0x3F;
      case 0xB -> page = value & 0x07;
      case 0xC -> commonsTurned = (value & 0x08) != 0;
      default -> single(value);
    }
  }

  private void single(int value) {
    switch (value) {
      case 0xA0, 0xA1 -> segmentsTurned = value == 0xA1;
      case 0xA4, 0xA5 -> allOn = value == 0xA5;
      case 0xA6, 0xA7 -> inverse = value == 0xA7;
      case 0xAE, 0xAF -> on = value == 0xAF;
      case 0x2E, 0x2F, 0xE3 -> {
        // Scrolling is not built; NOP does nothing.
      }
      default -> unknownCommands++;
    }
  }

  private void withArguments(int command) {
    switch (command) {
      case 0x20 -> addressing = arguments[0] & 0x03;
      case 0x21 -> columns(arguments[0] & 0x7F, arguments[1] & 0x7F);
      case 0x22 -> pages(arguments[0] & 0x07, arguments[1] & 0x07);
      case 0x81 -> contrast = arguments[0];
      case 0x8D -> pump = (arguments[0] & 0x04) != 0;
      case 0xAD -> pump = (arguments[0] & 0x01) != 0;
      case 0xD3 -> offset = arguments[0] & 0x3F;
      default -> {
        // Timing and voltages, which a picture does not show.
      }
    }
  }

  private void columns(int first, int last) {
    firstColumn = first;
    lastColumn = last;
    column = first;
  }

  private void pages(int first, int last) {
    firstPage = first;
    lastPage = last;
    page = first;
  }

  void data(int value) {
    int at = Math.min(column, kind.columns - 1);
    memory[page][segmentsTurned ? kind.columns - 1 - at : at] = (byte) value;
    switch (kind == OledKind.SH1106 ? 2 : addressing) {
      case 0 -> acrossThenDown();
      case 1 -> downThenAcross();
      default -> across();
    }
  }

  private void across() {
    if (kind == OledKind.SH1106) {
      column = Math.min(column + 1, kind.columns - 1);
    } else {
      column = column + 1 & 0x7F;
    }
  }

  private void acrossThenDown() {
    if (column != lastColumn) {
      column = column + 1 & 0x7F;
      return;
    }
    column = firstColumn;
    page = page == lastPage ? firstPage : page + 1 & 0x07;
  }

  private void downThenAcross() {
    if (page != lastPage) {
      page = page + 1 & 0x07;
      return;
    }
    page = firstPage;
    column = column == lastColumn ? firstColumn : column + 1 & 0x7F;
  }

  /// Whether a person sees light at this place, counted from the upper left corner of the glass.
  boolean lit(int x, int y) {
    if (!on || !pump) {
      return false;
    }
    if (allOn) {
      return true;
    }
    int segment = (kind.mountedTurned ? WIDTH - 1 - x : x) + kind.firstVisible;
    int common = kind.mountedTurned ? ROWS - 1 - y : y;
    int line = (commonsTurned ? ROWS - 1 - common : common) + startLine + offset & ROWS - 1;
    return ((memory[line / 8][segment] >> line % 8 & 1) != 0) != inverse;
  }

  boolean on() {
    return on;
  }

  int contrast() {
    return contrast;
  }

  /// Memory as written, a page of columns at a time.
  byte[][] memory() {
    return Arrays.stream(memory).map(byte[]::clone).toArray(byte[][]::new);
  }

  boolean waitsForArguments() {
    return wanted > 0;
  }

  long unknownCommands() {
    return unknownCommands;
  }
}
