package dev.counterfoil.settlement.account;

/// An operator's request that cannot be done. Nothing was changed. The message starts with the stable code.
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;

  public RefusedException(String code, String facts) {
    super(code + ": " + facts);
    this.code = code;
  }

  /// The stable code, such as ACCOUNT_UNKNOWN.
  public String code() {
    return code;
  }
}
