package dev.counterfoil.terminal.driver.oled;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.layout.Bitmap;
import dev.counterfoil.terminal.line.I2cDevice;
import java.io.ByteArrayOutputStream;

/// The controller: set-up, and pictures of which only the changed part of each page is sent.
///
/// Remembers what the memory of the chip holds. After any failure that is worthless, since nobody knows which bytes
/// arrived, or whether the chip has been without power; then everything is set up and sent anew.
///
/// ```
/// transfer   00 command...   or   40 data...
/// ```
/// Threads: one at a time. Blocks for the time on the bus: a whole picture takes about 100 ms at 100 kHz and 25 ms at
/// 400 kHz, a changed amount a fifth of that.
public final class Oled {

  public static final int COLUMNS = 128;
  public static final int PAGES = 8;

  private static final byte COMMANDS = 0x00;
  private static final byte DATA = 0x40;
  /// Longest transfer that every I2C implementation takes (SMBus block limit), one of them the control byte.
  private static final int LONGEST_TRANSFER = 32;
  /// Changed columns that lie this close are sent as one run: a new position costs as much as these would.
  private static final int NEAR = 8;

  private final OledChip chip;
  private final I2cDevice wire;
  private final boolean turned;
  private Bitmap shown = blank();
  private boolean ready;

  /// @param turned the module is mounted upside down
  public Oled(OledChip chip, I2cDevice wire, boolean turned) {
    this.chip = chip;
    this.wire = wire;
    this.turned = turned;
  }

  /// Shows this picture.
  ///
  /// @param picture 128 x 64 pixels
  /// @throws DeviceFaultException if the display did not take all; calling again is safe and repairs it
  public void draw(Bitmap picture) throws DeviceFaultException {
    if (picture.width() != COLUMNS || picture.pages() != PAGES) {
      throw new IllegalArgumentException(
          "the glass has 128 x 64 pixels, the picture " + picture.width() + " x "
              + picture.height());
    }
    boolean fresh = !ready;
    ready = false;
    if (fresh) {
      commands(OledChip.OFF);
      settings();
    }
    for (int page = 0; page < PAGES; page++) {
      drawPage(page, picture, fresh);
    }
    if (fresh) {
      commands(OledChip.ON);
    }
    shown = picture;
    ready = true;
  }

  /// Asks for an acknowledge and changes nothing.
  ///
  /// @throws DeviceFaultException if there was none; the next [#draw] sets the display up anew
  public void probe() throws DeviceFaultException {
    boolean wasReady = ready;
    ready = false;
    commands(OledChip.NOTHING);
    ready = wasReady;
  }

  /// Sends settings and picture once more without switching off in between: heals a chip that was without power for a
  /// moment, or a byte that arrived wrong, which nobody reports.
  public void renew() throws DeviceFaultException {
    ready = false;
    settings();
    for (int page = 0; page < PAGES; page++) {
      drawPage(page, shown, true);
    }
    commands(OledChip.ON);
    ready = true;
  }

  private void settings() throws DeviceFaultException {
    send(COMMANDS, chip.setUp());
    if (turned) {
      send(COMMANDS, chip.turned());
    }
  }

  private void drawPage(int page, Bitmap picture, boolean whole) throws DeviceFaultException {
    int column = 0;
    while (column < COLUMNS) {
      if (whole || picture.octet(page, column) != shown.octet(page, column)) {
        int end = whole ? COLUMNS : endOfRun(page, column, picture);
        drawRun(page, column, end, picture);
        column = end;
      } else {
        column++;
      }
    }
  }

  private int endOfRun(int page, int from, Bitmap picture) {
    int end = from + 1;
    for (int column = end; column < COLUMNS && column - end < NEAR; column++) {
      if (picture.octet(page, column) != shown.octet(page, column)) {
        end = column + 1;
      }
    }
    return end;
  }

  private void drawRun(int page, int from, int end, Bitmap picture) throws DeviceFaultException {
    send(COMMANDS, chip.position(page, from));
    var run = new byte[end - from];
    for (int i = 0; i < run.length; i++) {
      run[i] = picture.octet(page, from + i);
    }
    send(DATA, run);
  }

  private void commands(int... commands) throws DeviceFaultException {
    var bytes = new byte[commands.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) commands[i];
    }
    send(COMMANDS, bytes);
  }

  private void send(byte control, byte[] bytes) throws DeviceFaultException {
    for (int from = 0; from < bytes.length; from += LONGEST_TRANSFER - 1) {
      var transfer = new ByteArrayOutputStream(LONGEST_TRANSFER);
      transfer.write(control);
      transfer.write(bytes, from, Math.min(LONGEST_TRANSFER - 1, bytes.length - from));
      wire.write(transfer.toByteArray());
    }
  }

  private static Bitmap blank() {
    return new Bitmap(COLUMNS, PAGES * Bitmap.PAGE_ROWS);
  }
}
