package dev.counterfoil.settlement.admin;

import java.util.List;

/// A command that is not carried out; nothing was changed. The message is one line for the operator; more may follow it.
public final class AdminRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient List<String> lines;

  /// @param code stable, such as `NO_SUCH_TERMINAL`
  public AdminRefusal(String code, String message) {
    this(code, message, List.of());
  }

  /// @param lines further ones for the operator, one a fault
  public AdminRefusal(String code, String message, List<String> lines) {
    super(message);
    this.code = code;
    this.lines = List.copyOf(lines);
  }

  public List<String> lines() {
    return lines;
  }

  public String code() {
    return code;
  }
}
