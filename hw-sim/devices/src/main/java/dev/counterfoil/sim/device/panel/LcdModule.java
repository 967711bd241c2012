package dev.counterfoil.sim.device.panel;

import dev.counterfoil.sim.device.board.I2cDevice;
import dev.counterfoil.sim.device.watch.Watched;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// A character display module: HD44780 behind a PCF8574 port expander on I2C (the usual "1602/2004 I2C
/// backpack").
///
/// ```
/// port bit   7  6  5  4  3          2  1    0
///            D7 D6 D5 D4 backlight  E  R/W  RS
/// ```
/// Each byte written is one state of the eight pins; E falling latches. A byte read is the pins as they are:
/// bits written as one and pulled down by the display (a read of the display) come back as zero. Thread-safe.
public final class LcdModule implements I2cDevice {
  private static final int RS = 0x01;
  private static final int RW = 0x02;
  private static final int E = 0x04;
  private static final int BACKLIGHT = 0x08;
  /// At 100 kHz a byte takes nine bit times; the port changes at the end of each.
  private static final long I2C_BYTE_MICROS = 90;

  private final Watched watched = new Watched();
  private final Hd44780 controller;
  /// The PCF8574 powers up with all pins high.
  private int port = 0xFF;
  /// The display's own time: real time between transfers plus the bus time of every byte.
  private long clockMicros;
  private long lastTransferMicros;

  /// A module with 16 x 2 or 20 x 4 characters, or any other glass that the controller can drive.
  public LcdModule(int columns, int rows) {
    controller = new Hd44780(columns, rows);
  }

  @Override
  public void write(byte[] bytes, long nowMicros) {
    watched.change(() -> {
      passTime(nowMicros);
      for (byte state : bytes) {
        clockMicros += I2C_BYTE_MICROS;
        pins(state & 0xFF, clockMicros);
      }
    });
  }

  /// A transfer takes no time here but would on a real bus. Adding its bytes to the time that really passes
  /// keeps a host that waits long enough on a real bus free of busy violations, and one that does not, not.
  private void passTime(long nowMicros) {
    clockMicros += Math.max(0, nowMicros - lastTransferMicros);
    lastTransferMicros = nowMicros;
  }

  private void pins(int next, long nowMicros) {
    boolean falls = (port & E) != 0 && (next & E) == 0;
    // The other pins may change in the same byte; the display still sees them as they were while E was high.
    int latched = port;
    port = next;
    if (!falls) {
      return;
    }
    boolean data = (latched & RS) != 0;
    if ((latched & RW) != 0) {
      controller.latchRead(data);
    } else {
      controller.latchWrite(data, latched >> 4, nowMicros);
    }
  }

  @Override
  public byte[] read(int count, long nowMicros) {
    return watched.look(() -> {
      byte[] bytes = new byte[count];
      passTime(nowMicros);
      boolean displayDrives = (port & RW) != 0 && (port & E) != 0;
      int high = displayDrives ? controller.readNibble((port & RS) != 0, clockMicros) << 4 : 0xF0;
      Arrays.fill(bytes, (byte) (port & (high | 0x0F)));
      return bytes;
    });
  }

  /// The supply goes off and on: memory and initialisation are lost, all port pins go high.
  public void powerCycle() {
    watched.change(() -> {
      controller.powerOn();
      port = 0xFF;
    });
  }

  /// The text on the glass now, a string per row.
  public List<String> glass() {
    return watched.look(controller::glass);
  }

  /// Waits until the glass satisfies `wanted`; false when `timeoutMillis` passed without.
  public boolean awaitGlass(Predicate<List<String>> wanted, long timeoutMillis) throws InterruptedException {
    return watched.await(controller::glass, wanted, timeoutMillis);
  }

  public boolean backlight() {
    return watched.look(() -> (port & BACKLIGHT) != 0);
  }

  /// True once a function set has put the controller into four-bit mode.
  public boolean initialised() {
    return watched.look(controller::initialised);
  }

  /// True while the controller waits for the second half of a byte: a host that stops here has lost its
  /// phase.
  public boolean halfWayThroughByte() {
    return watched.look(controller::halfWayThroughByte);
  }

  /// The controller's address counter.
  public int address() {
    return watched.look(controller::address);
  }

  public boolean displayOn() {
    return watched.look(controller::displayOn);
  }

  public boolean cursorShown() {
    return watched.look(() -> controller.cursorOn() || controller.blinkOn());
  }

  /// The eight user-defined glyphs, eight rows of five pixels each.
  public byte[] glyphs() {
    return watched.look(controller::glyphs);
  }

  /// Commands that came while the controller was still busy.
  public long busyViolations() {
    return watched.look(controller::busyViolations);
  }

  /// Nibbles latched since the module was made.
  public long latches() {
    return watched.look(controller::latches);
  }

}
