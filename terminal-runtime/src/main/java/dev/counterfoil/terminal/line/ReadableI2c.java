package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// One device on an I2C bus that is also read.
///
/// Threads: any; the provider lets one transfer at a time onto a bus.
public interface ReadableI2c extends I2cDevice {

  /// Reads in one transfer, without writing a register number before. Blocks for the time on the bus.
  ///
  /// @param count 1 or more
  /// @return exactly so many bytes
  /// @throws DeviceFaultException with `BOARD_REFUSED` when the device did not acknowledge or the bus failed, with another `BOARD_` code when there is no such bus; a chip
  ///   that hands out its data once may have lost them then
  byte[] read(int count) throws DeviceFaultException;
}
