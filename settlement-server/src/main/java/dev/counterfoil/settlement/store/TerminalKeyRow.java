package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.crypto.VerificationKey;

/// A terminal's public signing key. A terminal has several over its life; one is active.
///
/// @param fromSeq first record that the key may sign
/// @param untilSeq last record that the key may sign, `Long.MAX_VALUE` while active
/// @param revoked no record of this key is taken any more
public record TerminalKeyRow(
    int site,
    int terminal,
    VerificationKey key,
    long fromSeq,
    long untilSeq,
    boolean revoked) {

  public boolean maySign(long seq) {
    return !revoked && fromSeq <= seq && seq <= untilSeq;
  }

  public TerminalKeyRow until(long seq) {
    return new TerminalKeyRow(site, terminal, key, fromSeq, seq, revoked);
  }

  public TerminalKeyRow asRevoked() {
    return new TerminalKeyRow(site, terminal, key, fromSeq, untilSeq, true);
  }
}
