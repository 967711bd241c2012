package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.id.Hash;

/// A place in a terminal's chain: the last record up to there.
///
/// @param seq its sequence number; 0, or the server's mark at re-enrolment, before the first record
/// @param hash its hash; before the first record, SHA-256 of the enrolment certificate
/// @param turnover signed sum of all amounts up to it, minor units
public record ChainPosition(long seq, Hash hash, long turnover) {

  /// Where a terminal enrolled for the first time stands.
  public static ChainPosition beforeGenesis(Hash certificateHash) {
    return new ChainPosition(0, certificateHash, 0);
  }

  public boolean isAfter(ChainPosition other) {
    return seq > other.seq;
  }

  @Override
  public String toString() {
    return seq + "/" + hash.toString().substring(0, 12) + "/" + turnover;
  }
}
