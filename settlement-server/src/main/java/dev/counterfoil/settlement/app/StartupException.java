package dev.counterfoil.settlement.app;

/// The server cannot start as it was asked to. The message is one line for the operator; nothing was changed, so
/// another try after mending the cause is safe.
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  public StartupException(String code, String message) {
    super(message);
    this.code = code;
  }

  public StartupException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// Stable code, for example `PORT_IN_USE`.
  public String code() {
    return code;
  }

  /// What the command line prints: one line.
  public String line() {
    return "ERROR code=" + code + " " + getMessage();
  }
}
