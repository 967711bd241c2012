package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.CommitOutcome;

/// An operator's request that cannot be done. Nothing was changed. The message starts with the stable code.
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;
  private final String facts;

  public RefusedException(String code, String facts) {
    super(code + ": " + facts);
    this.code = code;
    this.facts = facts;
  }

  /// SYSTEM_BUSY: nothing was changed, and a retry is safe.
  public static RefusedException busy() {
    return new RefusedException("SYSTEM_BUSY", "the books moved meanwhile; try again");
  }

  /// @throws RefusedException SYSTEM_BUSY unless the unit was committed; nothing was changed then, and a retry is safe
  public static void unlessCommitted(CommitOutcome outcome) {
    if (!outcome.isCommitted()) {
      throw busy();
    }
  }

  /// The stable code, such as ACCOUNT_UNKNOWN.
  public String code() {
    return code;
  }

  /// The message without its code.
  public String facts() {
    return facts;
  }
}
