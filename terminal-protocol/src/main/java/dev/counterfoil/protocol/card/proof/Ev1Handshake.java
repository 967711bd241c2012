package dev.counterfoil.protocol.card.proof;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// The reader's side of the AES authentication of DESFire EV1 (command AA). Pure; one handshake, used once.
///
/// ```
/// card -> E(RndB)                               CBC; the IV goes on from block to block through the whole handshake
/// card <- E(RndA || RndB rotated left)
/// card -> E(RndA rotated left)                  proves that the card has the key
/// ```
public final class Ev1Handshake {

  private final AesKey key;
  private final byte[] rndA;
  private final byte[] rndB;
  private final byte[] token;

  private Ev1Handshake(AesKey key, byte[] rndA, byte[] rndB, byte[] token) {
    this.key = key;
    this.rndA = rndA;
    this.rndB = rndB;
    this.token = token;
  }

  /// Answers the card's challenge.
  ///
  /// @param challenge E(RndB), 16 bytes
  /// @param rndA      16 random bytes, new each time: without them a recorded card passes
  public static Ev1Handshake answer(AesKey key, byte[] challenge, byte[] rndA) {
    byte[] rndB = key.decrypt(new byte[AesKey.LENGTH], challenge);
    byte[] token = key.encrypt(challenge, Bytes.join(rndA, Bytes.rotatedLeft(rndB)));
    return new Ev1Handshake(key, rndA.clone(), rndB, token);
  }

  /// What is sent to the card, 32 bytes.
  public byte[] token() {
    return token.clone();
  }

  /// The session, if the card has shown that it has the key.
  ///
  /// @param answer what the card sent last; of any length but 16 it proves nothing
  public Optional<Ev1Session> finish(byte[] answer) {
    if (answer.length != AesKey.LENGTH) {
      return Optional.empty();
    }
    byte[] lastBlock = Arrays.copyOfRange(token, AesKey.LENGTH, token.length);
    boolean proven = MessageDigest.isEqual(key.decrypt(lastBlock, answer), Bytes.rotatedLeft(rndA));
    return proven ? Optional.of(Ev1Session.begin(sessionKey())) : Optional.empty();
  }

  private AesKey sessionKey() {
    return AesKey
        .of(Bytes.join(Arrays.copyOf(rndA, 4), Arrays.copyOf(rndB, 4), Arrays.copyOfRange(rndA, 12, 16),
            Arrays.copyOfRange(rndB, 12, 16)));
  }
}
