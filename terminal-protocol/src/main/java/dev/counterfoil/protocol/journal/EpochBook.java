package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.id.EpochId;

/// The epochs that the server ever gave to one terminal.
@FunctionalInterface
public interface EpochBook {

  /// Whether this very epoch, number and nonce, was given to the terminal.
  boolean knows(EpochId epoch);
}
