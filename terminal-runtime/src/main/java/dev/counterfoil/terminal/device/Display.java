package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// A display that shows the text asked for last, in whatever way it can.
///
/// Threads: all methods may be called from any thread. A slow or missing display never delays the caller: the
/// text is handed to the display's own thread, and of two texts asked for in quick succession only the later one
/// needs to be drawn. Events arrive on that thread; the listener must not block.
public interface Display extends AutoCloseable {

  /// Starts drawing. Returns at once; a display that is not there is an event, never an exception.
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<DisplayEvent> listener);

  /// Shows this, made to fit by the rules of [dev.counterfoil.terminal.layout.CellLayout]. Returns at once. May be
  /// called before [#start(Consumer)] and is ignored after [#close()].
  void show(ScreenText text);

  /// Stops drawing and leaves the last text standing. Blocks until the display's thread has ended. Idempotent.
  @Override
  void close();
}
