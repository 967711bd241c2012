package dev.counterfoil.settlement.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.store.HeadRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFilesTest {

  @TempDir
  Path folder;
  private TestServer server;
  private TestTerminal till;
  private SegmentFiles copy;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    till = server.terminal();
    server.holder(1, 100_000);
    copy = openCopy();
  }

  @AfterEach
  void close() {
    copy.close();
    server.close();
  }

  private SegmentFiles openCopy() {
    return SegmentFiles.open(folder.resolve("safe"), folder.resolve("server.db"), true);
  }

  private void sell(int times) {
    long from = till.head.seq() + 1;
    for (int i = 0; i < times; i++) {
      till.cardSale(server.transaction(), TestServer.token(1), 100, true);
    }
    server.acknowledged(till.push(from));
  }

  private void verifyAll() {
    var inspection = server.core.innerVerification();
    var verifier = new ChainVerifier(server.signatures);
    for (var range = inspection.next(till.id, 2); range.isPresent(); range = inspection.next(till.id, 2)) {
      inspection.verified(range.get(), InnerVerification.firstBad(range.get(), verifier), server.now);
    }
  }

  private void copyAll() {
    var steps = server.core.copySteps();
    var at = copy.position(TestServer.SITE, 1);
    for (var work = steps.next(till.id, at, 2, 10_000); work
        .isPresent(); work = steps.next(till.id, at, 2, 10_000)) {
      copy.append(work.get().site(), work.get().number(), work.get().records());
      at = copy.position(TestServer.SITE, 1);
      assertThat(steps.copied(till.id, at)).isTrue();
    }
  }

  private ChainPosition safe() {
    return server.store.head(TestServer.SITE, 1).orElseThrow().safe();
  }

  private Path onlySegment() throws IOException {
    return SegmentFiles.segments(folder.resolve("safe/site-1/terminal-1")).getFirst();
  }

  @Test
  void safeFollowsTheCopyAndNeverPassesAnUncheckedSignature() {
    sell(4);
    copyAll();
    assertThat(safe()).isEqualTo(HeadRow.NOWHERE);

    verifyAll();
    copyAll();

    assertThat(safe()).isEqualTo(till.head);
    sell(1);
    assertThat(server.core.copySteps().next(till.id, copy.position(TestServer.SITE, 1), 10, 10_000))
        .isEmpty();
  }

  @Test
  void theCopyHoldsTheExactBytesOneRecordAfterTheOther() throws IOException {
    sell(3);
    verifyAll();
    copyAll();

    byte[] file = Files.readAllBytes(onlySegment());
    int at = 0;
    for (JournalRecord record : till.journal) {
      int length = JournalRecord.lengthAt(file, at);
      assertThat(Arrays.copyOfRange(file, at, at + length)).isEqualTo(record.bytes());
      at += length;
    }
    assertThat(at).isEqualTo(file.length);
  }

  @Test
  void aTailCutShortByACrashIsRepairedAndCopiedAgain() throws IOException {
    sell(3);
    verifyAll();
    copyAll();
    byte[] whole = Files.readAllBytes(onlySegment());
    for (int cut = 1; cut < till.record(4).bytes().length; cut += 61) {
      Files.write(onlySegment(), Arrays.copyOf(whole, whole.length - cut));

      copy = openCopy();

      assertThat(copy.position(TestServer.SITE, 1)).isEqualTo(till.record(3).position());
      copy.append(TestServer.SITE, 1, List.of(till.record(4)));
      assertThat(Files.readAllBytes(onlySegment())).isEqualTo(whole);
    }
  }

  @Test
  void aCopyThatIsAheadOfItsMarkLetsTheMarkFollow() {
    sell(3);
    verifyAll();
    copy.append(TestServer.SITE, 1, till.journal);

    copy = openCopy();

    assertThat(server.core.copySteps().copied(till.id, copy.position(TestServer.SITE, 1))).isTrue();
    assertThat(safe()).isEqualTo(till.head);
  }

  /// As after a restore and a new enrolment: SAFE would otherwise follow a branch that the database does not have.
  @Test
  void aCopyOfAnotherBranchIsToldFromOneThatIsAhead() {
    sell(2);
    TestTerminal other = till.copy();
    JournalRecord branch = other.cardSale(server.transaction(), TestServer.token(1), 900, true);

    assertThat(server.core.copySteps().isOurs(till.id, HeadRow.NOWHERE)).isTrue();
    assertThat(server.core.copySteps().isOurs(till.id, till.record(2).position())).isTrue();
    assertThat(server.core.copySteps().isOurs(till.id, branch.position())).as("ahead").isTrue();
    sell(1);
    assertThat(server.core.copySteps().isOurs(till.id, branch.position())).isFalse();
    verifyAll();
    assertThat(server.core.copySteps().copied(till.id, branch.position())).isFalse();
    assertThat(safe().seq()).isZero();
  }

  @Test
  void recordsThatDoNotFollowAreRefused() {
    sell(3);
    copy.append(TestServer.SITE, 1, till.journal.subList(0, 2));

    assertThatThrownBy(() -> copy.append(TestServer.SITE, 1, till.journal.subList(3, 4)))
        .isInstanceOf(CopyException.class).hasMessageStartingWith("COPY_DIFFERS");
    assertThat(copy.position(TestServer.SITE, 1)).isEqualTo(till.record(2).position());
  }

  @Test
  void aRecordThatWasChangedInTheCopyIsToldAndNotCutOff() throws IOException {
    sell(3);
    copy.append(TestServer.SITE, 1, till.journal);
    byte[] changed = Files.readAllBytes(onlySegment());
    changed[till.record(1).bytes().length + 4] ^= 0x7f;
    Files.write(onlySegment(), changed);

    copy = openCopy();

    assertThatThrownBy(() -> copy.position(TestServer.SITE, 1)).isInstanceOf(CopyException.class)
        .hasMessageStartingWith("COPY_DIFFERS: " + onlySegment());
    assertThat(Files.readAllBytes(onlySegment())).isEqualTo(changed);
  }

  @Test
  void aMediumThatTakesNothingIsToldAndTheCopyGoesOnOnceItDoes() throws IOException {
    sell(3);
    verifyAll();
    Path inTheWay = Files
        .createDirectories(folder.resolve("safe/site-1/terminal-1/00000000000000000001.cfj"));
    assertThatThrownBy(this::copyAll).isInstanceOf(CopyException.class).hasMessageStartingWith("COPY_IO: ");
    assertThat(safe()).isEqualTo(HeadRow.NOWHERE);

    Files.delete(inTheWay);
    copyAll();

    assertThat(safe()).isEqualTo(till.head);
  }

  @Test
  void theDatabasesOwnDeviceNeedsPermission() {
    assertThatThrownBy(() -> SegmentFiles.open(folder.resolve("safe"), folder.resolve("server.db"), false))
        .isInstanceOf(CopyException.class).hasMessageStartingWith("COPY_SAME_DEVICE")
        .hasMessageContaining("safe.allow-same-device = true");
  }
}
