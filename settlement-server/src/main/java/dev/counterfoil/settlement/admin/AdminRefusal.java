package dev.counterfoil.settlement.admin;

/// A command that is not carried out; nothing was changed. The message is one line for the operator.
public final class AdminRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /// @param code stable, such as `NO_SUCH_TERMINAL`
  public AdminRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
