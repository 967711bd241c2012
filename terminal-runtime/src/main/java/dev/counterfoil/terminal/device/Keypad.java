package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// Keys that a person presses.
///
/// Threads: events arrive on the keypad's one thread, in order; the listener must not block and must not call
/// [#close()]. All methods may be called from any thread.
public interface Keypad extends AutoCloseable {

  /// Starts reporting keys. Returns at once.
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<KeypadEvent> listener);

  /// Stops. Blocks until the keypad's thread has ended, at most one scan. Idempotent.
  @Override
  void close();
}
