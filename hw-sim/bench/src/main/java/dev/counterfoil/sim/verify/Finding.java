package dev.counterfoil.sim.verify;

/// One thing that must not be in a finished run.
///
/// @param kind   what it means for the money
/// @param where  terminal, account or table, as a reader can look it up
/// @param detail the facts: ids, expected, found
public record Finding(Kind kind, String where, String detail) {

  /// The names are printed and may be searched for, so a constant is never renamed.
  public enum Kind {
    /// Approved on the glass, and no durable record, or a record that neither was posted nor awaits an operator.
    LOST,
    /// Posted twice.
    DOUBLED,
    /// Money moved without an approved record.
    DEBIT_WITHOUT_RECORD,
    /// Bytes, order, signature or epoch of a chain are not as the terminal wrote them.
    CHAIN,
    /// Server and terminal hold different bytes for one place.
    DIFFERENT_BYTES,
    /// A cached balance is not what the transfers add up to, or an asset does not sum to zero.
    UNBALANCED,
    /// A posted amount is not the record's.
    WRONG_AMOUNT,
    /// A hold that outlived its time.
    HOLD_OPEN,
    /// Totals of terminal, chain and ledger disagree.
    TOTALS
  }

  @Override
  public String toString() {
    return kind + " " + where + ": " + detail;
  }
}
