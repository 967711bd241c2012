package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// A scale that reports what lies on it, several times a second.
///
/// Threads: events arrive on the scale's one thread, in order; the listener must not block and must not call
/// [#close()]. All methods may be called from any thread.
public interface Scale extends AutoCloseable {

  /// Starts weighing. Returns at once; a scale that is not there is a [ScaleEvent.ScaleFault] event, never an exception,
  /// and is tried again until [#close()].
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<ScaleEvent> listener);

  /// Makes what lies there now the new nought, as soon as it lies still. Forgotten when the scale starts anew.
  void tare();

  /// Stops. Blocks until the scale's thread has ended. Idempotent; no event arrives after it has returned.
  @Override
  void close();
}
