package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// A serial port that can be opened, lost and opened again.
///
/// Threads: one thread owns a line and makes all calls, [#close()] included. That is not for comfort: closing a
/// descriptor under a thread that still reads it lets the kernel hand the same number to the next file opened,
/// and the reader would then eat that file's bytes.
public interface SerialLine extends AutoCloseable {

  /// How a line is come by.
  interface Source {

    /// The line of this name, closed still.
    ///
    /// @param baud bits per second
    SerialLine line(String port, int baud);
  }

  /// The name an installer knows the port by, for example `/dev/serial/by-id/usb-FTDI...`.
  String name();

  /// Opens the port, afresh from its name, so a re-plugged adapter is found under its stable link.
  ///
  /// @throws DeviceFaultException with `LINE_MISSING`, `PORT_BUSY` or `LINE_REFUSED`; trying again is safe
  void open() throws DeviceFaultException;

  /// Whether the port is open; false after a loss.
  boolean isOpen();

  /// Writes all bytes. Blocks only while the kernel's buffer is full.
  ///
  /// @throws DeviceFaultException with `LINE_LOST`; the line is closed then, and whether the bytes went out is
  ///   unknown
  void write(byte[] bytes) throws DeviceFaultException;

  /// Waits until bytes are there or the time is over and returns all that have arrived; empty on time-out.
  ///
  /// @param timeoutMillis longest wait; 0 looks once
  /// @throws DeviceFaultException with `LINE_LOST`; the line is closed then
  /// @throws InterruptedException if asked to stop while waiting; the line stays open
  byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException;

  /// Throws away what has arrived and was not read.
  ///
  /// @throws DeviceFaultException with `LINE_LOST`; the line is closed then
  void discardInput() throws DeviceFaultException;

  /// Closes the port and lets another program have it. Idempotent; the line may be opened again.
  @Override
  void close();
}
