package dev.counterfoil.terminal.device;

import java.util.Arrays;

/// How a card has shown that it is the one it says it is, and who that is. The identity is what its token is made of.
///
/// Arrays are copied in and out. `toString` never shows the identity.
///
/// @param kind     what the identity is worth
/// @param identity 4 to 10 bytes: the card's UID, or the number that its issuer wrote into it
public record CardProof(Kind kind, byte[] identity) {

  private static final int LEAST = 4;
  private static final int MOST = 10;

  /// Names are never changed: they stand in logs.
  public enum Kind {
    /// The card said so. Anybody can copy that with a card for a few coins.
    UID_ONLY,
    /// Read from a sector of a MIFARE Classic card that our key opened. Its cipher is broken: better than a bare UID,
    /// and no proof.
    SECTOR,
    /// The card and we have shown each other the same AES key.
    AUTHENTICATED,
    /// The tag signed a message with its AES key, with a counter that was never seen before.
    SUN
  }

  public CardProof {
    identity = identity.clone();
    if (identity.length < LEAST || identity.length > MOST) {
      throw new IllegalArgumentException("an identity has 4 to 10 bytes, has " + identity.length);
    }
  }

  @Override
  public byte[] identity() {
    return identity.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CardProof that && kind == that.kind && Arrays.equals(identity, that.identity);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(identity);
  }

  @Override
  public String toString() {
    return "CardProof[" + kind + "]";
  }
}
