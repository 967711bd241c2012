package dev.counterfoil.protocol.crypto;

import java.util.Optional;

/// How records are signed; the code stands in every record, so that both kinds can live in one chain.
public enum SignatureAlgorithm {
  /// Ed25519 (RFC 8032), 32-byte public key. The default: a software key.
  ED25519(1, 32),
  /// ECDSA on P-256 with SHA-256, signature as r || s of 32 bytes each with s in the lower half of the group order;
  /// 33-byte compressed public key. For secure elements.
  ES256(2, 33);

  private final int code;
  private final int keyLength;

  SignatureAlgorithm(int code, int keyLength) {
    this.code = code;
    this.keyLength = keyLength;
  }

  public int code() {
    return code;
  }

  /// Length of the encoded public key in bytes.
  public int keyLength() {
    return keyLength;
  }

  /// Length of a signature in bytes, the same for all.
  public static final int SIGNATURE_LENGTH = 64;

  public static Optional<SignatureAlgorithm> ofCode(int code) {
    return switch (code) {
      case 1 -> Optional.of(ED25519);
      case 2 -> Optional.of(ES256);
      default -> Optional.empty();
    };
  }
}
