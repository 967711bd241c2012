package dev.counterfoil.protocol.crypto;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The verifier of production. Ed25519: canonical encodings, S below the group order, key of the full prime-order
/// group. ES256: r and s in range, s in the lower half, key on the curve in compressed form. Decoded keys are kept,
/// because decoding costs as much as verifying; unsound keys are kept as such.
public final class StrictVerifier implements SignatureVerifier {

  /// Decoded keys kept before the cache starts afresh; a full-size fleet has some 12,600 terminals.
  private static final int MAX_KEYS = 50_000;
  private static final BigInteger HALF_ORDER = Es256Signer.P256.getN().shiftRight(1);

  private final ConcurrentMap<VerificationKey, Optional<DecodedKey>> keys = new ConcurrentHashMap<>();

  private sealed interface DecodedKey {
    record Edwards(Ed25519.PublicPoint point) implements DecodedKey {}

    record Weierstrass(ECPublicKeyParameters key) implements DecodedKey {}
  }

  @Override
  public boolean verify(VerificationKey key, byte[] message, byte[] signature) {
    if (signature.length != SignatureAlgorithm.SIGNATURE_LENGTH) {
      return false;
    }
    return decoded(key).map(decoded -> switch (decoded) {
      case DecodedKey.Edwards(var point) ->
        Ed25519.verify(signature, 0, point, message, 0, message.length);
      case DecodedKey.Weierstrass(var publicKey) -> verifyEs256(publicKey, message, signature);
    }).orElse(false);
  }

  @Override
  public boolean isSound(VerificationKey key) {
    return decoded(key).isPresent();
  }

  private Optional<DecodedKey> decoded(VerificationKey key) {
    Optional<DecodedKey> known = keys.get(key);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MAX_KEYS) {
      keys.clear();
    }
    return keys.computeIfAbsent(key, StrictVerifier::decode);
  }

  private static Optional<DecodedKey> decode(VerificationKey key) {
    return switch (key.algorithm()) {
      case ED25519 -> Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key.encodedUnsafe(), 0))
          .map(DecodedKey.Edwards::new);
      case ES256 -> decodeP256(key.encodedUnsafe());
    };
  }

  private static Optional<DecodedKey> decodeP256(byte[] encoded) {
    if (encoded[0] != 2 && encoded[0] != 3) {
      return Optional.empty();
    }
    try {
      ECPoint point = Es256Signer.P256.getCurve().decodePoint(encoded);
      return Optional.of(new DecodedKey.Weierstrass(new ECPublicKeyParameters(point, Es256Signer.P256)));
    } catch (IllegalArgumentException _) {
      // Not a point of the curve: that is the answer, not a failure.
      return Optional.empty();
    }
  }

  private static boolean verifyEs256(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    BigInteger r = new BigInteger(1, signature, 0, 32);
    BigInteger s = new BigInteger(1, signature, 32, 32);
    if (s.compareTo(HALF_ORDER) > 0) {
      return false;
    }
    var verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(Sha256.digest(message), r, s);
  }
}
