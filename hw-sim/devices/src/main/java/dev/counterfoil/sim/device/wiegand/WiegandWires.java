package dev.counterfoil.sim.device.wiegand;

import dev.counterfoil.sim.device.board.GpioLine;
import java.util.concurrent.locks.LockSupport;

/// A reader's two open-collector wires on a board's lines: a pulse pulls one of them low for 50 microseconds, the next
/// comes two milliseconds later. Calls block while bits are sent.
public final class WiegandWires {

  private static final long LOW_NANOS = 50_000;
  private static final long BETWEEN_NANOS = 2_000_000;

  private final GpioLine zero;
  private final GpioLine one;

  public WiegandWires(GpioLine zero, GpioLine one) {
    this.zero = zero;
    this.one = one;
    rest();
  }

  private void rest() {
    zero.drive(GpioLine.Drive.HIGH);
    one.drive(GpioLine.Drive.HIGH);
  }

  /// Sends these noughts and ones.
  public void send(String bits) {
    for (char bit : bits.toCharArray()) {
      GpioLine wire = bit == '1' ? one : zero;
      wire.drive(GpioLine.Drive.LOW);
      LockSupport.parkNanos(LOW_NANOS);
      wire.drive(GpioLine.Drive.HIGH);
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  /// The reader's supply is gone: its pull-ups pull both wires down.
  public void powerless(boolean off) {
    if (off) {
      zero.drive(GpioLine.Drive.LOW);
      one.drive(GpioLine.Drive.LOW);
    } else {
      rest();
    }
  }
}
