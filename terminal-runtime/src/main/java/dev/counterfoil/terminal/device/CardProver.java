package dev.counterfoil.terminal.device;

/// Finds out whether the card on the reader is what it says, by the rule that this terminal was given.
///
/// Threads: the reader's; blocks for as long as the conversation takes, 20 to 300 ms.
public interface CardProver {

  /// Proves the card, or says why it is not taken. May be called again for the same card.
  ///
  /// @throws CardRefusedException never a card that is proven in part
  /// @throws DeviceFaultException if the reader does not work; nothing was decided then
  CardProof prove(CardChannel channel)
      throws CardRefusedException, DeviceFaultException, InterruptedException;

  /// Takes the card's word for it: the UID as it was read, and nothing of a card that invents one.
  CardProver UID = channel -> {
    if (channel.card().hasRandomUid()) {
      throw new CardRefusedException(CardRefusal.CARD_UNIDENTIFIED, "random UID");
    }
    return new CardProof(CardProof.Kind.UID_ONLY, channel.card().uid());
  };
}
