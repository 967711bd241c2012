package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.proto.v1.Command;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.settlement.net.TlsClient;
import dev.counterfoil.trace.Requirement;
import io.vertx.core.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server over its real edges: TLS on loopback, the admin socket, SQLite on disk.
class SettlementServerTest {

  @TempDir
  Path folder;

  private SettlementServer server;
  private X509Certificate root;

  @BeforeEach
  void start() throws Exception {
    server = new SettlementServer(config(""));
    String pem = Files.readString(folder.resolve("data/ca/root.crt")).replaceAll("-----.*-----|\\s", "");
    root = (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(pem)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement({"SEC-01", "SYN-02"})
  void anEnrolledTerminalPushesAndItsRecordsAreReceivedAndSettled() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    ChainPosition start = terminal.head();
    List<JournalRecord> records = new ArrayList<>(List.of(terminal.genesis()));
    records.addAll(terminal.cashSales(20, 250));
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      journal.send(terminal.push(start, records));
      AckStatement ack = TestTerminal.readAck(journal);
      assertThat(ack.getReceived().getSeq()).isEqualTo(21);
      assertThat(ack.getSettled().getSeq()).isEqualTo(21);
      assertThat(ack.getReceived().getHash().toByteArray()).isEqualTo(terminal.head().hash().bytes());
    }
    assertThat(admin("verify", "ledger").exitCode()).isZero();
    assertThat(admin("verify", "chain", "1").text()).contains("whole");
  }

  @Test
  void safeFollowsOnceEverySignatureIsCheckedAndTheCopyIsThere() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    ChainPosition start = terminal.head();
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      journal.send(terminal.push(start, List.of(terminal.genesis(), terminal.cashSale(100))));
      AckStatement ack = TestTerminal.readAck(journal);
      while (ack.getSafe().getSeq() < 2) {
        ack = TestTerminal.readAck(journal);
      }
      assertThat(ack.getSafeSameDisk()).isTrue();
    }
    try (Stream<Path> segments = Files.walk(folder.resolve("safe"))) {
      assertThat(segments.filter(file -> file.toString().endsWith(".cfj"))).hasSize(1);
    }
  }

  @Test
  void batchesInFlightAreAnsweredInOrderAndARepeatChangesNothing() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    ChainPosition start = terminal.head();
    List<JournalRecord> first = List.of(terminal.genesis());
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      Frame repeated = terminal.push(start, first);
      journal.send(repeated);
      for (int i = 0; i < 5; i++) {
        ChainPosition from = terminal.head();
        journal.send(terminal.push(from, terminal.cashSales(50, 100)));
      }
      long last = 0;
      while (last < 251) {
        long now = TestTerminal.readAck(journal).getReceived().getSeq();
        assertThat(now).isGreaterThanOrEqualTo(last);
        last = now;
      }
      journal.send(repeated);
      assertThat(TestTerminal.readAck(journal).getReceived().getSeq()).isEqualTo(251);
    }
    assertThat(admin("verify", "ledger").exitCode()).isZero();
  }

  @Test
  void recordsOfAnotherTerminalAreRefusedAndNothingIsBooked() throws Exception {
    TestTerminal one = enrolled("Till 1");
    TestTerminal two = enrolled("Till 2");
    ChainPosition start = two.head();
    try (TlsClient journal = welcomed(one, Channel.CHANNEL_JOURNAL)) {
      journal.send(one.push(start, List.of(two.genesis())));
      Frame answer = journal.read();
      assertThat(answer.getNack().getReason()).isEqualTo("WRONG_TERMINAL");
    }
    assertThat(rows(admin("terminal", "list", "--json"), "received")).containsExactly(0, 0);
    assertThat(rows(admin("exception", "list", "--json"), "code")).contains("REJECTED_BATCH");
  }

  @Test
  @Requirement({"PAY-05"})
  void aTapIsApprovedDeclinedAndHeld() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    admin("account", "open", "--holder", "Li");
    admin("recharge", "1", "10.00", "--key", "k1");
    String token = (String) rows(admin("card", "issue", "04A1B2C3", "--account", "1", "--json"), "token")
        .getFirst();
    CardToken card = CardToken.parse(token);
    try (TlsClient desk = welcomed(terminal, Channel.CHANNEL_DESK)) {
      desk.send(terminal.authorize(card, 700));
      assertThat(desk.read().getDecision().getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
      desk.send(terminal.authorize(card, 700));
      assertThat(desk.read().getDecision().getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
    }
    assertThat(rows(admin("balance", "1", "--json"), "held")).containsExactly("7.00");
  }

  @Test
  void aChangedAccountReachesTheTerminalUnasked() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient desk = welcomed(terminal, Channel.CHANNEL_DESK)) {
      desk.send(Frame.newBuilder().setSnapshotRequest(SnapshotRequest.getDefaultInstance()).build());
      desk.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(1)).build());
      admin("account", "open", "--holder", "Li");
      admin("card", "issue", "04A1B2C3", "--account", "1");
      Frame frame = desk.read();
      while (!frame.hasSnapshotDelta()) {
        frame = desk.read();
      }
      assertThat(frame.getSnapshotDelta().getStatement().getPayload().isEmpty()).isFalse();
    }
  }

  @Test
  @Requirement({"SEC-01"})
  void everyRefusedCodeSaysWhy() throws Exception {
    String code = code("Till 1");
    assertThat(TestTerminal.ask(port(), root, code).getAccepted()).isTrue();
    assertThat(TestTerminal.ask(port(), root, code).getProblem()).isEqualTo("ENROL_CODE_USED");
    char wrong = code.charAt(6) == '7' ? '8' : '7';
    String mistyped = code.substring(0, 6) + wrong + code.substring(7);
    assertThat(TestTerminal.ask(port(), root, mistyped).getProblem()).isEqualTo("ENROL_CODE_MISTYPED");
    String foreign = EnrolmentCode.create(new java.util.Random(3), root.getEncoded()).text();
    assertThat(TestTerminal.ask(port(), root, foreign).getProblem()).isEqualTo("ENROL_CODE_UNKNOWN");
  }

  @Test
  void anExpiredCodeIsRefused() throws Exception {
    server.close();
    server = new SettlementServer(
        config("[enrolment]\nconfirm = false\nattempts-per-minute = 1000\ncode-life = \"1s\""));
    String code = code("Till 1");
    EnrolReply reply = EnrolReply.getDefaultInstance();
    var deadline = System.nanoTime() + 5_000_000_000L;
    // The registry looks at the code first and uses it up last, so asking with an unsound key costs nothing.
    while (!reply.getProblem().equals("ENROL_CODE_EXPIRED") && System.nanoTime() < deadline) {
      reply = TestTerminal.askWithoutProof(port(), root, code);
    }
    assertThat(reply.getProblem()).isEqualTo("ENROL_CODE_EXPIRED");
  }

  @Test
  void guessingCodesIsThrottled() throws Exception {
    server.close();
    server = new SettlementServer(config("[enrolment]\nconfirm = false\nattempts-per-minute = 3"));
    String foreign = EnrolmentCode.create(new java.util.Random(3), root.getEncoded()).text();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      problems.add(TestTerminal.ask(port(), root, foreign).getProblem());
    }
    assertThat(problems).containsExactly("ENROL_CODE_UNKNOWN", "ENROL_CODE_UNKNOWN", "ENROL_CODE_UNKNOWN",
        "ENROL_RATE_LIMITED", "ENROL_RATE_LIMITED");
  }

  @Test
  void oneCodeUsedByManyAtOnceEnrolsExactlyOne() throws Exception {
    String code = code("Till 1");
    var together = new CyclicBarrier(6);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<EnrolReply> attempt = () -> {
        together.await();
        return TestTerminal.ask(port(), root, code);
      };
      List<Future<EnrolReply>> replies = pool.invokeAll(java.util.Collections.nCopies(6, attempt));
      List<String> problems = new ArrayList<>();
      for (Future<EnrolReply> reply : replies) {
        problems.add(reply.get().getProblem());
      }
      assertThat(problems).containsOnlyOnce("").filteredOn(problem -> !problem.isEmpty())
          .containsOnly("ENROL_CODE_USED");
    }
    assertThat(rows(admin("terminal", "list", "--json"), "terminal")).hasSize(1);
  }

  @Test
  void withoutACertificateNothingButEnrolmentIsHeard() throws Exception {
    try (var client = new TlsClient(port(), root, null)) {
      client.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(1)).build());
      assertThat(client.readGoodbye()).isEqualTo("UNEXPECTED_MESSAGE");
      assertThat(client.endsQuietly()).isTrue();
    }
  }

  @Test
  @Requirement({"SEC-01"})
  void revocationEndsTheLiveSessionAndTheNextHandshake() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      assertThat(admin("terminal", "revoke", "1", "--reason", "stolen").exitCode()).isZero();
      assertThat(journal.readGoodbye()).isEqualTo("CERTIFICATE_REVOKED");
    }
    assertThatThrownBy(() -> {
      try (TlsClient again = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
        again.read();
      }
    }).isInstanceOf(IOException.class);
  }

  @Test
  void reEnrolmentRevokesTheOldKeyAndGoesOnBehindTheMark() throws Exception {
    TestTerminal old = enrolled("Till 1");
    ChainPosition start = old.head();
    try (TlsClient journal = welcomed(old, Channel.CHANNEL_JOURNAL)) {
      journal.send(old.push(start, List.of(old.genesis(), old.cashSale(300))));
      TestTerminal.readAck(journal);
    }
    String code = (String) rows(admin("code", "create", "--terminal", "1", "--json"), "code").getFirst();
    TestTerminal fresh = TestTerminal.enrol(port(), root, code);
    assertThat(fresh.id()).isEqualTo(old.id());
    assertThat(fresh.enrolment.getFirstSeq()).isEqualTo(3);
    assertThat(fresh.enrolment.getMarkTurnover()).isEqualTo(300);
    assertThat(rows(admin("terminal", "keys", "1", "--json"), "key"))
        .containsExactly(old.publicKeyHex(), fresh.publicKeyHex());
    assertThat(rows(admin("terminal", "keys", "1", "--json"), "until")).containsExactly("2", "now");
    assertThat(rows(admin("terminal", "show", "1", "--json"), "key")).containsExactly(fresh.publicKeyHex());
    assertThatThrownBy(() -> {
      try (TlsClient again = old.connect(port(), Channel.CHANNEL_JOURNAL)) {
        again.read();
      }
    }).isInstanceOf(IOException.class);
  }

  @Test
  void aSecondOperatorConfirmsWhenTheSettingAsksForIt() throws Exception {
    server.close();
    server = new SettlementServer(config("[enrolment]\nconfirm = true"));
    TestTerminal terminal = enrolled("Till 1");
    assertThat(terminal.enrolment.getConfirmationPending()).isTrue();
    try (TlsClient early = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
      assertThat(early.readGoodbye()).isEqualTo("NOT_ENROLLED");
    }
    assertThat(admin("terminal", "confirm", "Till 2").text()).startsWith("ERROR code=NO_SUCH_TERMINAL");
    assertThat(admin("terminal", "confirm", "Till 1").exitCode()).isZero();
    welcomed(terminal, Channel.CHANNEL_JOURNAL).close();
  }

  /// Another program's write lock on the database is to the server a disk that does not answer.
  @Test
  void whileTheStoreHangsHeartbeatsAreAnsweredAndThenNothingIsMissing() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    admin("account", "open", "--holder", "Li");
    admin("recharge", "1", "10.00", "--key", "k1");
    var card = CardToken.parse(
        (String) rows(admin("card", "issue", "04A1B2C3", "--account", "1", "--json"), "token").getFirst());
    ChainPosition start = terminal.head();
    List<JournalRecord> records = List.of(terminal.genesis(), terminal.cashSale(100));
    try (TlsClient desk = welcomed(terminal, Channel.CHANNEL_DESK);
        TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      try (
          Connection other = DriverManager
              .getConnection("jdbc:sqlite:" + folder.resolve("data/counterfoil.db"));
          var lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        desk.send(terminal.authorize(card, 700));
        journal.send(terminal.push(start, records));
        for (TlsClient client : List.of(desk, journal)) {
          client.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(7)).build());
          assertThat(client.read().getPong().getNonce()).isEqualTo(7);
        }
        lock.execute("ROLLBACK");
      }
      assertThat(desk.read().getDecision().getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
      assertThat(TestTerminal.readAck(journal).getSettled().getSeq()).isEqualTo(2);
    }
    assertThat(admin("verify", "ledger").exitCode()).isZero();
  }

  @Test
  void anotherBoardWithTheSameCertificateIsAClone() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient original = welcomed(terminal, Channel.CHANNEL_JOURNAL);
        TlsClient copy = terminal.connect(port(), Channel.CHANNEL_JOURNAL, "board-2")) {
      assertThat(copy.read().getWelcome().getVerdict()).isEqualTo(Verdict.VERDICT_CLONE);
      assertThat(copy.endsQuietly()).isTrue();
      original.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(4)).build());
      assertThat(original.read().getPong().getNonce()).isEqualTo(4);
    }
  }

  @Test
  void aCopyOfALiveTerminalThatAnswersIsAClone() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient original = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      terminal.reboot();
      try (TlsClient copy = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
        Frame probe = original.read();
        assertThat(probe.hasPing()).isTrue();
        original.send(Frame.newBuilder()
            .setPong(dev.counterfoil.proto.v1.Pong.newBuilder().setNonce(probe.getPing().getNonce()))
            .build());
        assertThat(copy.read().getWelcome().getVerdict()).isEqualTo(Verdict.VERDICT_CLONE);
      }
    }
  }

  /// What an older boot sent before its power went may arrive after the next boot's Hello; only the Pong to the probe
  /// tells that somebody is there.
  @Test
  void aLateFrameOfTheBootBeforeMakesNobodyAClone() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient before = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      terminal.reboot();
      try (TlsClient next = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
        assertThat(before.read().hasPing()).isTrue();
        before.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(1)).build());
        assertThat(before.read().hasPong()).isTrue();
        before.close();
        assertThat(next.read().getWelcome().getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
      }
    }
  }

  /// Before it is welcome the older connection is asked whether somebody is there, which takes up to five seconds.
  @Test
  void aTerminalThatWaitedForItsFormerSelfIsGivenTheTimeOfItsHello() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient before = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      terminal.reboot();
      try (TlsClient next = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
        assertThat(before.read().hasPing()).isTrue();
        long waiting = System.currentTimeMillis();
        while (System.currentTimeMillis() <= waiting) {
          before.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(1)).build());
          assertThat(before.read().hasPong()).isTrue();
        }
        before.close();
        var welcome = next.read().getWelcome();
        assertThat(AnchorStatement.parseFrom(welcome.getAnchor().getPayload()).getServerMs())
            .isLessThanOrEqualTo(waiting);
      }
    }
  }

  @Test
  void howATerminalIsShowsAtTheDeskAndInTheMetrics() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      assertThat(rows(admin("terminal", "health", "--json"), "cause")).containsExactly("never");
      var condition = Condition.newBuilder().setStartCause("WATCHDOG").setStarts(2).addDevices(DeviceCondition
          .newBuilder().setName("reader").setFault("READER_SILENT").setFailures(1));
      journal.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(1).setState("DISK_FULL")
          .setCondition(condition)).build());
      assertThat(journal.read().hasPong()).isTrue();
      List<Object> seen = List.of();
      while (!seen.contains("WATCHDOG")) {
        seen = rows(admin("terminal", "health", "Till 1", "--json"), "cause");
      }
      assertThat(rows(admin("terminal", "show", "1", "--json"), "devices"))
          .containsExactly("reader:READER_SILENT:1");
      assertThat(rows(admin("terminal", "list", "--json"), "state")).containsExactly("DISK_FULL");
      assertThat(rows(admin("exception", "list", "--json"), "code")).contains("UNORDERLY_START");
      var metrics = URI.create("http://127.0.0.1:" + server.http().port() + "/metrics").toURL();
      assertThat(new String(metrics.openStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("counterfoil_terminals{state=\"DISK_FULL\"} 1.0")
          .contains("counterfoil_terminal_devices_failed{device=\"reader\"} 1.0")
          .contains("counterfoil_terminal_starts_total{cause=\"WATCHDOG\"} 1.0");
    }
  }

  @Test
  void aRestartedTerminalReplacesItsOwnDeadConnection() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    TlsClient before = welcomed(terminal, Channel.CHANNEL_JOURNAL);
    before.close();
    terminal.reboot();
    welcomed(terminal, Channel.CHANNEL_JOURNAL).close();
    try (TlsClient one = welcomed(terminal, Channel.CHANNEL_DESK);
        TlsClient two = welcomed(terminal, Channel.CHANNEL_DESK)) {
      assertThat(one.readGoodbye()).isEqualTo("SUPERSEDED");
      two.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(9)).build());
      assertThat(two.read().getPong().getNonce()).isEqualTo(9);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    ChainPosition start = terminal.head();
    try (TlsClient journal = welcomed(terminal, Channel.CHANNEL_JOURNAL)) {
      journal.send(terminal.push(start, List.of(terminal.genesis(), terminal.cashSale(100))));
      TestTerminal.readAck(journal);
    }
    server.close();
    server = new SettlementServer(config(""));
    try (TlsClient journal = terminal.connect(port(), Channel.CHANNEL_JOURNAL)) {
      AckStatement ack = AckStatement.parseFrom(journal.read().getWelcome().getAck().getPayload());
      assertThat(ack.getReceived().getSeq()).isEqualTo(2);
    }
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() {
    assertThatThrownBy(() -> new SettlementServer(config("")))
        .isInstanceOfSatisfying(StartupException.class, e -> assertThat(e.code()).isEqualTo("STORE_LOCKED"));
  }

  @Test
  void anOccupiedPortIsToldInOneLineAndReleasesTheData() {
    ServerConfig elsewhere = ServerConfigReader.parse("t", """
        data = "%s"
        [link]
        address = "127.0.0.1"
        port = %d
        [http]
        port = 0
        """.formatted(folder.resolve("other"), port()));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> new SettlementServer(elsewhere))
          .isInstanceOfSatisfying(StartupException.class, e -> assertThat(e.line()).startsWith(
              "ERROR code=PORT_IN_USE link=127.0.0.1:" + port()).doesNotContain("\n"));
    }
  }

  @Test
  void theCopyOnTheDatabasesOwnDiskNeedsPermission() {
    ServerConfig careless = ServerConfigReader.parse("t", """
        data = "%s"
        [safe]
        path = "%s"
        """.formatted(folder.resolve("third"), folder.resolve("third-safe")));
    assertThatThrownBy(() -> new SettlementServer(careless))
        .isInstanceOfSatisfying(StartupException.class,
            e -> assertThat(e.code()).isEqualTo("COPY_SAME_DEVICE"));
  }

  @Test
  void theAdminSocketAndTheDataAreTheOwnersAlone() throws IOException {
    assertThat(mode("data/admin.sock")).isEqualTo("rw-------");
    assertThat(mode("data")).isEqualTo("rwx------");
  }

  @Test
  void adminWorksWithAndWithoutAServerAndRefusesWithACode() {
    admin("account", "open", "--holder", "Li");
    assertThat(admin("balance", "7").text()).startsWith("ERROR code=NO_SUCH_ACCOUNT");
    assertThat(admin("balance", "7").exitCode()).isEqualTo(2);
    assertThat(admin("recharge", "1", "1.234", "--key", "k").text()).startsWith("ERROR code=BAD_AMOUNT");
    assertThat(admin("card", "issue", "zz", "--account", "1").text()).startsWith("ERROR code=BAD_UID")
        .doesNotContain("zz");
    assertThat(admin("terminal", "freeze", "5").text()).startsWith("ERROR code=NO_SUCH_TERMINAL");
    server.close();
    assertThat(rows(admin("account", "list", "--json"), "holder")).containsExactly("Li");
    assertThat(admin("recharge", "1", "5.00", "--key", "k").exitCode()).isZero();
    assertThat(rows(admin("balance", "1", "--json"), "balance")).containsExactly("5.00");
  }

  @Test
  void anOrderReachesAConnectedTerminalAndItsResultTheOperator() throws Exception {
    TestTerminal terminal = enrolled("Till 1");
    assertThat(admin("terminal", "rotate", "1").text()).startsWith("ERROR code=NOT_CONNECTED ");
    try (TlsClient desk = welcomed(terminal, Channel.CHANNEL_DESK)) {
      var answer = CompletableFuture.supplyAsync(() -> admin("terminal", "rotate", "1"));
      Command order = desk.read().getCommand();
      assertThat(order.getName()).isEqualTo("rotate");
      desk.send(result(order.getId() + 1, "seq=8"));
      desk.send(result(order.getId(), "seq=9"));
      assertThat(answer.get(20, TimeUnit.SECONDS).text()).contains("seq=9");

      answer = CompletableFuture.supplyAsync(() -> admin("terminal", "lock", "1"));
      assertThat(desk.read().getCommand().getName()).isEqualTo("lock");
      desk.close();
      assertThat(answer.get(20, TimeUnit.SECONDS).text()).startsWith("ERROR code=NO_ANSWER ");
    }
    assertThat(rows(admin("log", "--json"), "command")).endsWith("terminal rotate", "terminal lock");
  }

  private static Frame result(long id, String detail) {
    return Frame.newBuilder().setResult(Result.newBuilder().setId(id).setOk(true).setDetail(detail)).build();
  }

  private AdminAnswer admin(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + folder.resolve("data"));
    return Admin.run(all);
  }

  private static List<Object> rows(AdminAnswer answer, String column) {
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    List<Object> values = new ArrayList<>();
    var array = new JsonArray(answer.text());
    for (int i = 0; i < array.size(); i++) {
      values.add(array.getJsonObject(i).getValue(column));
    }
    return values;
  }

  private String code(String name) {
    return (String) rows(admin("code", "create", "--name", name, "--json"), "code").getFirst();
  }

  private TestTerminal enrolled(String name) throws Exception {
    return TestTerminal.enrol(port(), root, code(name));
  }

  private TlsClient welcomed(TestTerminal terminal, Channel channel) throws Exception {
    TlsClient client = terminal.connect(port(), channel);
    Frame answer = client.read();
    assertThat(answer.getWelcome().getVerdict()).as("%s", answer).isEqualTo(Verdict.VERDICT_RESUME);
    return client;
  }

  private int port() {
    return server.link().port();
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  private ServerConfig config(String more) {
    String enrolment = more.contains("[enrolment]") ? ""
        : "[enrolment]\nconfirm = false\nattempts-per-minute = 1000\n";
    return ServerConfigReader.parse("test", """
        data = "%s"
        [link]
        address = "127.0.0.1"
        port = 0
        [http]
        port = 0
        [safe]
        path = "%s"
        allow-same-device = true
        [purchase]
        hours = "00:00-24:00"
        """.formatted(folder.resolve("data"), folder.resolve("safe")) + enrolment + more);
  }

  @Test
  void aNewDatabaseKeepsWhereItsDayBegins() throws Exception {
    server.close();
    try (Connection connection = DriverManager
        .getConnection("jdbc:sqlite:" + folder.resolve("data/counterfoil.db"));
        var statement = connection.createStatement();
        var rows = statement
            .executeQuery("SELECT value FROM setting WHERE site = 1 AND name = 'day_offset_minutes'")) {
      assertThat(rows.getString(1)).isEqualTo("480");
    }
  }
}
