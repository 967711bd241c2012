package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.SunVerifier;

/// The newest counter that was seen of each NTAG 424 tag.
///
/// Threads: the reader's.
public interface SunCounters extends SunVerifier.LastSeen {

  /// Keeps a counter over restarts. One that cannot be kept is known until the program ends, which is said in the log.
  void remember(byte[] uid, int counter);
}
