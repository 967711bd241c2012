package dev.counterfoil.protocol.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ed25519 with the private key in memory. Thread-safe; about 20 microseconds a signature.
public final class Ed25519Signer implements Signer {

  /// Length of the private seed in bytes.
  public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

  private final byte[] seed;
  private final byte[] publicKey;
  private final VerificationKey key;

  /// @param seed 32 secret bytes; copied
  public Ed25519Signer(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, found " + seed.length);
    }
    this.seed = seed.clone();
    this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    this.key = VerificationKey.of(SignatureAlgorithm.ED25519, publicKey);
  }

  /// A seed fresh from `random`, to be stored by the caller before anything is signed with it.
  public static byte[] newSeed(SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return seed;
  }

  @Override
  public VerificationKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /// Shows the public key only.
  @Override
  public String toString() {
    return "Ed25519Signer[" + key.id() + "]";
  }
}
