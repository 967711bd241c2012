package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// A bus on which the chip speaks only when it is asked, and says first whether it has something to say: I2C and SPI.
/// What these two do differently is here; what they share is in [PolledWire].
interface PolledBus {

  String name();

  /// @throws DeviceFaultException with `PORT_BUSY`, `NO_PROVIDER`, `BOARD_REFUSED` or `LINE_REFUSED`
  void open() throws DeviceFaultException;

  boolean isOpen();

  /// One transfer that the chip need not answer: being addressed wakes it.
  void touch() throws DeviceFaultException, InterruptedException;

  /// One frame in one transfer.
  ///
  /// @throws DeviceFaultException with `READER_SILENT` when nobody took it
  void write(byte[] frame) throws DeviceFaultException, InterruptedException;

  /// Asks for so many bytes of a frame, in one transfer, because a frame that was begun is gone afterwards. Empty while
  /// the chip says that it is not ready, and while it does not acknowledge.
  byte[] read(int count) throws DeviceFaultException, InterruptedException;

  void close();
}
