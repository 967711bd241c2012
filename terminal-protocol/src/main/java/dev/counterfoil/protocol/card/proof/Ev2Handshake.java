package dev.counterfoil.protocol.card.proof;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// The reader's side of AuthenticateEV2First (command 71) of DESFire EV2, EV3 and NTAG 424 DNA. Pure; one handshake, used
/// once. Source: NXP AN12196 section 6.6.
///
/// ```
/// card -> E(RndB)                                                       CBC with IV zero, each time anew
/// card <- E(RndA || RndB rotated left)
/// card -> E(TI(4) || RndA rotated left || PDcap2(6) || PCDcap2(6))      proves that the card has the key
/// ```
public final class Ev2Handshake {

  private static final byte[] ZERO = new byte[AesKey.LENGTH];
  private static final int ANSWER_LENGTH = 32;
  private static final int TI_LENGTH = 4;
  private static final byte[] ENCRYPTION = {(byte) 0xA5, 0x5A, 0x00, 0x01, 0x00, (byte) 0x80};
  private static final byte[] AUTHENTICATION = {0x5A, (byte) 0xA5, 0x00, 0x01, 0x00, (byte) 0x80};

  private final AesKey key;
  private final byte[] rndA;
  private final byte[] rndB;

  private Ev2Handshake(AesKey key, byte[] rndA, byte[] rndB) {
    this.key = key;
    this.rndA = rndA;
    this.rndB = rndB;
  }

  /// Answers the card's challenge.
  ///
  /// @param challenge E(RndB), 16 bytes
  /// @param rndA      16 random bytes, new each time: without them a recorded card passes
  public static Ev2Handshake answer(AesKey key, byte[] challenge, byte[] rndA) {
    return new Ev2Handshake(key, rndA.clone(), key.decrypt(ZERO, challenge));
  }

  /// What is sent to the card, 32 bytes.
  public byte[] token() {
    return key.encrypt(ZERO, Bytes.join(rndA, Bytes.rotatedLeft(rndB)));
  }

  /// The session, if the card has shown that it has the key.
  ///
  /// @param answer what the card sent last; of any length but 32 it proves nothing
  public Optional<Ev2Session> finish(byte[] answer) {
    if (answer.length != ANSWER_LENGTH) {
      return Optional.empty();
    }
    byte[] plain = key.decrypt(ZERO, answer);
    byte[] shown = Arrays.copyOfRange(plain, TI_LENGTH, TI_LENGTH + AesKey.LENGTH);
    if (!MessageDigest.isEqual(shown, Bytes.rotatedLeft(rndA))) {
      return Optional.empty();
    }
    return Optional.of(new Ev2Session(sessionKey(ENCRYPTION), sessionKey(AUTHENTICATION),
        Arrays.copyOf(plain, TI_LENGTH), 0));
  }

  private AesKey sessionKey(byte[] purpose) {
    byte[] mixed = new byte[6];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) (rndA[2 + i] ^ rndB[i]);
    }
    return AesKey.of(AesCmac.of(key, Bytes.join(purpose, Arrays.copyOf(rndA, 2), mixed,
        Arrays.copyOfRange(rndB, 6, 16), Arrays.copyOfRange(rndA, 8, 16))));
  }
}
