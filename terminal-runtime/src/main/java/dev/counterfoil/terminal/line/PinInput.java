package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.function.LongConsumer;

/// One GPIO pin that we read.
public interface PinInput {

  /// The level of the pin now, not debounced.
  ///
  /// @throws DeviceFaultException with one of the `BOARD_` codes; trying again is safe
  boolean isHigh() throws DeviceFaultException;

  /// Calls back after each change of level, on a thread of the library: the callback may only wake somebody up.
  void onChange(Runnable callback);

  /// Calls back after each fall of the level, once a fall and in order, on a thread of the library: the callback must take
  /// microseconds. It is given the time of the fall in nanoseconds of `System.nanoTime()`: the kernel's time stamp, or where
  /// the library has none, the time of the call. A pin is asked for changes or for falls, not for both: of pulses shorter than
  /// the kernel's interrupt, changes cannot be told apart.
  void onFall(LongConsumer callback);
}
