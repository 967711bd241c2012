package dev.counterfoil.sim.device.board;

import org.jspecify.annotations.Nullable;

/// A board that cannot be served. Codes: `SIM-SOCKET-BUSY` (another simulator runs there), `SIM-SOCKET` (the
/// path cannot be bound). The message starts with the code.
public final class BoardSocketException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  BoardSocketException(String code, String message, @Nullable Throwable cause) {
    super(code + ": " + message + (cause == null ? "" : ": " + cause.getMessage()), cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
