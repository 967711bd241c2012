package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// One device on an I2C bus, as far as it is written to; [ReadableI2c] is read as well.
public interface I2cDevice {

  /// Writes all bytes in one transfer. Blocks for the time on the bus: about 90 microseconds a byte at 100 kHz.
  ///
  /// @param bytes 1 to 32 bytes; more do not fit through every I2C implementation
  /// @throws DeviceFaultException with `BOARD_REFUSED` when the device did not acknowledge or the bus failed, with another `BOARD_` code when there is no such bus; how
  ///   many bytes arrived is unknown then
  void write(byte[] bytes) throws DeviceFaultException;
}
