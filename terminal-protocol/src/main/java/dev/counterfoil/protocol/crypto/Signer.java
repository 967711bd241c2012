package dev.counterfoil.protocol.crypto;

/// Signs with one private key that it never gives away. Implementations are safe for use by several threads unless
/// they say otherwise; a software signer takes some 20 to 100 microseconds and never blocks.
public interface Signer {

  /// The public half.
  VerificationKey key();

  /// Signs `message`.
  ///
  /// @return {@link SignatureAlgorithm#SIGNATURE_LENGTH} bytes, deterministic for equal messages
  /// @throws SignerException if the key store failed; a retry is safe, nothing was released
  byte[] sign(byte[] message);

  /// The private key cannot be used now.
  final class SignerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SignerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
