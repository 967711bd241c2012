package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;

/// What a proven card is called.
public enum IdentityRule {
  /// The number that its issuer wrote into it.
  FILE,
  /// Its UID, which its own diversified key vouches for.
  UID;

  /// @param number what was read from the card
  CardProof proof(CardProof.Kind kind, CardIdentity card, byte[] number) throws CardRefusedException {
    return switch (this) {
      case UID -> new CardProof(kind, card.uid());
      case FILE -> {
        requireWritten(number);
        yield new CardProof(kind, number);
      }
    };
  }

  /// Memory as it leaves the factory names all cards alike.
  private static void requireWritten(byte[] number) throws CardRefusedException {
    boolean uniform = true;
    for (byte b : number) {
      uniform &= b == number[0] && (b == 0 || b == (byte) 0xFF);
    }
    if (uniform) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE, "no number is written there");
    }
  }
}
