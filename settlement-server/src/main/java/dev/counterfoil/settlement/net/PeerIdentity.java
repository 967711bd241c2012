package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Who the TLS handshake proved the peer to be.
///
/// @param certificateHash SHA-256 of the client certificate's DER bytes
public record PeerIdentity(TerminalId terminal, Hash certificateHash) {

  private static final String COMMON_NAME = "CN=";

  /// The identity in a certificate of our root; empty when it names no terminal.
  static Optional<PeerIdentity> of(X509Certificate certificate) {
    String name = certificate.getSubjectX500Principal().getName();
    if (!name.matches(COMMON_NAME + "[0-9a-f]{32}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PeerIdentity(TerminalId.parse(name.substring(COMMON_NAME.length())),
          Sha256.hash(certificate.getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was received cannot be encoded", e);
    }
  }
}
