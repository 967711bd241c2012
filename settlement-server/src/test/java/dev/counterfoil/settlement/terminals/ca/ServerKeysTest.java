package dev.counterfoil.settlement.terminals.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.TerminalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final List<String> NAMES = List.of("localhost", "127.0.0.1");
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir
  Path folder;

  @Test
  void aSecondStartFindsTheKeysOfTheFirst() {
    ServerKeys first = open(NOW);
    ServerKeys second = open(NOW.plus(Duration.ofDays(1)));
    assertThat(second.authority().root()).isEqualTo(first.authority().root());
    assertThat(second.tlsCertificate()).isEqualTo(first.tlsCertificate());
    assertThat(second.ackSeed()).isEqualTo(first.ackSeed());
    assertThat(second.cardKey()).isEqualTo(first.cardKey()).hasSize(32);
  }

  @Test
  void nobodyElseReadsTheKeys() throws IOException {
    open(NOW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    try (var files = Files.list(folder)) {
      assertThat(files).isNotEmpty().allSatisfy(
          file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as("%s", file)
              .isEqualTo("rw-------"));
    }
  }

  @Test
  void theServerCertificateIsRenewedBeforeItsLastThird() {
    X509Certificate first = open(NOW).tlsCertificate();
    X509Certificate later = open(NOW.plus(Duration.ofDays(250))).tlsCertificate();
    assertThat(later.getNotAfter()).isAfter(first.getNotAfter());
  }

  @Test
  void theServerCertificateFollowsTheNames() throws CertificateException {
    open(NOW);
    X509Certificate renamed = ServerKeys.openOrCreate(folder, List.of("pay.example.org"), NOW, RANDOM)
        .tlsCertificate();
    assertThat(renamed.getSubjectAlternativeNames()).extracting(entry -> (Object) entry.get(1))
        .containsExactly("pay.example.org");
  }

  @Test
  void theAuthorityVouchesForTheAcknowledgementKey() {
    ServerKeys keys = open(NOW);
    var root = keys.authority().root().getPublicKey();
    assertThat(EnrolmentStatements.vouchesFor(root, keys.ackPublic(), keys.ackCertificate())).isTrue();
    assertThat(EnrolmentStatements.vouchesFor(root, keys.cardKey(), keys.ackCertificate())).isFalse();
    assertThat(EnrolmentStatements.vouchesFor(root, keys.ackPublic(), new byte[64])).isFalse();
  }

  @Test
  void aTerminalCertificateNamesTheTerminalAndServesClientsOnly() throws Exception {
    ServerKeys keys = open(NOW);
    var terminal = new TerminalId(1, 2);
    X509Certificate issued = keys.authority().issueClient(request(), terminal, NOW);
    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=" + terminal);
    assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(issued.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
    var trust = new ClientTrust(keys.authority().root(), certificate -> false);
    var strict = new ClientTrust(keys.authority().root(), certificate -> true);
    X509Certificate[] chain = {issued};
    trust.checkClientTrusted(chain, "EC");
    assertThatThrownBy(() -> strict.checkClientTrusted(chain, "EC")).hasMessage("revoked");
    X509Certificate[] server = {keys.tlsCertificate()};
    assertThatThrownBy(() -> trust.checkClientTrusted(server, "EC")).isInstanceOf(CertificateException.class);
  }

  @Test
  void aRequestThatIsNotSignedByItsOwnKeyIsRefused() throws Exception {
    byte[] request = request();
    request[request.length - 1] ^= 1;
    var authority = open(NOW).authority();
    assertThatThrownBy(() -> authority.issueClient(request, new TerminalId(1, 2), NOW))
        .isInstanceOf(BadCertificateRequestException.class);
    assertThatThrownBy(() -> authority.issueClient(new byte[] {1, 2, 3}, new TerminalId(1, 2), NOW))
        .isInstanceOf(BadCertificateRequestException.class);
  }

  private ServerKeys open(Instant now) {
    return ServerKeys.openOrCreate(folder, NAMES, now, RANDOM);
  }

  private static byte[] request() throws Exception {
    var pair = CertificateAuthority.newKeyPair(RANDOM);
    return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=anything"), pair.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())).getEncoded();
  }
}
