package dev.counterfoil.terminal.uplink;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A certificate authority for one test.
public final class TestAuthority {

  private static final Duration LIFE = Duration.ofDays(1);

  public final KeyPair keys = keyPair();
  public final X509Certificate root;
  private final X500Name name;
  private long serial;

  /// A certificate with its private key.
  public record Identity(KeyPair keys, X509Certificate certificate) {}

  public TestAuthority(String name) throws GeneralSecurityException {
    this.name = new X500Name("CN=" + name);
    this.root = certificate(this.name, keys.getPublic(), null);
  }

  public Identity server() throws GeneralSecurityException {
    return issue("server", KeyPurposeId.id_kp_serverAuth);
  }

  public Identity terminal() throws GeneralSecurityException {
    return issue("terminal", KeyPurposeId.id_kp_clientAuth);
  }

  /// The context of a server with this identity that demands a certificate of this authority.
  public SSLContext serverContext(Identity identity) throws Exception {
    char[] none = {};
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, none);
    own.setKeyEntry("server", identity.keys().getPrivate(), none,
        new X509Certificate[] {identity.certificate(), root});
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, none);
    trusted.setCertificateEntry("root", root);
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(own, none);
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trusted);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  /// A terminal's certificate for a key that somebody else holds.
  public X509Certificate certify(PublicKey key) throws GeneralSecurityException {
    return certificate(new X500Name("CN=terminal"), key, KeyPurposeId.id_kp_clientAuth);
  }

  private Identity issue(String subject, KeyPurposeId purpose) throws GeneralSecurityException {
    var pair = keyPair();
    return new Identity(pair, certificate(new X500Name("CN=" + subject), pair.getPublic(), purpose));
  }

  private X509Certificate certificate(X500Name subject, PublicKey key, @Nullable KeyPurposeId purpose)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    try {
      var builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(++serial),
          Date.from(now.minus(LIFE)), Date.from(now.plus(LIFE)), subject,
          key);
      if (purpose == null) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      } else {
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException | IOException e) {
      throw new GeneralSecurityException("test certificate for " + subject, e);
    }
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
