package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// A keyboard of the kernel (`/dev/input/event*`) that only this program hears.
///
/// Threads: one thread owns it and makes all calls.
public interface InputDevice extends AutoCloseable {

  /// The length of one event, `struct input_event` of 64-bit Linux: seconds and microseconds of 8 bytes each, type and code
  /// of 2, value of 4, least significant byte first.
  int EVENT_LENGTH = 24;

  /// The name an installer knows it by, best one under `/dev/input/by-id`.
  String name();

  /// Opens it, afresh from its name, and takes it away from everybody else, the console above all: what is typed there
  /// must not run as commands.
  ///
  /// @throws DeviceFaultException with `LINE_MISSING`, `PORT_BUSY` or `LINE_REFUSED`; trying again is safe
  void open() throws DeviceFaultException;

  /// Waits until events are there or the time is over; whole events, empty on time-out.
  ///
  /// @throws DeviceFaultException with `LINE_LOST`; it is closed then
  byte[] read(long timeoutMillis) throws DeviceFaultException;

  /// Gives it back. Idempotent; it may be opened again.
  @Override
  void close();
}
