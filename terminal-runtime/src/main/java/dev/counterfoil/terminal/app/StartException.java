package dev.counterfoil.terminal.app;

/// The program cannot do what it was started for. One line tells a person what is wrong; its first word is a stable
/// code.
final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  /// What a program that could not start ends with.
  static final int EXIT_CODE = 2;

  private final String code;

  StartException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  StartException(String code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  String code() {
    return code;
  }

  /// Code and detail on one line, whatever the detail holds.
  String line() {
    return (code + ": " + getMessage()).replaceAll("\\p{Cntrl}+", " ");
  }
}
