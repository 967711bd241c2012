package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.settlement.net.TlsClient;
import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two whole servers with the same keys on one PostgreSQL.
class PostgresServersTest {

  @TempDir
  Path folder;

  private final PostgresAddress address = TestPostgres.empty();
  private final String url = "postgresql://" + address.user() + "@" + address.hosts() + "/"
      + address.database() + "?"
      + address.options();
  private final List<SettlementServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(SettlementServer::close);
    TestPostgres.drop(address);
  }

  private Path data(String name) {
    return folder.resolve(name);
  }

  private SettlementServer start(String name) {
    var server = new SettlementServer(ServerConfigReader.parse("test", """
        data = "%s"
        [db]
        url = "%s"
        [link]
        address = "127.0.0.1"
        port = 0
        [http]
        port = 0
        [enrolment]
        confirm = false
        """.formatted(data(name), url)));
    servers.add(server);
    return server;
  }

  private void giveKeys(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(data(from).resolve("ca"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = data(to).resolve(data(from).relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private AdminAnswer admin(String name, String... arguments) {
    return Admin.run(
        Stream.concat(Stream.of(arguments), Stream.of("--data", data(name).toString())).toList());
  }

  private static TlsClient welcomed(SettlementServer server, TestTerminal terminal) throws Exception {
    TlsClient client = terminal.connect(server.link().port(), Channel.CHANNEL_JOURNAL);
    Frame answer = client.read();
    assertThat(answer.getWelcome().getVerdict()).as("%s", answer).isEqualTo(Verdict.VERDICT_RESUME);
    return client;
  }

  /// A server hears of the others' enrolments about once a second; a terminal asks again until then.
  private static TlsClient welcomedSoon(SettlementServer server, TestTerminal terminal) throws Exception {
    Instant latest = Instant.now().plusSeconds(20);
    while (true) {
      TlsClient client = terminal.connect(server.link().port(), Channel.CHANNEL_JOURNAL);
      Frame answer = client.read();
      if (!answer.getGoodbye().getReason().equals("NOT_ENROLLED")) {
        assertThat(answer.getWelcome().getVerdict()).as("%s", answer).isEqualTo(Verdict.VERDICT_RESUME);
        return client;
      }
      client.close();
      assertThat(Instant.now()).isBefore(latest);
    }
  }

  private static long push(TlsClient journal, TestTerminal terminal, ChainPosition from,
      List<JournalRecord> records)
      throws Exception {
    journal.send(terminal.push(from, records));
    return TestTerminal.readAck(journal).getReceived().getSeq();
  }

  private X509Certificate root(String name) throws Exception {
    String pem = Files.readString(data(name).resolve("ca/root.crt")).replaceAll("-----.*-----|\\s", "");
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(pem)));
  }

  @Test
  void aTerminalGoesOnAtTheOtherServerAndAnOperatorAtNone() throws Exception {
    SettlementServer first = start("one");
    giveKeys("one", "two");
    SettlementServer second = start("two");
    String code = admin("one", "code", "create", "--name", "Till-1").text().lines().skip(1).findFirst()
        .orElseThrow()
        .split(" ")[0];
    TestTerminal terminal = TestTerminal.enrol(first.link().port(), root("one"), code);
    ChainPosition start = terminal.head();
    List<JournalRecord> records = new ArrayList<>(List.of(terminal.genesis()));
    records.addAll(terminal.cashSales(20, 250));
    try (TlsClient journal = welcomed(first, terminal)) {
      assertThat(push(journal, terminal, start, records)).isEqualTo(21);
    }

    assertThat(admin("two", "terminal", "list").text()).contains("Till-1").contains("21");
    ChainPosition moved = terminal.head();
    try (TlsClient journal = welcomedSoon(second, terminal)) {
      assertThat(push(journal, terminal, moved, terminal.cashSales(5, 100))).isEqualTo(26);
    }

    assertThat(ready(second)).contains("store=up postgresql://" + address.user() + "@" + address.hosts());
    assertThat(admin("one", "verify", "ledger").text()).contains("balanced");
    servers.forEach(SettlementServer::close);
    AdminAnswer alone = admin("one", "verify", "chain", "1", "--db", url);
    assertThat(alone.text()).contains("whole").contains("26");
    assertThat(alone.exitCode()).isZero();
  }

  private static String ready(SettlementServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create("http://" + server.http() + "/readyz")).build(),
          BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aDatabaseServerThatDropsItsConnectionsStopsNobody() throws Exception {
    SettlementServer server = start("one");
    TestPostgres.execute(address, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        + " WHERE application_name = 'counterfoil' AND pid <> pg_backend_pid()");

    Instant latest = Instant.now().plusSeconds(20);
    AdminAnswer answer = admin("one", "code", "create", "--name", "Till-1");
    while (answer.exitCode() != 0) {
      assertThat(answer.text()).contains("STORE_UNREACHABLE");
      assertThat(Instant.now()).isBefore(latest);
      answer = admin("one", "code", "create", "--name", "Till-1");
    }

    while (!ready(server).startsWith("READY\n")) {
      assertThat(Instant.now()).isBefore(latest);
    }
    assertThat(server.broken()).isNotDone();
  }

  @Test
  void aServerWithoutTheKeysOfTheOthersIsRefused() {
    start("one");

    StartupException refusal = catchThrowableOfType(StartupException.class, () -> start("two"));

    assertThat(refusal.line()).startsWith("ERROR code=KEYS_MISSING");
  }

  @Test
  void aDatabaseServerThatIsNotThereIsToldWithoutThePassword() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "geheim\n");

    StartupException refusal = catchThrowableOfType(StartupException.class,
        () -> new SettlementServer(ServerConfigReader.parse("test", """
            data = "%s"
            [db]
            url = "postgresql://server@127.0.0.1:1/money"
            password-file = "%s"
            """.formatted(data("one"), secret))));

    assertThat(refusal.line())
        .startsWith("ERROR code=STORE_UNREACHABLE database=postgresql://server@127.0.0.1:1/money meaning=")
        .doesNotContain("geheim");
    StartupException shown = catchThrowableOfType(StartupException.class,
        () -> ServerConfigReader.parse("test", "[db]\nurl = \"postgresql://u:geheim@h/d\""));
    assertThat(shown.line()).startsWith("ERROR code=CONFIG_VALUE key=db.url").doesNotContain("geheim");
  }
}
