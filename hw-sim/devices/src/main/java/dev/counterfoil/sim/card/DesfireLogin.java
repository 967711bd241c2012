package dev.counterfoil.sim.card;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The card's side of an AES authentication that has begun: it has sent E(RndB) and waits for the token.
///
/// Sources: the recorded EV1 conversations and NXP AN12196 section 6.6.
final class DesfireLogin {
  private final int keyNumber;
  private final byte[] key;
  private final boolean ev2;
  private final byte[] rndB = new byte[CardAes.BLOCK];
  private final byte[] challenge;

  DesfireLogin(int keyNumber, byte[] key, boolean ev2, RandomGenerator random) {
    this.keyNumber = keyNumber;
    this.key = key;
    this.ev2 = ev2;
    random.nextBytes(rndB);
    challenge = CardAes.encrypt(key, CardAes.zeros(), rndB);
  }

  byte[] challenge() {
    return challenge.clone();
  }

  /// The card's last word, and the session that it opens.
  record Opened(byte[] answer, DesfireSession session) {}

  /// Nothing when the token does not show the key.
  ///
  /// @param trusting takes any token, as a forger's card does that has no key to compare with
  Optional<Opened> finish(byte[] token, RandomGenerator random, boolean trusting) {
    if (token.length != 2 * CardAes.BLOCK) {
      return Optional.empty();
    }
    byte[] plain = CardAes.decrypt(key, ev2 ? CardAes.zeros() : challenge, token);
    byte[] rndA = Arrays.copyOf(plain, CardAes.BLOCK);
    boolean right = Arrays.equals(CardAes.rotated(rndB), 0, CardAes.BLOCK, plain, CardAes.BLOCK,
        plain.length);
    if (!right && !trusting) {
      return Optional.empty();
    }
    return Optional.of(ev2 ? openEv2(rndA, random) : openEv1(rndA, token));
  }

  private Opened openEv1(byte[] rndA, byte[] token) {
    byte[] iv = Arrays.copyOfRange(token, CardAes.BLOCK, token.length);
    byte[] session = CardAes.join(part(rndA, 0, 4), part(rndB, 0, 4), part(rndA, 12, 16), part(rndB, 12, 16));
    return new Opened(CardAes.encrypt(key, iv, CardAes.rotated(rndA)),
        new DesfireSession.Ev1(keyNumber, session));
  }

  private Opened openEv2(byte[] rndA, RandomGenerator random) {
    byte[] transaction = new byte[4];
    random.nextBytes(transaction);
    byte[] answer = CardAes.encrypt(key, CardAes.zeros(),
        CardAes.join(transaction, CardAes.rotated(rndA), new byte[12]));
    return new Opened(answer, new DesfireSession.Ev2(keyNumber, sessionKey(0xA5, 0x5A, rndA),
        sessionKey(0x5A, 0xA5, rndA), transaction));
  }

  private byte[] sessionKey(int first, int second, byte[] rndA) {
    byte[] vector = CardAes.join(new byte[] {(byte) first, (byte) second, 0, 1, 0, (byte) 0x80},
        part(rndA, 0, 8),
        part(rndB, 6, 16), part(rndA, 8, 16));
    for (int i = 0; i < 6; i++) {
      vector[8 + i] ^= rndB[i];
    }
    return CardAes.cmac(key, CardAes.zeros(), vector);
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
