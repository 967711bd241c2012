package dev.counterfoil.settlement.terminals.ca;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Accepts client certificates that our own root issued for clients, that are in date and not revoked. The revocation
/// list is asked at each full handshake here, and again by the link for resumed sessions and for every batch.
public final class ClientTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager chain;
  private final X509Certificate root;
  private final Predicate<X509Certificate> revoked;

  /// @param revoked asked on event loops, so it must not block
  public ClientTrust(X509Certificate root, Predicate<X509Certificate> revoked) {
    this.chain = onlyTrusting(root);
    this.root = root;
    this.revoked = revoked;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
      throws CertificateException {
    chain.checkClientTrusted(certificates, authType, engine);
    refuseRevoked(certificates);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
      throws CertificateException {
    chain.checkClientTrusted(certificates, authType, socket);
    refuseRevoked(certificates);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkClientTrusted(certificates, authType);
    refuseRevoked(certificates);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {root};
  }

  private void refuseRevoked(X509Certificate[] certificates) throws CertificateException {
    if (revoked.test(certificates[0])) {
      throw new CertificateException("revoked");
    }
  }

  private static X509ExtendedTrustManager onlyTrusting(X509Certificate root) {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("root", root);
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("every JDK has PKIX", e);
    }
  }
}
