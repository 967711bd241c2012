package dev.counterfoil.protocol.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Makes the key pair of a terminal's TLS certificate and the PKCS#10 request for it. The subject is a placeholder:
/// the server alone decides whom a certificate names.
public final class CertificateRequests {

  private CertificateRequests() {}

  /// A P-256 pair for TLS, by the JDK. Blocks for entropy only at first boot.
  public static KeyPair newTlsKeyPair(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /// A DER-encoded PKCS#10 request, signed by `pair`.
  public static byte[] request(KeyPair pair) {
    try {
      var info = new CertificationRequestInfo(new X500Name("CN=enrolling"),
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()), new DERSet());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(info.getEncoded(ASN1Encoding.DER));
      var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      return new CertificationRequest(info, algorithm, new DERBitString(signature.sign()))
          .getEncoded(ASN1Encoding.DER);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a fresh P-256 pair must be able to sign its own request", e);
    }
  }
}
