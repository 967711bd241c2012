package dev.counterfoil.settlement.withdrawal;

import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.LedgerKind;

/// How a withdrawal is paid out. The names are stored, so a constant is never renamed.
public enum WithdrawalWay {
  BANK(LedgerKind.BANK_CLEARING, PostingReason.WITHDRAWAL_BANK),
  /// Coins and notes at the cashier's desk.
  DRAWER(LedgerKind.CASH_DRAWER, PostingReason.WITHDRAWAL_CASH);

  private final LedgerKind credit;
  private final String reason;

  WithdrawalWay(LedgerKind credit, String reason) {
    this.credit = credit;
    this.reason = reason;
  }

  /// The ledger account that the money goes to.
  LedgerKind credit() {
    return credit;
  }

  String reason() {
    return reason;
  }
}
