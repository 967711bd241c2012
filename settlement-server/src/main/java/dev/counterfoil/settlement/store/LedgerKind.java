package dev.counterfoil.settlement.store;

/// What a ledger account is for. Together with owner and asset it names one account. The code is stored.
public enum LedgerKind {
  /// A holder's money; owner is the account.
  CASH(1),
  /// What a merchant is owed; owner is the merchant number, 1 by default.
  MERCHANT_PAYABLE(2),
  /// Coins and notes at a terminal (owner = terminal) or at the cashier's desk (owner 0).
  CASH_DRAWER(3),
  /// Money that could not be booked to its holder; owner 0.
  SUSPENSE(4),
  /// Opening balances; owner 0.
  OPENING(5),
  /// Recharges by bank transfer or gateway before they are cleared; owner is the channel.
  RECHARGE_CLEARING(6),
  /// Payments on their way to holders' banks; owner 0.
  BANK_CLEARING(7),
  /// Named by holds that are no purchases; never has a balance; owner 0.
  FROZEN(8),
  /// What banks and gateways kept of recharges, borne by the site; owner is the channel.
  RECHARGE_FEE(9),
  /// A subsidy of a holder; owner is its own number.
  SUBSIDY(20),
  /// Where subsidies come from; owner is the department, 0 for the house.
  SUBSIDY_FUNDING(21);

  private final int code;

  LedgerKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no kind has this code
  public static LedgerKind of(int code) {
    for (LedgerKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no ledger kind " + code);
  }
}
