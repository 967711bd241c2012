package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.driver.scale.Weigher.Sample;

/// What is particular to one kind of scale. All methods are called by the scale's one thread.
sealed interface ScaleSource permits ModbusScale, Nau7802 {

  /// Which scale, as an installer knows it.
  String name();

  /// Brings the scale from any state to one in which it weighs.
  ///
  /// @throws DeviceFaultException why it does not; trying again is safe
  void open() throws DeviceFaultException, InterruptedException;

  /// Waits for the next sample, at most half a second.
  ///
  /// @throws DeviceFaultException the scale works no longer
  Sample sample() throws DeviceFaultException, InterruptedException;

  /// Lets go of everything. Idempotent.
  void close();
}
