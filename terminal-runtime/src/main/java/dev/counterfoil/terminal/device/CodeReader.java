package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// A reader of QR codes that reports what it scans by itself.
///
/// Threads: events arrive on the reader's one thread, in order; the listener must not block and must not call
/// [#close()]. All methods may be called from any thread.
public interface CodeReader extends AutoCloseable {

  /// Starts reporting codes. Returns at once; a reader that is not there is a [CodeEvent.CodeReaderFault] event, never
  /// an exception, and is tried again until [#close()].
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<CodeEvent> listener);

  /// Stops and releases the line. Blocks until the reader's thread has ended. Idempotent; no event arrives after it has
  /// returned.
  @Override
  void close();
}
