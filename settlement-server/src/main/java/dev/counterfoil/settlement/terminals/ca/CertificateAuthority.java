package dev.counterfoil.settlement.terminals.ca;

import dev.counterfoil.protocol.id.TerminalId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// The installation's own certificate authority: a P-256 root and what it signs. It knows no files and no clock; the
/// caller brings both. Thread-safe, never blocks on anything but the random generator.
public final class CertificateAuthority {

  /// Life of a terminal's certificate. Renewal is due before two thirds of it.
  public static final Duration CLIENT_LIFE = Duration.ofDays(365);
  /// Life of the server's own certificate; a start renews it when less than a third is left.
  public static final Duration SERVER_LIFE = Duration.ofDays(365);

  private static final Duration ROOT_LIFE = Duration.ofDays(365 * 20);
  /// Terminals come with clocks that are behind; a certificate of this minute must not look like one of the future.
  private static final Duration BACKDATED = Duration.ofDays(2);
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final String ROOT_NAME = "CN=Counterfoil root";

  private final PrivateKey key;
  private final X509Certificate root;
  private final SecureRandom random;

  CertificateAuthority(PrivateKey key, X509Certificate root, SecureRandom random) {
    this.key = key;
    this.root = root;
    this.random = random;
  }

  /// A new authority with a new key.
  static CertificateAuthority create(Instant now, SecureRandom random) {
    try {
      KeyPair pair = newKeyPair(random);
      var builder = builder(ROOT_NAME, ROOT_NAME, pair.getPublic(), now, ROOT_LIFE, random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
      return new CertificateAuthority(pair.getPrivate(), signed(builder, pair.getPrivate()), random);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot create the root certificate", e);
    }
  }

  /// The root certificate, whose fingerprint stands in every enrolment code.
  public X509Certificate root() {
    return root;
  }

  PrivateKey key() {
    return key;
  }

  /// Certifies the terminal's TLS key.
  ///
  /// @param request PKCS#10 in DER: P-256 and signed by its own key. The subject in it is not looked at.
  /// @throws BadCertificateRequestException when the request is anything else; nothing was issued
  public X509Certificate issueClient(byte[] request, TerminalId terminal, Instant now) {
    PublicKey requested = verified(request);
    try {
      var builder = builder(ROOT_NAME, "CN=" + terminal, requested, now, CLIENT_LIFE, random);
      endEntity(builder, KeyPurposeId.id_kp_clientAuth);
      return signed(builder, key);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot issue a certificate for terminal=" + terminal, e);
    }
  }

  /// Certifies the server's TLS key for the names and addresses under which terminals reach it.
  X509Certificate issueServer(PublicKey serverKey, List<String> names, Instant now) {
    try {
      var builder = builder(ROOT_NAME, "CN=Counterfoil settlement server", serverKey, now, SERVER_LIFE,
          random);
      endEntity(builder, KeyPurposeId.id_kp_serverAuth);
      builder.addExtension(Extension.subjectAlternativeName, false,
          new GeneralNames(
              names.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new)));
      return signed(builder, key);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot issue the server certificate", e);
    }
  }

  /// The authority's word for a statement of the installation: ECDSA with SHA-256, r and s of 32 bytes each.
  byte[] certify(byte[] statement) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(key, random);
      signer.update(statement);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with the root key", e);
    }
  }

  static KeyPair newKeyPair(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  private static PublicKey verified(byte[] request) {
    try {
      var parsed = new JcaPKCS10CertificationRequest(request);
      PublicKey requested = parsed.getPublicKey();
      if (!(requested instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == 256)) {
        throw new BadCertificateRequestException("the key is not of P-256", null);
      }
      if (!parsed.isSignatureValid(new JcaContentVerifierProviderBuilder().build(requested))) {
        throw new BadCertificateRequestException("it is not signed by its own key", null);
      }
      return requested;
    } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException
        | IllegalArgumentException | ClassCastException e) {
      throw new BadCertificateRequestException("it cannot be read", e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(String issuer, String subject, PublicKey subjectKey,
      Instant now,
      Duration life, SecureRandom random) {
    return new JcaX509v3CertificateBuilder(new X500Name(issuer), new BigInteger(127, random),
        Date.from(now.minus(BACKDATED)), Date.from(now.plus(life)), new X500Name(subject), subjectKey);
  }

  private static void endEntity(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
      throws IOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
  }

  private static GeneralName generalName(String name) {
    boolean address = name.contains(":") || name.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName,
        address ? InetAddress.ofLiteral(name).getHostAddress() : name);
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey issuerKey)
      throws GeneralSecurityException, IOException {
    try {
      return certificate(
          builder.build(new JcaContentSignerBuilder(ALGORITHM).build(issuerKey)).getEncoded());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
