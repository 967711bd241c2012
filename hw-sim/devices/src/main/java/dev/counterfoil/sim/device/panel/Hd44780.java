package dev.counterfoil.sim.device.panel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A Hitachi HD44780U character display controller with its glass, wired with four data lines (ADE-207-272).
///
/// It takes what its pins see: register select, read/write, four data bits, latched on the falling edge of E.
/// After power-up the interface is eight bits wide, so each latch is a whole command whose low four lines,
/// unconnected, read as ones (the chip pulls them up). A host that gets the nibble phase wrong therefore
/// shows what it would show on real glass. Until a function set has chosen two lines, the glass shows the
/// dark bar of an uninitialised module.
///
/// Busy times are not enforced; commands that come too early are counted in [#busyViolations]. Not
/// thread-safe.
final class Hd44780 {
  private static final int DDRAM = 0x80;
  private static final int LINE_LENGTH = 40;
  private static final int SECOND_LINE = 0x40;
  /// 37 us per command and 41 us per character at 270 kHz; clear and home take 1.52 ms (table 6).
  private static final long COMMAND_MICROS = 37;
  private static final long DATA_MICROS = 41;
  private static final long CLEAR_MICROS = 1_520;
  private static final int UNCONNECTED = 0x0F;

  private final int columns;
  private final int rows;
  private final byte[] ddram = new byte[DDRAM];
  private final byte[] cgram = new byte[64];
  private boolean eightBits;
  private boolean lowNibbleNext;
  private int highNibble;
  private boolean twoLines;
  private boolean functionChosen;
  private boolean displayOn;
  private boolean cursorOn;
  private boolean blinkOn;
  private boolean incrementing;
  private boolean shifting;
  private boolean addressesCgram;
  private int address;
  private int shift;
  private long busyUntilMicros;
  private long busyViolations;
  private long latches;
  private boolean readLowNext;

  Hd44780(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    powerOn();
  }

  /// Internal reset (section "Reset Function"): display clear, eight bits, one line, display off, increment.
  void powerOn() {
    Arrays.fill(ddram, (byte) ' ');
    Arrays.fill(cgram, (byte) 0);
    eightBits = true;
    lowNibbleNext = false;
    readLowNext = false;
    twoLines = false;
    functionChosen = false;
    displayOn = false;
    cursorOn = false;
    blinkOn = false;
    incrementing = true;
    shifting = false;
    addressesCgram = false;
    address = 0;
    shift = 0;
    busyUntilMicros = 0;
  }

  /// The falling edge of E while R/W is low.
  void latchWrite(boolean data, int nibble, long nowMicros) {
    latches++;
    readLowNext = false;
    if (eightBits) {
      execute(data, nibble << 4 | UNCONNECTED, nowMicros);
    } else if (lowNibbleNext) {
      lowNibbleNext = false;
      execute(data, highNibble << 4 | nibble, nowMicros);
    } else {
      lowNibbleNext = true;
      highNibble = nibble;
    }
  }

  /// What the chip puts on its upper four data lines while E is high and R/W is high.
  int readNibble(boolean data, long nowMicros) {
    int value = data
        ? memory() & 0xFF
        : (nowMicros < busyUntilMicros ? 0x80 : 0) | address & 0x7F;
    return readLowNext && !eightBits ? value & 0x0F : value >> 4;
  }

  /// The falling edge of E while R/W is high ends one nibble of a read.
  void latchRead(boolean data) {
    if (eightBits || readLowNext) {
      readLowNext = false;
      if (data) {
        advance();
      }
    } else {
      readLowNext = true;
    }
  }

  private byte memory() {
    return addressesCgram ? cgram[address & 0x3F] : ddram[address & 0x7F];
  }

  private void execute(boolean data, int value, long nowMicros) {
    if (nowMicros < busyUntilMicros) {
      busyViolations++;
    }
    if (data) {
      writeData(value);
      busyUntilMicros = nowMicros + DATA_MICROS;
    } else {
      busyUntilMicros = nowMicros + (value > 0 && value < 0x04 ? CLEAR_MICROS : COMMAND_MICROS);
      command(value);
    }
  }

  private void command(int value) {
    switch (31 - Integer.numberOfLeadingZeros(value)) {
      case 7 -> setAddress(false, value & 0x7F);
      case 6 -> setAddress(true, value & 0x3F);
      case 5 -> setFunction(value);
      case 4 -> shiftOrMove((value & 0x08) != 0, (value & 0x04) != 0);
      case 3 -> control(value);
      case 2 -> entryMode(value);
      case 1 -> home();
      case 0 -> clear();
      default -> {
        // 00h is no instruction.
      }
    }
  }

  private void setAddress(boolean cgram, int wanted) {
    addressesCgram = cgram;
    address = wanted;
  }

  private void setFunction(int value) {
    eightBits = (value & 0x10) != 0;
    twoLines = (value & 0x08) != 0;
    functionChosen |= !eightBits;
  }

  private void shiftOrMove(boolean wholeDisplay, boolean right) {
    if (wholeDisplay) {
      shift = Math.floorMod(shift + (right ? -1 : 1), lineLength());
    } else {
      step(right);
    }
  }

  private void control(int value) {
    displayOn = (value & 0x04) != 0;
    cursorOn = (value & 0x02) != 0;
    blinkOn = (value & 0x01) != 0;
  }

  private void entryMode(int value) {
    incrementing = (value & 0x02) != 0;
    shifting = (value & 0x01) != 0;
  }

  private void home() {
    setAddress(false, 0);
    shift = 0;
  }

  private void clear() {
    Arrays.fill(ddram, (byte) ' ');
    home();
    incrementing = true;
  }

  private void writeData(int value) {
    if (addressesCgram) {
      cgram[address & 0x3F] = (byte) (value & 0x1F);
    } else {
      ddram[address & 0x7F] = (byte) value;
      if (shifting) {
        shift = Math.floorMod(shift + (incrementing ? 1 : -1), lineLength());
      }
    }
    advance();
  }

  private void advance() {
    step(incrementing);
  }

  /// In two-line mode 27h is followed by 40h and 67h by 00h; in one-line mode 4Fh by 00h.
  private void step(boolean forward) {
    if (addressesCgram) {
      address = address + (forward ? 1 : -1) & 0x3F;
      return;
    }
    int length = lineLength();
    int line = twoLines && address >= SECOND_LINE ? 1 : 0;
    int position = (address - line * SECOND_LINE + (forward ? 1 : -1));
    if (position < 0 || position >= length) {
      line = twoLines ? 1 - line : 0;
      position = forward ? 0 : length - 1;
    }
    address = line * SECOND_LINE + position;
  }

  private int lineLength() {
    return twoLines ? LINE_LENGTH : 2 * LINE_LENGTH;
  }

  /// What a person sees: one string per row, `columns` characters each.
  List<String> glass() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      lines.add(!functionChosen && row % 2 == 0 ? "█".repeat(columns) : visible(row));
    }
    return List.copyOf(lines);
  }

  /// Rows 2 and 3 of a four-row glass continue rows 0 and 1 (addresses 14h and 54h for 20 columns).
  private String visible(int row) {
    boolean unlit = !displayOn || !functionChosen || !twoLines && row % 2 == 1;
    if (unlit) {
      return " ".repeat(columns);
    }
    StringBuilder text = new StringBuilder();
    int start = row / 2 * columns;
    int line = row % 2 * SECOND_LINE;
    for (int column = 0; column < columns; column++) {
      int cell = line + Math.floorMod(start + column + shift, lineLength());
      text.append(GlassCharacters.shown(ddram[cell] & 0xFF));
    }
    return text.toString();
  }

  /// The eight user glyphs as written, five bits per pixel row.
  byte[] glyphs() {
    return cgram.clone();
  }

  int address() {
    return address;
  }

  boolean displayOn() {
    return displayOn;
  }

  boolean cursorOn() {
    return cursorOn;
  }

  boolean blinkOn() {
    return blinkOn;
  }

  boolean initialised() {
    return functionChosen;
  }

  boolean halfWayThroughByte() {
    return lowNibbleNext;
  }

  long busyViolations() {
    return busyViolations;
  }

  long latches() {
    return latches;
  }
}
