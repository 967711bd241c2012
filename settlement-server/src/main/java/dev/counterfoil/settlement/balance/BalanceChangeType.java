package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.TransactionKind;

/// Operation kind of a balance change (BAL-06, DAT-14).
public enum BalanceChangeType {
  RECHARGE,
  CONSUME,
  FREEZE,
  UNFREEZE,
  ADJUST,
  REFUND,
  TRANSFER_IN,
  TRANSFER_OUT,
  WITHDRAW,
  SUBSIDY,
  REVERSAL;

  /// @param comesIn whether the holder gets the money
  static BalanceChangeType of(TransactionKind kind, boolean comesIn) {
    return switch (kind) {
      case SALE_CARD, SALE_CASH, SALE_IMPORTED -> CONSUME;
      case RECHARGE -> RECHARGE;
      // An opening balance was carried over, not paid in here; declines move nothing and never come here.
      case OPENING, ADJUSTMENT, DECLINE -> ADJUST;
      case REFUND -> REFUND;
      case TRANSFER -> comesIn ? TRANSFER_IN : TRANSFER_OUT;
      case FREEZE -> FREEZE;
      case UNFREEZE -> UNFREEZE;
      case WITHDRAWAL -> WITHDRAW;
      case SUBSIDY, SUBSIDY_LAPSE -> SUBSIDY;
      case VOID, REVERSAL -> REVERSAL;
    };
  }
}
