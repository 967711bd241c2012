package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.api.WebServer;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passwords never go over a network in clear.
class HttpIdentityTest {

  @TempDir
  Path folder;
  private ServerKeys keys;

  @BeforeEach
  void open() {
    keys = ServerKeys.openOrCreate(folder, List.of("localhost", "127.0.0.1"),
        InstantSource.system().instant(),
        new SecureRandom());
  }

  private static ServerConfig.Http http(String address, ServerConfig.Tls tls, boolean behindProxy) {
    return new ServerConfig.Http(new ServerConfig.Listen(address, 0), tls, behindProxy);
  }

  @Test
  void inClearItListensOnThisMachineOrBehindAProxyOnly() {
    var none = new ServerConfig.Tls.None();
    for (String address : List.of("127.0.0.1", "127.9.9.9", "::1", "localhost")) {
      assertThat(HttpIdentity.of(http(address, none, false), keys)).isEmpty();
    }
    for (String address : List.of("0.0.0.0", "::", "192.168.1.5", "127.0.0.1.example.org")) {
      assertThatThrownBy(() -> HttpIdentity.of(http(address, none, false), keys)).isInstanceOfSatisfying(
          StartupException.class,
          refused -> assertThat(refused.line()).startsWith("ERROR code=HTTP_IN_CLEAR "));
      assertThat(HttpIdentity.of(http(address, none, true), keys)).isEmpty();
    }
  }

  @Test
  void aCertificateThatIsNotThereIsTold() {
    var files = new ServerConfig.Tls.Files(folder.resolve("no.pem"), folder.resolve("no.key"));
    assertThatThrownBy(() -> HttpIdentity.of(http("0.0.0.0", files, false), keys)).isInstanceOfSatisfying(
        StartupException.class,
        refused -> assertThat(refused.line()).startsWith("ERROR code=CERTIFICATE_UNREADABLE "));
  }

  @Test
  void withItsOwnCertificateItAnswersWhoTrustsTheInstallation() throws Exception {
    Optional<WebServer.Identity> own = HttpIdentity.of(
        http("0.0.0.0", new ServerConfig.Tls.OwnAuthority(), false),
        keys);
    assertThat(own.orElseThrow().toString()).doesNotContain("PRIVATE");
    try (var web = WebServer.start(new WebServer.Place("127.0.0.1", 0, own),
        List.of(router -> router.get("/x").handler(context -> context.end("hello"))));
        var client = HttpClient.newBuilder().sslContext(trustingUs()).build()) {
      var request = HttpRequest.newBuilder(URI.create("https://localhost:" + web.port() + "/x")).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("hello");
      var clear = HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + "/x")).build();
      assertThatThrownBy(() -> client.send(clear, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(java.io.IOException.class);
    }
  }

  private SSLContext trustingUs() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("root", keys.authority().root());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
