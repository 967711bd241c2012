package dev.counterfoil.terminal.uplink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Makes the TLS context of an enrolled terminal: its own certificate, and trust in the one authority that enrolled it.
///
/// The server's name is not compared, because terminals reach it by whatever address a site uses. That is safe only
/// because this authority signs nothing else, and the JDK refuses a certificate whose extended key usage is not
/// that of a server, so that no terminal can pose as one.
public final class TlsIdentity {

  private TlsIdentity() {}

  /// @param privateKey  PKCS#8, P-256
  /// @param certificate the terminal's certificate, DER
  /// @param authority   the certificate of the authority, DER
  /// @throws GeneralSecurityException if one of them cannot be read or they do not belong together
  public static SSLContext context(byte[] privateKey, byte[] certificate, byte[] authority)
      throws GeneralSecurityException {
    var own = certificate(certificate);
    var root = certificate(authority);
    own.verify(root.getPublicKey());
    char[] none = {};
    // In memory only. Of kind PKCS12 it would encrypt the key with ten thousand rounds and decrypt it again, at each start.
    var keys = KeyStore.getInstance("JKS");
    var trusted = KeyStore.getInstance("JKS");
    try {
      keys.load(null, none);
      trusted.load(null, none);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store cannot fail to load", e);
    }
    var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
    keys.setKeyEntry("terminal", key, none, new X509Certificate[] {own, root});
    trusted.setCertificateEntry("authority", root);
    return context(keys, trusted, none);
  }

  private static SSLContext context(KeyStore keys, KeyStore trusted, char[] password)
      throws GeneralSecurityException {
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keys, password);
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trusted);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  /// Reads a DER certificate.
  public static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }
}
