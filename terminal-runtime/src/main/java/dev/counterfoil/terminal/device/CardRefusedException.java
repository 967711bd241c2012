package dev.counterfoil.terminal.device;

/// Ends a conversation with a card that is not taken.
///
/// Checked, because a card taken away in mid-conversation is everyday life.
public final class CardRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final CardRefusal refusal;

  /// @param detail the facts; never a card number or key
  public CardRefusedException(CardRefusal refusal, String detail) {
    super(detail);
    this.refusal = refusal;
  }

  /// Why, for programs.
  public CardRefusal refusal() {
    return refusal;
  }
}
