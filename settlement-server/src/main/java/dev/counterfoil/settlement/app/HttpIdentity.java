package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.api.WebServer;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decides how callers reach the HTTP port: passwords and tokens never go over a network in clear.
final class HttpIdentity {

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|localhost");

  private HttpIdentity() {}

  /// @return empty to listen in clear
  /// @throws StartupException HTTP_IN_CLEAR, CERTIFICATE_UNREADABLE
  static Optional<WebServer.Identity> of(ServerConfig.Http http, ServerKeys keys) {
    return switch (http.tls()) {
      case ServerConfig.Tls.None _ -> inClear(http);
      case ServerConfig.Tls.OwnAuthority _ -> Optional.of(own(keys));
      case ServerConfig.Tls.Files(Path certificate, Path key) ->
        Optional.of(new WebServer.Identity(text(certificate), text(key)));
    };
  }

  private static Optional<WebServer.Identity> inClear(ServerConfig.Http http) {
    if (!http.behindProxy() && !LOOPBACK.matcher(http.listen().address()).matches()) {
      throw new StartupException("HTTP_IN_CLEAR", "http=" + http.listen()
          + " meaning=\"passwords would go over the network in clear; set http.tls = own or files, listen at"
          + " 127.0.0.1, or say --behind-proxy when a proxy does TLS and nothing else reaches this port\"");
    }
    return Optional.empty();
  }

  private static WebServer.Identity own(ServerKeys keys) {
    try {
      return new WebServer.Identity(keys.certificatesPem(), keys.tlsKeyPem());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just read cannot be written", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StartupException("CERTIFICATE_UNREADABLE", "file=" + file + " reason=" + e.getMessage(), e);
    }
  }
}
