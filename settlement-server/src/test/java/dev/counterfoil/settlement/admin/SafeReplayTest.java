package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.JournalSession;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.TerminalWish;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.copy.SegmentFiles;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database is put back to before records which its terminal has pruned, on real files.
class SafeReplayTest {

  /// Records before the backup, and in all.
  private static final int BACKED_UP = 4;
  private static final int IN_ALL = 13;

  @TempDir
  Path folder;
  private TestServer server;
  private TestTerminal till;
  private Signed offer = Signed.getDefaultInstance();
  private List<TransferRow> transfers;
  private List<LedgerAccountRow> accounts;

  /// Books records in three epochs, copies all of them, and puts back a database from after the fourth.
  @BeforeEach
  void lose() throws Exception {
    server = TestServer.at(folder);
    till = server.terminal();
    server.holder(1, 100_000);
    newEpoch(5);
    sell(2);
    Path backup = folder.resolve("backup.db");
    ((SqliteSettlementStore) server.store).backupTo(backup);
    sell(2);
    newEpoch(6);
    sell(3);
    newEpoch(7);
    sell(2);
    assertThat(till.head.seq()).isEqualTo(IN_ALL);
    copyAll();
    transfers = server.store.transfers(TestServer.SITE, 0, 100);
    accounts = server.store.ledgerAccounts(TestServer.SITE);
    server.close();
    server = new TestServer(SqliteSettlementStore.open(backup),
        CoreSettings.DEFAULT.withConfirmTerminals(false));
    assertThat(head()).isEqualTo(BACKED_UP);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// A start of the terminal: its first record brings the server's offer along.
  private void newEpoch(int boot) throws Exception {
    till.boot = new BootId(0, boot);
    offer = server.hello(till).getEpochOffer();
    till.epoch = Wire.epoch(EpochOffer.parseFrom(offer.getPayload()).getEpoch());
    server.core.confirmEpoch(till.id, till.epoch);
    till.write(RecordKind.RESUME, Resume.newBuilder().setEpochOffer(offer).build(), 0);
    server.acknowledged(till.push(till.head.seq()));
  }

  private void sell(int times) {
    long from = till.head.seq() + 1;
    for (int i = 0; i < times; i++) {
      till.cardSale(server.transaction(), TestServer.token(1), 100, true);
    }
    server.acknowledged(till.push(from));
  }

  private void copyAll() {
    verifyAll();
    try (var copy = SegmentFiles.open(folder.resolve("safe"), folder.resolve("server.db"), true)) {
      copy.append(TestServer.SITE, 1, till.journal);
    }
  }

  private void verifyAll() {
    var inspection = server.core.innerVerification();
    var verifier = new ChainVerifier(server.signatures);
    for (var range = inspection.next(till.id, 500); range
        .isPresent(); range = inspection.next(till.id, 500)) {
      inspection.verified(range.get(), InnerVerification.firstBad(range.get(), verifier), server.now);
    }
  }

  private long head() {
    return server.store.head(TestServer.SITE, 1).orElseThrow().received().seq();
  }

  private AdminAnswer replay(String... options) {
    var random = new SecureRandom();
    var keys = ServerKeys.openOrCreate(folder.resolve("ca"), List.of("localhost"),
        InstantSource.system().instant(), random);
    var tools = new CoreAdminDesk.Tools(keys, server.signatures, () -> Instant.ofEpochMilli(server.now),
        random,
        Duration.ofMinutes(1), TestRecruitment.of(random),
        TestRecruitment.holders(random));
    var access = new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    };
    var words = new java.util.ArrayList<>(List.of("safe", "replay", folder.resolve("safe").toString()));
    words.addAll(List.of(options));
    words.add("--operator=li");
    return AdminCommands.run(words, new CoreAdminDesk(access, server.store, tools, TerminalLine.NOBODY));
  }

  private static List<String> cells(AdminAnswer answer) {
    return Arrays.asList(answer.text().lines().skip(1).findFirst().orElseThrow().strip().split(" {2,}"));
  }

  private void assertBooksAsBefore() {
    assertThat(server.store.transfers(TestServer.SITE, 0, 100)).isEqualTo(transfers);
    assertThat(server.store.ledgerAccounts(TestServer.SITE))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version").isEqualTo(accounts);
    assertThat(server.ledger().problems()).isEmpty();
  }

  private Path segment() throws IOException {
    return SegmentFiles.segments(folder.resolve("safe/site-1/terminal-1")).getFirst();
  }

  /// Where a record begins in the segment.
  private int start(long seq) {
    return till.journal.stream().filter(record -> record.seq() < seq)
        .mapToInt(record -> record.bytes().length)
        .sum();
  }

  @Test
  @Requirement({"OFF-04", "OFF-08"})
  void whatOnlyTheCopyHasComesBackAndTheBooksAreAsBefore() throws Exception {
    long keptFrom = 10;
    var session = new JournalSession(LinkLimits.DEFAULT,
        new ServerTrust(till.id, server.ackKey.key(), server.signatures), till.epoch, till.head, null,
        keptFrom);
    session.connected(0, till.hello(offer).toBuilder());
    Welcome welcome = server.hello(till.id, till.hello(offer).toBuilder().setKeptFromSeq(keptFrom).build(),
        OtherSession.NONE);

    List<TerminalWish> wishes = session.received(1, Frame.newBuilder().setWelcome(welcome).build());

    assertThat(wishes).contains(new TerminalWish.ServerLacks(BACKED_UP + 1, keptFrom - 1))
        .noneMatch(wish -> wish instanceof TerminalWish.Load);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED,
        ExceptionKind.SERVER_LACKS_RECORDS);
    String generation = server.core.serverGeneration();

    AdminAnswer answer = replay();

    assertThat(cells(answer)).containsExactly("1", "till-1", "13", "4", "9", "0", "balanced");
    assertThat(answer.exitCode()).isZero();
    assertBooksAsBefore();
    assertThat(server.core.serverGeneration()).as("noticed before").isEqualTo(generation);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED);
    assertThat(server.store.exceptions(TestServer.SITE, false, 0, 10)).extracting(ExceptionRow::resolvedBy)
        .contains("li");
    assertThat(server.store.deeds(TestServer.SITE, 10)).extracting(AdminRow::command).contains("safe replay");
    List<TerminalWish> after = session.received(2, Frame.newBuilder().setAck(
        Ack.newBuilder().setStatement(server.core.acknowledgement(till.id, server.now))).build());
    assertThat(after).noneMatch(wish -> wish instanceof TerminalWish.ServerLacks);
    assertThat(session.isDrained()).isTrue();
    sell(1);
  }

  @Test
  void aReplayBeforeAnyTerminalGreetsNoticesTheRestoreAndTakesForgottenEpochsFromTheRecordsThemselves()
      throws Exception {
    String generation = server.core.serverGeneration();

    assertThat(cells(replay())).containsExactly("1", "till-1", "13", "4", "9", "0", "balanced");

    assertBooksAsBefore();
    assertThat(server.core.serverGeneration()).isNotEqualTo(generation);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED);
    AckStatement ack = TestServer
        .ack(server.hello(till.id, till.hello(offer), OtherSession.NONE));
    assertThat(ack.getReceived().getSeq()).isEqualTo(IN_ALL);
  }

  @Test
  @Requirement({"PAY-17", "OFF-07"})
  void aSecondReplayFindsEverythingPresentAndDoublesNothing() {
    replay();
    String generation = server.core.serverGeneration();

    AdminAnswer again = replay();

    assertThat(cells(again)).containsExactly("1", "till-1", "13", "13", "0", "0", "balanced");
    assertBooksAsBefore();
    assertThat(server.core.serverGeneration()).isEqualTo(generation);
  }

  @Test
  void aDryRunTellsTheSameAndWritesNothing() {
    String generation = server.core.serverGeneration();

    AdminAnswer answer = replay("--dry-run");

    assertThat(answer.text()).contains("would_take");
    assertThat(cells(answer)).containsExactly("1", "till-1", "13", "4", "9", "0", "balanced");
    assertThat(head()).isEqualTo(BACKED_UP);
    assertThat(server.core.serverGeneration()).isEqualTo(generation);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void aRecordThatWasChangedInTheCopyEndsTheStreamBeforeIt() throws IOException {
    byte[] bytes = Files.readAllBytes(segment());
    bytes[start(8) - 1] ^= 1;
    Files.write(segment(), bytes);

    AdminAnswer dry = replay("--dry-run");
    AdminAnswer answer = replay();

    assertThat(cells(dry)).containsExactly("1", "till-1", "13", "4", "2", "7", "balanced",
        "BAD_SIGNATURE at record 7");
    assertThat(cells(answer)).isEqualTo(cells(dry));
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(head()).isEqualTo(6);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED,
        ExceptionKind.REJECTED_BATCH);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void damageBeforeTheMarkHoldsNothingUp() throws IOException {
    byte[] bytes = Files.readAllBytes(segment());
    bytes[start(3)] ^= 1;
    bytes[start(3) - 1] ^= 1;
    Files.write(segment(), bytes);

    AdminAnswer answer = replay();

    assertThat(cells(answer)).containsExactly("1", "till-1", "12", "2", "9", "1", "balanced",
        "BAD_SIGNATURE at record 2; COPY_DIFFERS 00000000000000000001.cfj at byte " + start(3));
    assertBooksAsBefore();
  }

  @Test
  void aTailThatACrashCutShortIsNoDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(segment());
    Files.write(segment(), Arrays.copyOf(bytes, bytes.length - 40));

    AdminAnswer answer = replay();

    assertThat(cells(answer)).containsExactly("1", "till-1", "12", "4", "8", "0", "balanced");
    server.acknowledged(till.push(IN_ALL));
    assertBooksAsBefore();
  }

  @Test
  void aMissingSegmentIsToldAndWhatFollowsItStaysOut() throws IOException {
    byte[] bytes = Files.readAllBytes(segment());
    Path first = segment();
    Files.write(first, Arrays.copyOf(bytes, start(7)));
    Files.write(first.resolveSibling("00000000000000000010.cfj"),
        Arrays.copyOfRange(bytes, start(10), bytes.length));

    AdminAnswer answer = replay();

    assertThat(cells(answer)).containsExactly("1", "till-1", "10", "4", "2", "4", "balanced",
        "SEQ_GAP at record 10");
    assertThat(head()).isEqualTo(6);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  @Requirement({"OFF-08"})
  void aCopyThatSaysSomethingElseThanTheDatabaseIsAForkAndOverwritesNothing() throws IOException {
    TestTerminal other = till.copy();
    other.head = till.record(3).position();
    other.epoch = till.record(4).epoch();
    JournalRecord branch = other.cardSale(server.transaction(), TestServer.token(1), 900, true);
    byte[] bytes = Files.readAllBytes(segment());
    byte[] forked = Arrays.copyOf(bytes, start(4) + branch.bytes().length);
    System.arraycopy(branch.bytes(), 0, forked, start(4), branch.bytes().length);
    Files.write(segment(), forked);

    AdminAnswer answer = replay();

    assertThat(cells(answer)).containsExactly("1", "till-1", "4", "3", "0", "1", "balanced",
        "FORK at record 4");
    assertThat(server.exceptions()).containsExactly(ExceptionKind.FORK);
    assertThat(head()).isEqualTo(BACKED_UP);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void aTerminalThatTheDatabaseDoesNotKnowIsToldAndNothingOfItTaken() throws IOException {
    Files.move(folder.resolve("safe/site-1/terminal-1"), folder.resolve("safe/site-1/terminal-9"));

    AdminAnswer answer = replay();

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.text()).contains("NOT_ENROLLED");
    assertThat(head()).isEqualTo(BACKED_UP);
  }

  @Test
  void theFolderMustBeAbsoluteBecauseTheServerReadsIt() {
    AdminAnswer answer = AdminCommands.run(List.of("safe", "replay", "safe"), null);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text()).startsWith("ERROR code=BAD_FOLDER found=safe ");
  }
}
