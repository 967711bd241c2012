package dev.counterfoil.terminal.enrolment;

import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts a server whose chain ends at the authority that the enrolment code names, and no other. For one handshake.
///
/// The server's name is not compared: terminals reach it by whatever address a site uses. Nor are dates: a board
/// without a battery does not know the year before its first contact, and the authority is pinned by its very bytes.
/// One thread; checking blocks for some signatures, never on I/O.
public final class PinnedAuthority extends X509ExtendedTrustManager {

  private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";

  private final EnrolmentCode code;
  private boolean wrongAuthority;

  /// @param code as the operator was given it; the fingerprint in it says whom to trust
  public PinnedAuthority(EnrolmentCode code) {
    this.code = code;
  }

  /// Whether the handshake failed because the server is another installation's.
  boolean sawWrongAuthority() {
    return wrongAuthority;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    X509Certificate root = chain[chain.length - 1];
    if (!code.pins(root.getEncoded())) {
      wrongAuthority = true;
      throw new CertificateException("the server's authority is not the one that the code names");
    }
    var uses = chain[0].getExtendedKeyUsage();
    if (chain.length < 2 || uses == null || !uses.contains(SERVER_USE)) {
      throw new CertificateException("the certificate shown is not that of a server");
    }
    for (X509Certificate certificate : chain) {
      try {
        certificate.verify(root.getPublicKey());
      } catch (GeneralSecurityException e) {
        wrongAuthority = true;
        throw new CertificateException("not issued by the pinned authority", e);
      }
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this end is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this end is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this end is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
