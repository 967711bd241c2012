package dev.counterfoil.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/// ECDSA on P-256 with the private key in memory: a stand-in for a secure element, and the test of one.
/// Deterministic by RFC 6979, s always in the lower half. Thread-safe.
public final class Es256Signer implements Signer {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  static final ECDomainParameters P256 = new ECDomainParameters(CURVE);

  private final ECPrivateKeyParameters privateKey;
  private final VerificationKey key;

  /// @param scalar private scalar, 1 .. n-1
  public Es256Signer(BigInteger scalar) {
    this.privateKey = new ECPrivateKeyParameters(scalar, P256);
    byte[] point = new FixedPointCombMultiplier().multiply(P256.getG(), privateKey.getD()).getEncoded(true);
    this.key = VerificationKey.of(SignatureAlgorithm.ES256, point);
  }

  /// A private scalar fresh from `random`.
  public static BigInteger newScalar(SecureRandom random) {
    return BigIntegers.createRandomInRange(BigInteger.ONE, P256.getN().subtract(BigInteger.ONE), random);
  }

  @Override
  public VerificationKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, privateKey);
    BigInteger[] rs = signer.generateSignature(Sha256.digest(message));
    BigInteger low = rs[1].min(P256.getN().subtract(rs[1]));
    byte[] signature = new byte[SignatureAlgorithm.SIGNATURE_LENGTH];
    BigIntegers.asUnsignedByteArray(rs[0], signature, 0, 32);
    BigIntegers.asUnsignedByteArray(low, signature, 32, 32);
    return signature;
  }

  /// Shows the public key only.
  @Override
  public String toString() {
    return "Es256Signer[" + key.id() + "]";
  }
}
