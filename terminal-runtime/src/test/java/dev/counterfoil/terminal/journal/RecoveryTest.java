package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ACCOUNT;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.chain;
import static dev.counterfoil.terminal.journal.JournalFixture.sale;
import static dev.counterfoil.terminal.journal.JournalFixture.signed;
import static dev.counterfoil.terminal.journal.WriterRig.committed;
import static dev.counterfoil.terminal.journal.WriterRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.file.PowerCuts;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows of the table in section 5 of the journal page, on real files.
class RecoveryTest {

  private static final EpochHeld NEXT_EPOCH = new EpochHeld(new EpochId(2, 77), signed("offer-2"));

  @TempDir
  Path directory;

  private final List<WriterRig> rigs = new ArrayList<>();

  private WriterRig keep(WriterRig rig) {
    rigs.add(rig);
    return rig;
  }

  private void switchOff() {
    rigs.forEach(WriterRig::close);
    rigs.clear();
  }

  @AfterEach
  void close() {
    switchOff();
  }

  /// Five records in all, then the card image is copied, then `more` sales; at the end the old image is back.
  private List<JournalRecord> rolledBack(boolean mirrorsBytes, int more) throws IOException {
    return rolledBack(mirrorsBytes, rig -> {
      for (int i = 1; i <= more; i++) {
        rig.sell(1_000, i);
      }
    });
  }

  private List<JournalRecord> rolledBack(boolean mirrorsBytes, Consumer<WriterRig> life)
      throws IOException {
    SqliteJournal.create(directory.resolve("journal.db"), JournalFixture.ENROLLED);
    try (var journal = SqliteJournal.open(directory.resolve("journal.db"))) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, chain(5)));
    }
    Files.copy(directory.resolve("journal.db"), directory.resolve("image"));
    var rig = keep(mirrorsBytes ? WriterRig.openMirroringBytes(directory) : WriterRig.open(directory));
    rig.start();
    life.accept(rig);
    var all = rig.records();
    switchOff();
    Files.move(directory.resolve("image"), directory.resolve("journal.db"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(directory.resolve("journal.db-wal"));
    Files.deleteIfExists(directory.resolve("journal.db-shm"));
    return all;
  }

  @Test
  void aPowerCutWhileTheMirrorIsRebuiltLeavesOneThatIsSound(@TempDir Path room) throws Exception {
    var folder = Files.createDirectory(room.resolve("data"));
    try (var old = new MirrorFile(folder.resolve("m"), true)) {
      old.rebuild(chain(2));
    }
    var cuts = new PowerCuts(folder);
    new MirrorFile(folder.resolve("m"), true, new DurableFiles(cuts)).rebuild(chain(5));

    cuts.show(room, (left, done, what) -> {
      try (var found = new MirrorFile(left.resolve("m"), true)) {
        assertThat(found.load().size()).as(what).isIn(done < cuts.steps() ? List.of(2, 5) : List.of(5));
      }
    });
  }

  @Test
  void journalAndMirrorAgreeAfterAnOrdinaryStop() {
    keep(WriterRig.enrolled(directory)).sell(100, 1);
    switchOff();

    var started = keep(WriterRig.open(directory)).start();

    assertThat(started.action()).isEqualTo(new RecoveryAction.Agree());
    assertThat(started.refusal()).isEmpty();
  }

  @Test
  void aMirrorThatIsBehindOrGoneIsRebuiltWithoutAlarm() throws IOException {
    keep(WriterRig.enrolled(directory)).sell(100, 1);
    switchOff();
    Files.write(directory.resolve("journal.mirror"),
        java.util.Arrays.copyOf(Files.readAllBytes(directory.resolve("journal.mirror")), 90));

    assertThat(keep(WriterRig.open(directory)).start().action())
        .isEqualTo(new RecoveryAction.RebuildMirror());
    switchOff();
    Files.delete(directory.resolve("journal.mirror"));
    assertThat(keep(WriterRig.open(directory)).start().action())
        .isEqualTo(new RecoveryAction.RebuildMirror());
    switchOff();

    var started = keep(WriterRig.open(directory)).start();
    assertThat(started.action()).isEqualTo(new RecoveryAction.Agree());
    assertThat(started.refusal()).isEmpty();
  }

  @Test
  @Requirement({"OFF-03", "AUD-02"})
  void recordsLostByTheDatabaseComeBackFromAMirrorWithBytes() throws IOException {
    var all = rolledBack(true, 4);
    var rig = keep(WriterRig.openMirroringBytes(directory));

    var started = rig.start();

    assertThat(started.action()).isInstanceOf(RecoveryAction.Reinsert.class);
    assertThat(rig.records()).isEqualTo(all);
    assertThat(started.refusal()).as("until a new epoch").contains(Refusal.MIRROR_AHEAD);
    assertThat(refused(rig.writer.append(sale(1), at(1)))).isEqualTo(Refusal.MIRROR_AHEAD);

    committed(rig.recovery.adopt(NEXT_EPOCH, at(2)));

    assertThat(rig.writer.refusal()).isEmpty();
    var sold = rig.sell(1, 3);
    assertThat(sold.epoch()).isEqualTo(NEXT_EPOCH.id());
    assertThat(rig.kinds()).doesNotContain(RecordKind.GAP);
    assertThat(rig.store.spentAfter(ACCOUNT, 5)).as("spends came back too").isEqualTo(4 * 1_000 + 1);
    rig.assertChainIsSound();
  }

  @Test
  @Requirement({"OFF-07"})
  void recordsThatComeBackBringTheProofOfTheirEpochs() throws IOException {
    var third = new EpochHeld(new EpochId(3, 78), signed("offer-3"));
    var all = rolledBack(true, rig -> {
      committed(rig.recovery.adopt(NEXT_EPOCH, at(1)));
      rig.sell(1_000, 2);
      committed(rig.recovery.adopt(third, at(3)));
      rig.sell(2_000, 4);
    });
    var rig = keep(WriterRig.openMirroringBytes(directory));

    assertThat(rig.start().refusal()).contains(Refusal.MIRROR_AHEAD);

    assertThat(rig.records()).isEqualTo(all);
    assertThat(rig.store.state().epoch()).as("what the next Hello shows").isEqualTo(third);
    assertThat(rig.recovery.adopt(new EpochHeld(new EpochId(2, 99), signed("anew")), at(5)))
        .isInstanceOfSatisfying(WriteResult.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.WRONG_EPOCH));
    assertThat(rig.records()).isEqualTo(all);
    committed(rig.recovery.adopt(new EpochHeld(new EpochId(4, 79), signed("offer-4")), at(6)));
    rig.sell(1, 7);
    rig.assertChainIsSound();
  }

  @Test
  void anEpochTakenWhileTheProgramRunsIsBoundBeforeItsFirstRecordAndNotBefore() throws Exception {
    var rig = keep(WriterRig.enrolled(directory));
    committed(rig.recovery.adopt(NEXT_EPOCH, at(1)));
    assertThat(rig.kinds()).as("an idle link stays quiet").containsExactly(RecordKind.GENESIS);

    rig.sell(1, 2);
    rig.sell(2, 3);

    assertThat(rig.kinds()).containsExactly(RecordKind.GENESIS, RecordKind.CHECKPOINT_SEEN, RecordKind.SALE,
        RecordKind.SALE);
    assertThat(CheckpointSeen.parseFrom(rig.records().get(1).body()).getEpochOffer())
        .isEqualTo(NEXT_EPOCH.offer());
    assertThat(rig.records().get(1).epoch()).isEqualTo(NEXT_EPOCH.id());
  }

  @Test
  void recordsKnownByDigestOnlyAreAskedForAndPutBack() throws IOException {
    var all = rolledBack(false, 4);
    var rig = keep(WriterRig.open(directory));

    var started = rig.start();

    assertThat(started.action()).isEqualTo(
        new RecoveryAction.AskServer(6, all.getLast().position()));
    assertThat(started.refusal()).contains(Refusal.MIRROR_AHEAD);
    assertThat(rig.recovery.missingFrom()).contains(6L);
    assertThat(rig.signer.signed).as("nothing takes a lost record's number").isEmpty();

    committed(rig.recovery.reinsert(all.subList(5, 8)));
    assertThat(rig.recovery.missingFrom()).contains(9L);
    committed(rig.recovery.reinsert(all.subList(7, all.size())));
    assertThat(rig.recovery.missingFrom()).isEmpty();
    committed(rig.recovery.adopt(NEXT_EPOCH, at(2)));
    rig.sell(1, 3);

    assertThat(rig.records().subList(0, all.size())).isEqualTo(all);
    assertThat(rig.kinds()).doesNotContain(RecordKind.GAP);
    rig.assertChainIsSound();
  }

  @Test
  @Requirement({"AUD-02"})
  void whatNobodyCanSupplyIsDeclaredAsAGap() throws Exception {
    var all = rolledBack(false, 4);
    var lost = all.getLast().position();
    var rig = keep(WriterRig.open(directory));
    rig.start();
    committed(rig.recovery.reinsert(all.subList(5, 7)));

    committed(rig.recovery.adopt(NEXT_EPOCH, at(2)));

    var gap = rig.records().get(7);
    var body = Gap.parseFrom(gap.body());
    assertThat(gap.is(RecordKind.GAP)).isTrue();
    assertThat(gap.seq()).isEqualTo(lost.seq() + 1);
    assertThat(gap.previous()).isEqualTo(all.get(6).hash());
    assertThat(gap.turnover()).isEqualTo(lost.turnover());
    assertThat(List.of(body.getFromSeq(), body.getToSeq())).containsExactly(8L, lost.seq());
    assertThat(Hash.of(body.getMirrorHash().toByteArray())).isEqualTo(lost.hash());
    assertThat(body.getMirrorTurnover()).isEqualTo(lost.turnover());
    assertThat(rig.writer.refusal()).isEmpty();
    rig.sell(1, 3);
    rig.assertChainIsSound();
    switchOff();
    var again = keep(WriterRig.open(directory));
    assertThat(again.start().refusal()).isEmpty();
    assertThat(again.store.state().hasUnseenGap()).as("over a restart").isTrue();
    committed(
        again.writer.keep(List.of(new StateChange.AckStored(JournalFixture.ack(1, gap.seq() - 1, 1, 1)))));
    assertThat(again.store.state().hasUnseenGap()).isTrue();
    committed(again.writer.keep(List.of(new StateChange.AckStored(JournalFixture.ack(2, gap.seq(), 1, 1)))));
    assertThat(again.store.state().hasUnseenGap()).as("the server knows").isFalse();
  }

  @Test
  void theBarSurvivesAPowerCutInTheMiddleOfRecovery() throws IOException {
    var all = rolledBack(false, 4);
    var rig = keep(WriterRig.open(directory));
    rig.start();
    committed(rig.recovery.reinsert(all.subList(5, 6)));
    switchOff();

    var again = keep(WriterRig.open(directory));

    assertThat(again.start().refusal()).contains(Refusal.MIRROR_AHEAD);
    assertThat(again.recovery.missingFrom()).contains(7L);
    committed(again.recovery.reinsert(all.subList(6, all.size())));
    committed(again.recovery.adopt(NEXT_EPOCH, at(2)));
    assertThat(again.records().subList(0, all.size())).isEqualTo(all);
    again.assertChainIsSound();
  }

  @Test
  void aTerminalWithAnOldImageAndAnOldMirrorFetchesWhatTheServerHas() throws Exception {
    var all = rolledBack(false, 4);
    Files.delete(directory.resolve("journal.mirror"));
    var rig = keep(WriterRig.open(directory));
    assertThat(rig.start().refusal()).as("nothing here can tell").isEmpty();

    committed(rig.recovery.rolledBack());
    assertThat(rig.writer.refusal()).contains(Refusal.ROLLED_BACK);
    switchOff();
    var again = keep(WriterRig.open(directory));
    assertThat(again.start().refusal()).as("over a restart").contains(Refusal.ROLLED_BACK);

    committed(again.recovery.reinsert(all.subList(5, all.size())));
    committed(again.recovery.adopt(NEXT_EPOCH, at(2)));
    again.sell(1, 3);

    assertThat(again.records().subList(0, all.size())).isEqualTo(all);
    var resume = Resume.parseFrom(again.records().get(all.size()).body());
    assertThat(resume.getClean()).isFalse();
    again.assertChainIsSound();
  }

  @Test
  @Requirement({"OFF-08", "SEC-01"})
  void fetchedRecordsThatAreNotThisTerminalsOwnAreRefused() throws IOException {
    var all = rolledBack(false, 4);
    var rig = keep(WriterRig.open(directory));
    rig.start();
    byte[] flipped = all.get(6).bytes().clone();
    flipped[RESERVED_BYTE] ^= 1;
    var forged = Stream.concat(all.subList(5, 6).stream(), Stream.of(JournalRecord.parse(flipped))).toList();

    assertThat(rig.recovery.reinsert(forged)).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.BAD_SIGNATURE));
    assertThat(rig.recovery.reinsert(all.subList(6, 8))).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.SEQ_GAP));
    assertThat(rig.records()).hasSize(5);
  }

  /// A byte of the wall clock: changing it breaks nothing but hash and signature.
  private static final int RESERVED_BYTE = 65;

  @Test
  void journalAndMirrorThatContradictEachOtherStopTheTerminal() throws IOException {
    keep(WriterRig.enrolled(directory)).sell(100, 1);
    switchOff();
    Path other = Files.createDirectory(directory.resolve("other"));
    keep(WriterRig.enrolled(other)).sell(999, 1);
    switchOff();
    Files.copy(other.resolve("journal.mirror"), directory.resolve("journal.mirror"),
        StandardCopyOption.REPLACE_EXISTING);

    var rig = keep(WriterRig.open(directory));

    assertThat(rig.start()).satisfies(started -> {
      assertThat(started.action()).isEqualTo(new RecoveryAction.Contradiction(2));
      assertThat(started.refusal()).contains(Refusal.CHAIN_BROKEN);
    });
    assertThat(refused(rig.writer.append(sale(1), at(1)))).isEqualTo(Refusal.CHAIN_BROKEN);
  }

  @Test
  void aHeadThatItsRecordsDoNotReachIsRefused() throws Exception {
    keep(WriterRig.enrolled(directory)).sell(100, 1);
    switchOff();
    SqliteJournalTest.change(directory.resolve("journal.db"), "DELETE FROM record WHERE seq = 2");

    assertThat(keep(WriterRig.open(directory)).start().refusal()).contains(Refusal.CHAIN_BROKEN);
  }

  @Test
  void theMirrorReadsUpToTheFirstTornFrame() throws IOException {
    var mirror = new MirrorFile(directory.resolve("m"), true);
    var records = chain(6);
    records.forEach(mirror::append);
    mirror.sync();
    mirror.close();
    byte[] whole = Files.readAllBytes(directory.resolve("m"));

    int last = 0;
    for (int cut = 0; cut <= whole.length; cut += 7) {
      Path torn = Files.write(directory.resolve("torn"), java.util.Arrays.copyOf(whole, cut));
      var found = new MirrorFile(torn, true);
      List<MirrorEntry> entries = found.load();
      assertThat(entries).isEqualTo(records.stream().limit(entries.size()).map(MirrorEntry::whole).toList());
      assertThat(entries.size()).isGreaterThanOrEqualTo(last);
      last = entries.size();
      if (entries.size() < records.size()) {
        found.append(records.get(entries.size()));
        assertThat(found.load()).as("the next append goes on behind the last sound frame")
            .hasSize(entries.size() + 1);
      }
      found.close();
    }
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 4;
    assertThat(new MirrorFile(Files.write(directory.resolve("flipped"), flipped), true).load().size())
        .isLessThan(6);
  }

  @Test
  void aMirrorOfDigestsAgreesWithOneOfBytes() {
    var digests = new MirrorFile(directory.resolve("d"), false);
    chain(3).forEach(digests::append);

    assertThat(digests.load()).isEqualTo(
        chain(3).stream().map(record -> MirrorEntry.digest(record.position())).toList());
    digests.close();
  }

  @Test
  void theDecisionFollowsTheTable() {
    var records = chain(6);
    var head = records.get(3).position();
    List<MirrorEntry> digests = records.stream().map(JournalRecord::position).map(MirrorEntry::digest)
        .toList();
    List<MirrorEntry> whole = records.stream().map(MirrorEntry::whole).toList();

    assertThat(decide(head, digests.subList(0, 4))).isEqualTo(new RecoveryAction.Agree());
    assertThat(decide(head, List.of())).isEqualTo(new RecoveryAction.RebuildMirror());
    assertThat(decide(head, digests.subList(0, 2))).isEqualTo(new RecoveryAction.RebuildMirror());
    assertThat(decide(head, whole)).isEqualTo(new RecoveryAction.Reinsert(records.subList(4, 6)));
    assertThat(decide(head, whole.subList(5, 6))).as("a mirror that begins too late is as good as digests")
        .isEqualTo(new RecoveryAction.AskServer(5, records.get(5).position()));
    assertThat(decide(head, digests)).isEqualTo(new RecoveryAction.AskServer(5, records.get(5).position()));
    var other = new ChainPosition(4, new Hash(9, 9, 9, 9), 9);
    assertThat(decide(head, List.of(MirrorEntry.digest(other))))
        .isEqualTo(new RecoveryAction.Contradiction(4));
    assertThat(decide(other, digests)).isEqualTo(new RecoveryAction.Contradiction(4));
  }

  private static RecoveryAction decide(ChainPosition head, List<MirrorEntry> mirror) {
    var stored = chain(4);
    return Recovery.decide(head, seq -> Optional.of(stored.get((int) seq - 1).position()), mirror);
  }

  @Test
  void aCorruptDatabaseIsKeptAsideAndRebuiltFromWhatCanBeRead() throws Exception {
    SqliteJournal.create(directory.resolve("journal.db"), JournalFixture.ENROLLED);
    var all = chain(400);
    try (var journal = SqliteJournal.open(directory.resolve("journal.db"))) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, all));
    }
    Path file = directory.resolve("journal.db");
    long at = SqliteJournalTest.indexOf(file, all.get(200).bytes());
    long page = at / 4096 * 4096;
    for (int i = 0; i < 200; i++) {
      SqliteJournalTest.flipByte(file, page + i);
    }

    var salvaged = new SqliteSalvage(JournalFixture.TERMINAL, new StrictVerifier(),
        JournalFixture.KEYS)
        .rebuild(file, JournalFixture.ENROLLED);

    assertThat(salvaged.aside()).exists();
    assertThat(salvaged.readable()).as("from both ends").isBetween(350, 399);
    var rig = keep(WriterRig.open(directory));
    assertThat(rig.start().refusal()).contains(Refusal.ROLLED_BACK);
    int kept = rig.records().size();
    assertThat(kept).isBetween(150, 200);
    assertThat(rig.records()).isEqualTo(all.subList(0, kept));
    committed(rig.recovery.reinsert(all.subList(kept, all.size())));
    committed(rig.recovery.adopt(NEXT_EPOCH, at(1)));
    rig.sell(5, 2);
    rig.assertChainIsSound();
    assertThat(rig.records().subList(0, 400)).isEqualTo(all);
  }

  @Test
  void aFileThatIsNoDatabaseAnyMoreIsRebuiltFromTheEnrolment() throws Exception {
    Path file = Files.writeString(directory.resolve("journal.db"), "scrambled ".repeat(1_000));

    var salvaged = new SqliteSalvage(JournalFixture.TERMINAL, new StrictVerifier(),
        JournalFixture.KEYS)
        .rebuild(file, JournalFixture.ENROLLED);

    assertThat(Files.readString(salvaged.aside())).startsWith("scrambled");
    var rig = keep(WriterRig.open(directory));
    assertThat(rig.start().refusal()).contains(Refusal.ROLLED_BACK);
    committed(rig.recovery.reinsert(chain(9)));
    committed(rig.recovery.adopt(NEXT_EPOCH, at(1)));
    rig.assertChainIsSound();
    assertThat(rig.records()).hasSize(10);
  }
}
