package dev.counterfoil.terminal.driver.upkeep;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// What the thread of a device does. All methods are called by that one thread.
public interface Work {

  /// Which device, as an installer knows it.
  String name();

  /// Brings the device from any state to one in which it works.
  ///
  /// @throws DeviceFaultException why it does not; [#close()] follows, and after a pause another try
  void open() throws DeviceFaultException, InterruptedException;

  /// One turn of work, which must not block for more than a second.
  ///
  /// @throws DeviceFaultException the device works no longer; [#close()] follows, and after a pause [#open()]
  void turn() throws DeviceFaultException, InterruptedException;

  /// Lets go of everything. Also called after an [#open()] that failed half-way; idempotent.
  void close();
}
