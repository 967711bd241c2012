package dev.counterfoil.sim.world.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is restored to an older commit and the terminal starts from an older card in one stretch.
class BothSidesGoBackTest {

  @TempDir
  Path folder;

  private static void newRun(Pair pair, int sales) {
    pair.switchOff();
    pair.switchOn();
    assertThat(pair.talk()).isEqualTo("OPEN");
    for (int i = 0; i < sales; i++) {
      pair.sell(100);
    }
    assertThat(pair.talk()).isEqualTo("OPEN");
  }

  @Test
  @Requirement({"OFF-07", "OFF-08"})
  void recordsOfEpochsThatTheServerHasForgottenComeBackFromTheMirrorAndAreBooked() throws IOException {
    try (var pair = new Pair(folder)) {
      newRun(pair, 2);
      pair.backUpServerTo("backup");
      pair.copyCardTo("card");
      newRun(pair, 2);
      newRun(pair, 3);
      var all = pair.records();
      var books = pair.serverHead();
      pair.restoreServerFrom("backup");
      var started = pair.startFromCard("card");
      assertThat(started.refusal()).contains(Refusal.MIRROR_AHEAD);

      assertThat(pair.talk()).isEqualTo("OPEN");

      assertThat(pair.writer.refusal()).as("by itself").isEmpty();
      assertThat(pair.records().subList(0, all.size())).as("without loss").isEqualTo(all);
      pair.sell(100);
      assertThat(pair.talk()).isEqualTo("OPEN");
      assertThat(pair.serverHead()).isEqualTo(pair.journal.state().head());
      assertThat(pair.serverHead().turnover()).isEqualTo(books.turnover() + 100);
      assertThat(pair.verification().problem()).isEmpty();
      assertThat(numbers(pair)).isSorted();
    }
  }

  @Test
  @Requirement({"OFF-07"})
  void aServerThatWentBackWhileRecordsWereBeingFetchedTakesThemAgain() throws IOException {
    try (var pair = new Pair(folder)) {
      newRun(pair, 2);
      pair.backUpServerTo("backup");
      pair.copyCardTo("card");
      newRun(pair, 2);
      newRun(pair, 2);
      java.nio.file.Files.delete(folder.resolve("journal.mirror"));
      var all = pair.records();
      pair.startFromCard("card");
      pair.recovery.rolledBack();
      // What a Fetched brought before the link broke.
      pair.recovery.reinsert(pair.core.fetch(pair.id, 1, all.size() - 1, 100, 1 << 18));
      pair.restoreServerFrom("backup");

      assertThat(pair.talk()).isEqualTo("OPEN");

      assertThat(pair.writer.refusal()).isEmpty();
      assertThat(pair.records().subList(0, all.size() - 1)).isEqualTo(all.subList(0, all.size() - 1));
      assertThat(pair.serverHead()).isEqualTo(pair.journal.state().head());
      assertThat(pair.verification().problem()).isEmpty();
      assertThat(numbers(pair)).isSorted();
    }
  }

  private static List<Integer> numbers(Pair pair) {
    return pair.records().stream().map(record -> record.epoch().number()).toList();
  }

  @Test
  void aRotationThatJournalAndServerHaveForgottenComesBackFromTheMirrorAndIsLearntAnew() throws IOException {
    try (var pair = new Pair(folder)) {
      newRun(pair, 2);
      pair.backUpServerTo("backup");
      pair.copyCardTo("card");
      newRun(pair, 1);
      pair.rotate();
      newRun(pair, 2);
      var all = pair.records();
      pair.restoreServerFrom("backup");
      assertThat(pair.startFromCard("card").refusal()).contains(Refusal.MIRROR_AHEAD);

      assertThat(pair.talk()).isEqualTo("OPEN");

      assertThat(pair.records().subList(0, all.size())).as("without loss").isEqualTo(all);
      newRun(pair, 1);
      assertThat(pair.serverHead()).isEqualTo(pair.journal.state().head());
      assertThat(pair.verification().problem()).isEmpty();
    }
  }

  @Test
  void aJournalFromBeforeARotationFetchesItFromTheServer() throws IOException {
    try (var pair = new Pair(folder)) {
      newRun(pair, 2);
      pair.copyCardTo("card");
      pair.rotate();
      newRun(pair, 2);
      var all = pair.records();
      java.nio.file.Files.delete(folder.resolve("journal.mirror"));
      assertThat(pair.startFromCard("card").refusal()).contains(Refusal.ROLLED_BACK);

      assertThat(pair.talk()).isEqualTo("OPEN");

      assertThat(pair.records().subList(0, all.size())).isEqualTo(all);
      newRun(pair, 1);
      assertThat(pair.serverHead()).isEqualTo(pair.journal.state().head());
      assertThat(pair.verification().problem()).isEmpty();
    }
  }
}
