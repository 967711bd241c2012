package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// The way to a PN532, whatever the bus: what carries its frames and wakes it. Everything above is the same on all
/// three buses.
///
/// Threads: one thread owns a wire and makes all calls, [#close()] included.
public interface Pn532Wire extends AutoCloseable {

  /// The name an installer knows the place by: `/dev/ttyAMA0`, `i2c 1/0x24`, `spi 0.0`.
  String name();

  /// Takes the wire, afresh from its name.
  ///
  /// @throws DeviceFaultException with a code of the line or the board; trying again is safe
  void open() throws DeviceFaultException;

  /// Whether the wire is open; false after a loss.
  boolean isOpen();

  /// Wakes the chip. Harmless while it is awake.
  ///
  /// @throws DeviceFaultException when the wire broke
  void wakeUp() throws DeviceFaultException, InterruptedException;

  /// Sends one frame. Blocks for the time on the wire and the pause that the bus needs before.
  ///
  /// @throws DeviceFaultException when the wire broke or nobody took the frame; whether it arrived is unknown
  void write(byte[] frame) throws DeviceFaultException, InterruptedException;

  /// Waits until the chip has said something or the time is over; empty on time-out.
  ///
  /// @param timeoutMillis longest wait; 0 looks once
  /// @throws DeviceFaultException when the wire broke
  /// @throws InterruptedException if asked to stop while waiting; the wire stays open
  byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException;

  /// Whether each [#read] ends where a frame ends, so that what a frame lacks will not come any more.
  boolean bringsWholeFrames();

  /// Throws away what the chip had said before, where the wire keeps it.
  ///
  /// @throws DeviceFaultException when the wire broke
  void discardInput() throws DeviceFaultException;

  /// Lets the wire go. Idempotent; it may be opened again.
  @Override
  void close();
}
