package dev.counterfoil.protocol.crypto;

/// The one judgement of signatures in the whole system. Libraries differ on edge cases (small-order keys, S + L,
/// high s), and a record's hash covers its signature, so both ends must use the same strict rules or a hash chain
/// could be valid for one and not for the other. Implementations are thread-safe and never block.
public interface SignatureVerifier {

  /// @param signature 64 bytes
  /// @return false for anything but a strictly encoded, valid signature by a sound key; never throws on bad input
  boolean verify(VerificationKey key, byte[] message, byte[] signature);

  /// Whether the encoded key is a point of the full prime-order group in its one canonical encoding. To be asked
  /// before a key is registered.
  boolean isSound(VerificationKey key);
}
