package dev.counterfoil.settlement.store;

/// What a holder's account is for (C-02). The code is stored.
public enum AccountKind {
  PERSONAL(1), DEPARTMENT(2), PROJECT(3),
  /// Ends at a date and gives its balance back to its main account (ACC-06).
  TEMPORARY(4), GROUP(5);

  private final int code;

  AccountKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no account kind has this code
  public static AccountKind of(int code) {
    for (AccountKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no account kind " + code);
  }
}
