package dev.counterfoil.terminal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.PruneAnchor;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSyncTest {

  private static final String SERVER = "pay.example.org:7443";

  @TempDir
  Path folder;

  private SqliteJournal journal() {
    SqliteJournal.create(folder.resolve("journal.db"), JournalFixture.ORIGIN, JournalFixture.EPOCH);
    return SqliteJournal.open(folder.resolve("journal.db"));
  }

  private Finding find() {
    return LastSync.find(folder.resolve("journal.db"), SERVER);
  }

  @Test
  @Requirement({"SYN-02"})
  void theNewestAcknowledgementIsToldWithItsTimeMarksAndServer() {
    var chain = JournalFixture.chain(9);
    try (var journal = journal()) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, chain));
      journal.commit(CommitUnit.ofState(chain.getLast().position(), List.of(
          new StateChange.AckStored(JournalFixture.ack(3, 7, 5, 1_763_600_000_000L)))));
    }

    assertThat(find().passed()).isTrue();
    assertThat(find().line()).startsWith("PASS OK ").contains("last sync").endsWith(
        "2025-11-20T00:53:20Z server=pay.example.org:7443 head=9 received=7 settled=5 safe=5 unsent=2");
  }

  @Test
  void aTerminalThatNeverReachedItsServerSaysSo() {
    try (var journal = journal()) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, JournalFixture.chain(2)));
    }

    assertThat(find().line()).endsWith("never server=pay.example.org:7443 head=2 unsent=2");
  }

  @Test
  void aServerThatLacksWhatIsPrunedHereIsTold() {
    var chain = JournalFixture.chain(9);
    try (var journal = journal()) {
      journal.commit(JournalFixture.unit(JournalFixture.ORIGIN, chain));
      var ack = JournalFixture.ack(3, 4, 4, 1_763_600_000_000L);
      journal.commit(CommitUnit.ofState(chain.getLast().position(), List.of(new StateChange.AckStored(ack))));
      journal.prune(new PruneAnchor(chain.get(5).epoch(), chain.get(5).position(), ack.signed()));
    }

    assertThat(find().line()).endsWith("SERVER_LACKS_RECORDS from=5 to=6");
  }

  @Test
  void aRunningTerminalHasTheJournalToItself() {
    try (var _ = journal()) {
      assertThat(find().passed()).isFalse();
      assertThat(find().line()).startsWith("FAIL TERMINAL_LOCKED");
    }
    assertThat(LastSync.find(folder.resolve("none.db"), SERVER).line()).startsWith("FAIL JOURNAL_MISSING");
  }
}
