package dev.counterfoil.settlement.copy;

/// The copy cannot be written or read. SAFE stays where it is; a retry is safe. The message starts with a stable code:
/// COPY_IO, COPY_DIFFERS, COPY_SAME_DEVICE.
public final class CopyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public CopyException(String message) {
    super(message);
  }

  public CopyException(String message, Throwable cause) {
    super(message, cause);
  }
}
