package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.KeyDiversification;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.SectorKey;

/// The key of each card: one for all, or one of its own made of a master key.
///
/// @param diversified whether [#key] is a master key
public record CardKeys(AesKey key, boolean diversified) {

  private static final int SECTOR_KEY = 6;

  /// The key of this application on this card.
  AesKey ofApplication(CardIdentity card, int application) throws CardRefusedException {
    return diversified ? KeyDiversification.ofApplication(key, ownUid(card), application) : key;
  }

  /// The key of this sector of this card.
  SectorKey ofSector(CardIdentity card, int sector, SectorKey.Letter letter) throws CardRefusedException {
    return new SectorKey(letter, diversified
        ? KeyDiversification.ofSector(key, ownUid(card), sector, letter.name().charAt(0))
        : key.first(SECTOR_KEY));
  }

  /// The key of the tag with this UID.
  AesKey ofTag(byte[] uid) {
    return diversified ? KeyDiversification.aes128(key, uid) : key;
  }

  /// A card that invents its UID has no number that its key could have been made with.
  private static byte[] ownUid(CardIdentity card) throws CardRefusedException {
    if (card.hasRandomUid()) {
      throw new CardRefusedException(CardRefusal.CARD_UNIDENTIFIED, "random UID and diversified keys");
    }
    return card.uid();
  }
}
