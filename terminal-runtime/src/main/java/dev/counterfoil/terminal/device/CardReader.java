package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// A contactless card reader that reports cards by itself.
///
/// Presence: a card counts as present when its UID was read twice alike, and as removed when it was not seen for
/// the driver's removal time (default 300 ms). A card that flickers at the edge of the field therefore gives one
/// [ReaderEvent.CardPresented], not many. A card that lies there while the reader recovers from a fault is
/// reported again afterwards only if it differs from the card reported before the fault.
///
/// A card that was read twice is then proven by the terminal's [CardProver], on the reader's thread: it is presented
/// with its [CardProof], or refused. A card taken away meanwhile may come back at once and is proven anew.
///
/// Threads: events arrive on the reader's one thread, in order; the listener must not block (hand over to a
/// queue) and must not call [#close()]. All methods may be called from any thread.
public interface CardReader extends AutoCloseable {

  /// Starts looking for cards. Returns at once; a reader that is not there is a
  /// [ReaderEvent.ReaderFault] event, never an exception, and is tried again until [#close()].
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<ReaderEvent> listener);

  /// Stops, cancels what the reader is doing, releases the line. Blocks until the reader's thread has ended,
  /// normally below 200 ms. Idempotent; no event arrives after it has returned.
  @Override
  void close();
}
