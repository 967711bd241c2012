package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// An application for a refund (F-08). What was asked for never changes, and nobody reviews his own; the database checks
/// both.
///
/// @param number running number within the site
/// @param transaction names the application, and the refund that comes of it
/// @param account whose sale it was, 0 for one that was paid in cash
/// @param amount minor units, more than 0
/// @param why stable code for why it is reviewed or was rejected by rule, empty if neither
/// @param reviewer who decided, empty if a rule did or nobody yet
/// @param said the reviewer's words, may be empty
/// @param decidedMs server time of the end, 0 before
public record RefundApplicationRow(int site, long number, TransactionId transaction, TransactionId sale,
    long account, long amount, String reason, String applicant, long requestedMs, State state, String why,
    String reviewer, String said, long decidedMs) {

  /// How far it is. The names are stored, so a constant is never renamed.
  public enum State {
    /// A person must look at it.
    REVIEW,
    /// The money went back.
    DONE,
    REJECTED
  }

  /// The same, decided by a second person.
  public RefundApplicationRow decided(State next, String by, String words, long atMs) {
    return new RefundApplicationRow(site, number, transaction, sale, account, amount, reason, applicant,
        requestedMs, next, why, by, words, atMs);
  }
}
