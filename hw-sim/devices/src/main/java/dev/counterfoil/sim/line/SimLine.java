package dev.counterfoil.sim.line;

/// The model's end of a serial wire.
///
/// One thread reads and writes; `wakeUp`, `unplug`, `replug` and `close` may be called from any thread. What
/// is written while nobody listens at the other end is lost, as on a real wire.
public interface SimLine extends AutoCloseable {
  /// Wait without end.
  long FOREVER_MICROS = Long.MAX_VALUE;

  /// Waits for bytes from the other end, at most `timeoutMicros` microseconds, at most 4,096 bytes.
    /// Empty when nothing came, after [#wakeUp], while unplugged, and at once when the line is closed.
  byte[] read(long timeoutMicros);

  /// Puts bytes on the wire. Never blocks for long: what the other end does not take within a few
  /// milliseconds
    /// overruns and is lost, as in a UART without flow control. The array is not kept.
  void write(byte[] bytes);

  /// Ends a waiting [#read] early.
  void wakeUp();

  /// Takes the cable out: the other end sees its device vanish.
  void unplug();

  /// Puts the cable back: the other end finds a fresh device under the same name.
  void replug();

  boolean plugged();

  boolean closed();

  /// Ends the line for good. Harmless when repeated.
  @Override
  void close();
}
