package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// One device on an SPI bus, in mode 0, highest bit first.
///
/// Threads: any; the provider lets one transfer at a time onto a bus.
public interface SpiDevice {

  /// Exchanges bytes in one transfer, with the device selected from the first to the last. Blocks for the time on the
  /// bus.
  ///
  /// @param bytes what goes out, 1 byte or more
  /// @return what came in meanwhile, as many bytes
  /// @throws DeviceFaultException with `BOARD_REFUSED` when the bus failed, with another `BOARD_` code when there is no such bus. A device that is not there does not show
  ///   here: its bytes are then all 00 or all FF.
  byte[] transfer(byte[] bytes) throws DeviceFaultException;
}
