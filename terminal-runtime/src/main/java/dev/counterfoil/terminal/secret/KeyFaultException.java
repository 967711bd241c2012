package dev.counterfoil.terminal.secret;

/// A key file cannot be used or written. None of these is worth a retry as it is.
public final class KeyFaultException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Code code;

  /// What is wrong. Names are never reused or changed.
  public enum Code {
    /// The file is not there: never enrolled, or deleted.
    KEY_MISSING,
    /// It was sealed on another board: a copied card. Enrol this board again.
    KEY_SEALED_FOR_ANOTHER_BOARD,
    /// It was sealed here and has been changed since.
    KEY_DAMAGED,
    /// The medium does not read or take it.
    KEY_UNREADABLE,
    /// The file with the keys of the cards, or the key that the proof needs, is not there.
    CARD_KEYS_MISSING,
    /// Others than the terminal's user may read or change the keys of the cards.
    CARD_KEYS_EXPOSED,
    /// A line of the file with the keys of the cards is no key; it is named, never shown.
    CARD_KEYS_UNREADABLE
  }

  KeyFaultException(Code code, String detail) {
    super(detail);
    this.code = code;
  }

  /// The stable code.
  public Code code() {
    return code;
  }
}
