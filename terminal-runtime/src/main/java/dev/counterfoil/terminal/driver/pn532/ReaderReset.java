package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PinOutput;

/// A way to restart the reader by hardware, for chips that nothing on the wire wakes any more.
public interface ReaderReset {

  /// Restarts the reader. Blocks for the time it takes, below a second.
  ///
  /// @throws DeviceFaultException if the pin could not be driven; trying again is safe
  void restart() throws DeviceFaultException, InterruptedException;

  /// By a pin wired to the chip's reset input (RSTPD_N, active low) or to the relay of its supply.
  ///
  /// @param pin must rest high
  static ReaderReset byPin(PinOutput pin, MonotonicClock clock) {
    return () -> {
      pin.set(false);
      clock.await(LOW_MILLIS);
      pin.set(true);
      clock.await(START_MILLIS);
    };
  }

  /// By a pin that is taken only while it is needed; the pull-up of the reader's board holds it high otherwise.
  ///
  /// @param bcm pin number as the chip's maker counts
  static ReaderReset byPin(Board.Opener boards, int bcm, MonotonicClock clock) {
    return () -> {
      try (var board = boards.open()) {
        byPin(board.output(bcm, true), clock).restart();
      }
    };
  }

  /// Long enough for the capacitors behind a supply relay; the chip's own reset input needs far less.
  long LOW_MILLIS = 400;
  /// From reset to ready, with a margin for a supply that rises slowly.
  long START_MILLIS = 100;
}
