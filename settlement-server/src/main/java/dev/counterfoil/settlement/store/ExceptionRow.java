package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// One thing that a person must look at.
///
/// @param exception 1 or more, rises within the site
/// @param key what makes it one and the same; a second insert of an existing key is ignored
/// @param terminal 0 when none
/// @param seq 0 when none
/// @param account 0 when none
/// @param amount minor units, 0 when none
/// @param detail one line for the operator
/// @param resolution empty while open
/// @param resolvedAtMs 0 while open
public record ExceptionRow(
    int site,
    long exception,
    ExceptionKind kind,
    String key,
    int terminal,
    long seq,
    @Nullable TransactionId transaction,
    long account,
    long amount,
    String detail,
    long raisedAtMs,
    String resolution,
    String resolvedBy,
    long resolvedAtMs) {

  public boolean isOpen() {
    return resolvedAtMs == 0;
  }

  public ExceptionRow resolved(String how, String who, long atMs) {
    return new ExceptionRow(site, exception, kind, key, terminal, seq, transaction, account, amount, detail,
        raisedAtMs, how, who, atMs);
  }
}
