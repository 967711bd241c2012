package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncLogTest {

  @TempDir
  Path folder;
  private TestServer server;
  private TestTerminal till;
  private int before;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    till = server.terminal();
    before = log().size();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private List<SyncRow> log() {
    return server.store.syncs(TestServer.SITE, 0, 1_000);
  }

  private List<SyncRow> added() {
    return log().subList(before, log().size());
  }

  private JournalRecord sale() {
    return till.cashSale(server.transaction(), 500);
  }

  private void hello(int failures) {
    server.core.hello(till.id, till.hello(null).toBuilder().setFailures(failures).setUnsent(4).build(),
        OtherSession.NONE, server.now);
  }

  @Test
  @Requirement({"SYN-02"})
  void aSyncIsLoggedByTheCommitThatTookIt() {
    JournalRecord first = sale();
    JournalRecord last = sale();

    server.acknowledged(till.push(first.seq()).receivedAt(server.now - 30));

    long bytes = first.bytes().length + last.bytes().length;
    assertThat(added()).containsExactly(new SyncRow(TestServer.SITE, before + 1L, 1, "OK", server.now - 30,
        server.now, first.seq(), last.seq(), 2, bytes, 0));
  }

  @Test
  @Requirement({"SYN-02"})
  void batchesOfOneTerminalInOneCommitAreOneEntry() {
    long first = sale().seq();
    sale();
    TestTerminal other = server.terminal();
    before = log().size();
    long theirs = other.cashSale(server.transaction(), 100).seq();

    server.core.push(List.of(till.push(first, first), other.push(theirs), till.push(first + 1)), server.now);

    assertThat(added()).extracting(SyncRow::terminal).containsExactly(1, 2);
    assertThat(added().getFirst().records()).isEqualTo(2);
    assertThat(added().getFirst().toSeq()).isEqualTo(first + 1);
  }

  @Test
  void whatWasReceivedBeforeIsNoNewSync() {
    long first = sale().seq();
    server.acknowledged(till.push(first));
    server.acknowledged(till.push(first));

    assertThat(added()).hasSize(1);
  }

  @Test
  @Requirement({"SYN-02", "SYN-03"})
  void aRefusedBatchIsLoggedWithItsCodeAndARepeatedOneIsCounted() {
    long first = sale().seq();
    long next = sale().seq();
    server.refused(till.push(next));
    server.core.tick(server.now);

    server.refused(till.push(next));
    server.refused(till.push(next));
    server.core.tick(server.now + SyncLog.REPEAT_MILLIS - 1);
    assertThat(added()).hasSize(1);
    server.core.tick(server.now + SyncLog.REPEAT_MILLIS);

    assertThat(added()).extracting(SyncRow::outcome).containsExactly("SEQ_GAP", "SEQ_GAP");
    assertThat(added()).extracting(SyncRow::failures).containsExactly(1, 2);
    assertThat(added().getFirst().fromSeq()).isEqualTo(next);
    server.acknowledged(till.push(first));
  }

  @Test
  @Requirement({"SYN-03"})
  void whatTheTerminalTriedInVainIsListed() {
    sale();
    hello(5);
    hello(0);
    server.core.tick(server.now);

    assertThat(added()).containsExactly(new SyncRow(TestServer.SITE, before + 1L, 1, "FAILED", server.now,
        server.now, 2, 2, 4, 0, 5));
  }
}
