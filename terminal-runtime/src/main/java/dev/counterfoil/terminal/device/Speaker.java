package dev.counterfoil.terminal.device;

import java.util.List;

/// Says recorded words one after another. For customers who do not see the display; never the only way that something is
/// told.
///
/// Threads: any. Everything returns at once; of two utterances in quick succession the later one is heard.
public interface Speaker extends AutoCloseable {

  /// Says these, in place of what is being said. Nothing for an empty list. Ignored after [#close()].
  ///
  /// @param words names of recordings, as in [dev.counterfoil.terminal.speech.SpokenAmount]
  void say(List<String> words);

  /// Falls silent. Blocks until the speaker's thread has ended. Idempotent.
  @Override
  void close();
}
