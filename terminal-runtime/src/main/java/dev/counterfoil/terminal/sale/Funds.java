package dev.counterfoil.terminal.sale;

/// What an account has, and what points do, as the server said with its approval or, without it, as the account snapshot
/// says less what was sold here since.
///
/// @param balanceMinor before the purchase, minor units; may be below 0
/// @param subsidyMinor part of it that subsidies give, which are spent first; 0 or more
/// @param pointsUsed   points that pay a part
/// @param pointsMinor  that part, minor units
/// @param pointsEarned points that the purchase brings
public record Funds(long balanceMinor, long subsidyMinor, long pointsUsed, long pointsMinor,
    long pointsEarned) {

  public Funds {
    subsidyMinor = Math.max(0, subsidyMinor);
  }

  /// Of which subsidies give so much, without points.
  public Funds(long balanceMinor, long subsidyMinor) {
    this(balanceMinor, subsidyMinor, 0, 0, 0);
  }

  /// What is left to be paid in money.
  public long payable(long amountMinor) {
    return amountMinor - pointsMinor;
  }

  /// Whether points leave something to be paid: what costs nothing is no sale.
  boolean fits(long amountMinor) {
    return pointsMinor >= 0 && payable(amountMinor) > 0;
  }

  /// What subsidies pay of it.
  public long subsidyOf(long paidMinor) {
    return Math.min(subsidyMinor, paidMinor);
  }
}
