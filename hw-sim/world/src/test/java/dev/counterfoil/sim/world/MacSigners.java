package dev.counterfoil.sim.world;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Signatures that cost a microsecond and protect nothing: SHA-256 over key and message, twice. Lives in the test
/// sources so that no production class path can ever hold it.
public final class MacSigners implements Signers, SignatureVerifier {
  private final long seed;

  public MacSigners(long seed) {
    this.seed = seed;
  }

  @Override
  public Signer signer(long number) {
    byte[] encoded = ByteBuffer.allocate(32).putLong(seed).putLong(number).putLong(seed * 31 + number)
        .array();
    var key = VerificationKey.of(SignatureAlgorithm.ED25519, encoded);
    return new Signer() {
      @Override
      public VerificationKey key() {
        return key;
      }

      @Override
      public byte[] sign(byte[] message) {
        return mac(encoded, message);
      }
    };
  }

  @Override
  public SignatureVerifier verifier() {
    return this;
  }

  @Override
  public boolean verify(VerificationKey key, byte[] message, byte[] signature) {
    return Arrays.equals(mac(key.encoded(), message), signature);
  }

  @Override
  public boolean isSound(VerificationKey key) {
    return true;
  }

  private static byte[] mac(byte[] key, byte[] message) {
    byte[] half = Sha256.digest(key, message);
    byte[] signature = Arrays.copyOf(half, SignatureAlgorithm.SIGNATURE_LENGTH);
    System.arraycopy(half, 0, signature, half.length, half.length);
    return signature;
  }
}
