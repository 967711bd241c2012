package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// A clock in the machine that starts it anew unless it is told in time that all is well.
///
/// Threads: one.
public interface Watchdog extends AutoCloseable {

  /// What an installer knows it by.
  String name();

  /// Starts the clock. Does nothing if it runs.
  ///
  /// @throws DeviceFaultException with `WATCHDOG_MISSING` or `WATCHDOG_REFUSED`; trying again is safe
  void arm() throws DeviceFaultException;

  /// Sets the clock back. It must run.
  ///
  /// @throws DeviceFaultException with `WATCHDOG_MISSING` or `WATCHDOG_REFUSED`; it must be armed again then
  void keepAlive() throws DeviceFaultException;

  /// Stops the clock. Only for an orderly end: whoever ends otherwise leaves it running. A driver that never lets go
  /// (`nowayout`) runs on all the same.
  void disarm();

  /// Lets go of the device without stopping the clock.
  @Override
  void close();
}
