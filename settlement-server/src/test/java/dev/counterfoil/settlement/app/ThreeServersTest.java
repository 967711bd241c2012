package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.net.TlsClient;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.TestPostgres;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.trace.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three servers, each a process, on one PostgreSQL; terminals that go from one to another, lose answers and send again
/// what they sent; and one server that is killed while they do. Terminals' heads, balances and unique keys are each compared by
/// their own commit, so that this holds without the sites' versions too; what only they protect is in
/// [dev.counterfoil.settlement.core.TwoServersTest].
class ThreeServersTest {

  private static final int SITE = 1;
  private static final int TERMINALS = 4;
  /// Visits of each terminal at some server, before the kill and after it.
  private static final int BEFORE = 10;
  private static final int AFTER = 10;
  private static final long PRICE = 300;
  private static final Pattern TOKEN = Pattern.compile("\"token\" ?: ?\"([0-9a-f]+)\"");

  @TempDir
  Path folder;

  private final PostgresAddress address = TestPostgres.empty();
  private final List<ServerProcess> servers = new ArrayList<>();
  private final CountDownLatch warm = new CountDownLatch(TERMINALS * BEFORE);

  @AfterEach
  void stop() {
    servers.forEach(ServerProcess::close);
    TestPostgres.drop(address);
  }

  private Path config(String name) throws IOException {
    return Files.writeString(folder.resolve(name + ".toml"), """
        data = "%s"
        db.url = "postgresql://%s@%s/%s?%s"
        link.address = "127.0.0.1"
        link.port = 0
        http.port = 0
        enrolment.confirm = false
        enrolment.attempts-per-minute = 1000
        """.formatted(folder.resolve(name), address.user(), address.hosts(), address.database(),
        address.options()));
  }

  private String admin(String... arguments) {
    var answer = Admin
        .run(Stream.concat(Stream.of(arguments), Stream.of("--data", folder.resolve("one").toString()))
            .toList());
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    return answer.text();
  }

  private void giveKeys(String to) throws IOException {
    Path ca = folder.resolve("one/ca");
    try (Stream<Path> files = Files.walk(ca)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = folder.resolve(to).resolve("ca").resolve(ca.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private X509Certificate root() throws Exception {
    String pem = Files.readString(folder.resolve("one/ca/root.crt")).replaceAll("-----.*-----|\\s", "");
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(pem)));
  }

  /// A holder's card, and terminals that any server knows when it starts.
  private record Town(CardToken card, long opening, List<Traveller> terminals) {}

  private Town town() throws Exception {
    try (var first = new SettlementServer(ServerConfigReader.read(config("one")))) {
      admin("account", "open", "--holder", "Wang");
      admin("recharge", "1", "5000.00", "--key", "opening");
      Matcher token = TOKEN.matcher(admin("card", "issue", "04A1B2C3D4E5F6", "--account", "1", "--json"));
      assertThat(token.find()).isTrue();
      CardToken card = CardToken.of(HexFormat.of().parseHex(token.group(1)));
      var terminals = new ArrayList<Traveller>();
      for (int i = 0; i < TERMINALS; i++) {
        String code = admin("code", "create", "--name", "Till-" + i).lines().skip(1).findFirst().orElseThrow()
            .split(" ")[0];
        terminals.add(new Traveller(i, TestTerminal.enrol(first.link().port(), root(), code), card));
      }
      return new Town(card, 500_000, terminals);
    }
  }

  /// A terminal with its journal, on its way from server to server.
  private final class Traveller implements Callable<Integer> {

    private final TestTerminal terminal;
    private final CardToken card;
    private final SplittableRandom random;
    private final List<JournalRecord> journal = new ArrayList<>();
    private final ChainPosition origin;
    private long mark;
    private int repeated;

    Traveller(int number, TestTerminal terminal, CardToken card) {
      this.terminal = terminal;
      this.card = card;
      this.random = new SplittableRandom(20261121 + number);
      this.origin = terminal.head();
    }

    /// Visits servers until everything that it wrote is acknowledged.
    ///
    /// @return how often it sent again what a server had
    @Override
    public Integer call() throws Exception {
      journal.add(terminal.genesis());
      for (int visit = 1; visit <= BEFORE + AFTER || mark < terminal.head().seq();) {
        if (visited(servers.get(random.nextInt(servers.size())), visit > BEFORE + AFTER)) {
          visit++;
          warm.countDown();
        }
      }
      return repeated;
    }

    /// @return false if the server was not to be had
    private boolean visited(ServerProcess server, boolean last) throws Exception {
      try (TlsClient client = terminal.connect(server.link(), Channel.CHANNEL_JOURNAL)) {
        Frame answer = client.read();
        if (answer.hasGoodbye()) {
          return false;
        }
        assertThat(answer.getWelcome().getVerdict()).as("%s", answer).isEqualTo(Verdict.VERDICT_RESUME);
        AckStatement known = AckStatement.parseFrom(answer.getWelcome().getAck().getPayload());
        sell(last ? 0 : 1 + random.nextInt(8));
        send(client, known.getReceived().getSeq(), last);
        return true;
      } catch (IOException e) {
        // It was killed; another one has everything that was acknowledged.
        return false;
      }
    }

    private void sell(int sales) {
      for (int i = 0; i < sales; i++) {
        journal.add(random.nextBoolean() ? terminal.cardSale(card, PRICE) : terminal.cashSale(PRICE));
      }
    }

    private void send(TlsClient client, long known, boolean last) throws Exception {
      assertThat(known).as("what was acknowledged is never taken back").isGreaterThanOrEqualTo(mark);
      // One visit in three: sends from an earlier place, as after an answer that never came.
      long from = random.nextInt(3) == 0 && known > 0 ? random.nextLong(known) : known;
      repeated += from < known ? 1 : 0;
      if (from == terminal.head().seq()) {
        mark = known;
        return;
      }
      client.send(terminal.push(from == 0 ? origin : record(from).position(),
          journal.subList(Math.toIntExact(from), journal.size())));
      // One visit in three: gone before the answer.
      if (last || random.nextInt(3) > 0) {
        awaitAck(client);
      }
    }

    private void awaitAck(TlsClient client) throws Exception {
      while (mark < terminal.head().seq()) {
        mark = Math.max(mark, TestTerminal.readAck(client).getReceived().getSeq());
      }
    }

    private JournalRecord record(long seq) {
      return journal.get(Math.toIntExact(seq - 1));
    }
  }

  @Test
  @Requirement({"PAY-17", "OPS-03"})
  void whatTerminalsSendToAnyOfThreeIsBookedOnceThoughOneIsKilled() throws Exception {
    Town town = town();
    for (String name : List.of("two", "three")) {
      giveKeys(name);
    }
    for (String name : List.of("one", "two", "three")) {
      servers.add(ServerProcess.start(config(name)));
    }
    for (ServerProcess server : servers) {
      server.link();
    }

    int repeated = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(TERMINALS)) {
      List<Future<Integer>> travelling = town.terminals().stream().map(threads::submit).toList();
      warm.await(60, TimeUnit.SECONDS);
      servers.getFirst().kill();
      for (Future<Integer> each : travelling) {
        repeated += each.get();
      }
    }

    assertThat(repeated).as("second pushes of the same records").isPositive();
    assertThat(servers.stream().map(ServerProcess::isAlive)).containsExactly(false, true, true);
    for (ServerProcess server : servers.subList(1, 3)) {
      assertThat(server.printed()).doesNotContain("level=ERROR");
    }
    try (SettlementStore store = PostgresSettlementStore.open(address, TestPostgres.password())) {
      assertBooked(store, town);
    }
  }

  private static void assertBooked(SettlementStore store, Town town) {
    long byCard = 0;
    long sales = 0;
    for (int i = 0; i < TERMINALS; i++) {
      List<JournalRecord> journal = town.terminals().get(i).journal;
      assertThat(store.recordKeys(SITE, i + 1, 1, Long.MAX_VALUE).stream().map(RecordKeyRow::hash))
          .isEqualTo(journal.stream().map(JournalRecord::hash).toList());
      List<TransactionRow> booked = store.transactionsOf(SITE, i + 1, 0, 10_000);
      assertThat(booked.stream().map(TransactionRow::seq))
          .isEqualTo(journal.stream().skip(1).map(JournalRecord::seq).toList());
      byCard += booked.stream().filter(row -> row.account() == 1).mapToLong(TransactionRow::amount).sum();
      sales += booked.size();
    }
    LedgerVerification.Report books = LedgerVerification.verify(store, SITE);
    assertThat(books.problems()).isEmpty();
    assertThat(books.transfers()).as("a recharge, and one movement a sale").isEqualTo(1 + sales);
    assertThat(store.ledgerAccount(SITE, LedgerKind.CASH, 1, "CNY").map(LedgerAccountRow::balance))
        .contains(town.opening() - byCard);
    assertThat(store.exceptions(SITE, true, 0, 10)).isEmpty();
  }
}
