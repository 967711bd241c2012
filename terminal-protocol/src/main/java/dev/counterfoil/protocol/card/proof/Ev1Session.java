package dev.counterfoil.protocol.card.proof;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// An authenticated conversation with a DESFire EV1 card: each command and each answer runs through one chain of CMACs,
/// so that nobody can change, leave out or replace one of them. Immutable; a step returns the session that follows.
public final class Ev1Session {

  /// Bytes of the CMAC that the card sends behind its data.
  public static final int MAC_LENGTH = 8;

  private final AesKey key;
  private final byte[] chain;

  private Ev1Session(AesKey key, byte[] chain) {
    this.key = key;
    this.chain = chain;
  }

  static Ev1Session begin(AesKey key) {
    return new Ev1Session(key, new byte[AesKey.LENGTH]);
  }

  /// After this command was sent.
  ///
  /// @param command native code and parameters, without any wrapping
  public Ev1Session sent(byte... command) {
    return new Ev1Session(key, AesCmac.chained(key, chain, command));
  }

  /// After this answer, or nothing when it was not the card that sent it: the session is worth nothing then.
  ///
  /// @param data of all frames of the answer, without status and CMAC
  /// @param mac  8 bytes
  public Optional<Ev1Session> received(byte[] data, byte[] mac) {
    // The CMAC covers the status too, which stands behind the data and is always "ok" here.
    byte[] next = AesCmac.chained(key, chain, Arrays.copyOf(data, data.length + 1));
    return MessageDigest.isEqual(Arrays.copyOf(next, MAC_LENGTH), mac)
        ? Optional.of(new Ev1Session(key, next))
        : Optional.empty();
  }

  /// The CMAC of the step before, whole.
  byte[] chain() {
    return chain.clone();
  }

  AesKey key() {
    return key;
  }
}
