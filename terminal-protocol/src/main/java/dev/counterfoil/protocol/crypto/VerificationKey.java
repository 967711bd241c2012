package dev.counterfoil.protocol.crypto;

import dev.counterfoil.protocol.id.KeyId;
import java.util.Arrays;
import java.util.HexFormat;

/// A public signing key as both ends store it. Holding one says nothing about its soundness:
/// {@link SignatureVerifier#isSound} does.
public final class VerificationKey {

  private final SignatureAlgorithm algorithm;
  private final byte[] encoded;
  private final KeyId id;

  private VerificationKey(SignatureAlgorithm algorithm, byte[] encoded) {
    this.algorithm = algorithm;
    this.encoded = encoded;
    this.id = KeyId.of(Arrays.copyOf(Sha256.digest(new byte[] {(byte) algorithm.code()}, encoded), 8));
  }

  /// @param encoded the key in its algorithm's encoding; copied
  /// @throws IllegalArgumentException if the length is not the algorithm's
  public static VerificationKey of(SignatureAlgorithm algorithm, byte[] encoded) {
    if (encoded.length != algorithm.keyLength()) {
      throw new IllegalArgumentException(
          algorithm + " keys have " + algorithm.keyLength() + " bytes, found " + encoded.length);
    }
    return new VerificationKey(algorithm, encoded.clone());
  }

  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  public KeyId id() {
    return id;
  }

  /// A copy of the encoded key.
  public byte[] encoded() {
    return encoded.clone();
  }

  /// The encoded key itself, for verifiers that only read it.
  byte[] encodedUnsafe() {
    return encoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationKey key && key.algorithm == algorithm
        && Arrays.equals(key.encoded, encoded);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return algorithm + ":" + HexFormat.of().formatHex(encoded);
  }
}
