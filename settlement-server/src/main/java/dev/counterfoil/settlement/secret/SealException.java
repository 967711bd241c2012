package dev.counterfoil.settlement.secret;

/// A sealed column cannot be written or read. Nothing was changed; trying again helps only after the cause is mended.
public final class SealException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Stable: printed, and listed in docs/SECURITY.md.
  public enum Code {
    /// No key file, no key in it, or a value that was sealed with a key which is not there.
    KEY_MISSING,
    /// Others than its owner may read or change the key file.
    KEY_FILE_MODE,
    /// The key file or variable cannot be read as keys.
    KEY_UNREADABLE,
    /// The value was changed, or moved here from another row or column.
    SEAL_BROKEN
  }

  private final Code code;

  SealException(Code code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  SealException(Code code, String message, Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
