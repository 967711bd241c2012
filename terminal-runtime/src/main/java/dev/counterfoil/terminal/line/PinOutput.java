package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// One GPIO pin that we drive. Called by one thread at a time; takes microseconds.
public interface PinOutput {

  /// Drives the pin high (3.3 V) or low.
  ///
  /// @throws DeviceFaultException with one of the `BOARD_` codes; trying again is safe
  void set(boolean high) throws DeviceFaultException;
}
