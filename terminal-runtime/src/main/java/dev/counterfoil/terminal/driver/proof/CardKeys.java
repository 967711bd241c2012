package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.KeyDiversification;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;

/// The key of each card: one for all, or one of its own made of a master key.
///
/// @param diversified whether [#key] is a master key
public record CardKeys(AesKey key, boolean diversified) {

  /// The key of this application on this card.
  AesKey ofApplication(CardIdentity card, int application) throws CardRefusedException {
    return diversified ? KeyDiversification.ofApplication(key, ownUid(card), application) : key;
  }

  /// A card that invents its UID has no number that its key could have been made with.
  private static byte[] ownUid(CardIdentity card) throws CardRefusedException {
    if (card.hasRandomUid()) {
      throw new CardRefusedException(CardRefusal.CARD_UNIDENTIFIED, "random UID and diversified keys");
    }
    return card.uid();
  }
}
