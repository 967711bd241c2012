package dev.counterfoil.terminal.driver.hd44780;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.line.I2cDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Arrays;
import java.util.List;

/// The controller: set-up, and text of which only the changed characters are sent.
///
/// Remembers what the glass shows. After any failure that memory is worthless, as nobody knows which bytes arrived
/// and whether the controller is in the middle of a byte; [#draw(List)] then sets the controller up anew and sends
/// everything.
///
/// Threads: one at a time. Blocks for the time on the bus: about 30 ms for all of 20x4 at 100 kHz, plus 65 ms when a
/// set-up is due.
public final class Hd44780 {

  private static final int FUNCTION_4_BIT_2_LINES = 0x28;
  private static final int DISPLAY_ON = 0x0C;
  private static final int CLEAR = 0x01;
  private static final int ENTRY_LEFT_TO_RIGHT = 0x06;
  private static final int SET_ADDRESS = 0x80;
  private static final int SECOND_LINE = 0x40;
  private static final int NIBBLE_8_BIT = 0x30;
  private static final int NIBBLE_4_BIT = 0x20;

  /// Data sheet figure 24: 40 ms after the supply is up, then 4.1 ms, then 0.1 ms; clear takes 1.52 ms.
  private static final long POWER_UP_MILLIS = 50;
  private static final long FIRST_NIBBLE_MILLIS = 5;
  private static final long SECOND_NIBBLE_MILLIS = 1;
  private static final long CLEAR_MILLIS = 2;

  private final MonotonicClock clock;
  private final DisplayGeometry geometry;
  private final ExpanderBatch batch;
  private final byte[][] shown;
  private boolean ready;

  public Hd44780(I2cDevice wire, MonotonicClock clock, DisplayGeometry geometry) {
    this.clock = clock;
    this.geometry = geometry;
    this.batch = new ExpanderBatch(wire);
    this.shown = new byte[geometry.rows()][geometry.columns()];
  }

  /// Shows these lines, made to fit.
  ///
  /// @throws DeviceFaultException if the display did not take all; calling again is safe and repairs it
  public void draw(List<String> lines) throws DeviceFaultException, InterruptedException {
    if (!ready) {
      initialise();
    }
    ready = false;
    var fitted = geometry.fit(lines);
    for (int row = 0; row < geometry.rows(); row++) {
      drawRow(row, CharacterRom.codes(fitted.get(row)));
    }
    batch.send();
    ready = true;
  }

  /// Asks the expander for an acknowledge without a strobe, so that the controller notices nothing.
  ///
  /// @throws DeviceFaultException if there was none; the next [#draw] sets the display up anew
  public void probe() throws DeviceFaultException {
    boolean wasReady = ready;
    ready = false;
    batch.rest();
    batch.send();
    ready = wasReady;
  }

  /// Whatever state the controller is in, in the middle of a byte too, three times the nibble 3 bring it to 8-bit
  /// mode; nibble 2 then makes it 4-bit.
  private void initialise() throws DeviceFaultException, InterruptedException {
    clock.await(POWER_UP_MILLIS);
    nibbleThenWait(NIBBLE_8_BIT, FIRST_NIBBLE_MILLIS);
    nibbleThenWait(NIBBLE_8_BIT, SECOND_NIBBLE_MILLIS);
    nibbleThenWait(NIBBLE_8_BIT, SECOND_NIBBLE_MILLIS);
    nibbleThenWait(NIBBLE_4_BIT, SECOND_NIBBLE_MILLIS);
    batch.command(FUNCTION_4_BIT_2_LINES);
    batch.command(DISPLAY_ON);
    batch.command(CLEAR);
    batch.send();
    clock.await(CLEAR_MILLIS);
    batch.command(ENTRY_LEFT_TO_RIGHT);
    batch.send();
    for (var row : shown) {
      Arrays.fill(row, (byte) CharacterRom.BLANK);
    }
  }

  private void nibbleThenWait(int nibble, long waitMillis) throws DeviceFaultException, InterruptedException {
    batch.nibble(nibble, 0);
    batch.send();
    clock.await(waitMillis);
  }

  private void drawRow(int row, byte[] wanted) throws DeviceFaultException {
    int column = 0;
    while (column < wanted.length) {
      if (wanted[column] == shown[row][column]) {
        column++;
      } else {
        column = drawRun(row, column, wanted);
      }
    }
  }

  private int drawRun(int row, int from, byte[] wanted) throws DeviceFaultException {
    batch.command(SET_ADDRESS | address(row) + from);
    int column = from;
    while (column < wanted.length && wanted[column] != shown[row][column]) {
      batch.character(wanted[column] & 0xFF);
      shown[row][column] = wanted[column];
      column++;
    }
    return column;
  }

  /// Rows 2 and 3 continue rows 0 and 1 in the controller's memory.
  private int address(int row) {
    return (row % 2 == 0 ? 0 : SECOND_LINE) + (row < 2 ? 0 : geometry.columns());
  }
}
