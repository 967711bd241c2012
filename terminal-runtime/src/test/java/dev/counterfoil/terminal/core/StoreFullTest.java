package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Health;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.Pruning;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The record store is full (ERR 012): nothing is sold until the server has taken the old records over.
class StoreFullTest {

  private static final int OLD = Pruning.KEPT_RECORDS + 20;

  @TempDir
  private Path folder;

  /// Records of long ago, as a terminal without its server piles them up.
  private void fill() {
    var when = new RecordCircumstances(CoreRig.WALL - Duration.ofDays(40).toMillis(), TimeQuality.ANCHORED, 0,
        1,
        0);
    var sealer = new RecordSealer(CoreRig.TERMINAL);
    var records = new ArrayList<JournalRecord>();
    try (var journal = SqliteJournal.open(folder.resolve("journal.db"))) {
      ChainPosition before = journal.state().head();
      ChainPosition head = before;
      for (int i = 0; i < OLD; i++) {
        records.add(sealer.seal(head, CoreRig.EPOCH, when,
            RecordDraft.of(RecordKind.HEALTH, Health.getDefaultInstance()), CoreRig.KEY));
        head = records.getLast().position();
      }
      journal.commit(new CommitUnit(before, head, records, List.of()));
    }
  }

  @Test
  @Requirement({"OFF-03"})
  void aFullStoreStopsSellingSaysSoAndSellsAgainOnceTheServerHasTheOldRecords() {
    try (var rig = CoreRig.enrolled(folder)) {
      rig.connectBoth();
      rig.snapshot(0, 1, false, CoreRig.account(CoreRig.CARD, 50_000));
    }
    fill();
    try (var rig = CoreRig.startedWith(folder, 2, JournalSettings.DEFAULT.withCapacity(OLD + 8))) {
      int sold = 0;
      while (rig.core.health().equals("READY")) {
        rig.buy(++sold, CoreRig.CARD);
        rig.pass(60_000);
      }
      long head = rig.core.journal().head().seq();
      assertThat(sold).as("some room was left").isBetween(1, 5);
      assertThat(rig.core.health()).isEqualTo("JOURNAL_FULL");
      rig.buy(9, CoreRig.CARD);
      assertThat(rig.screens.getLast()).isEqualTo(new Screen.OutOfOrder("JOURNAL_FULL"));
      assertThat(
          new Texts(Texts.Language.ENGLISH, "").text(rig.screens.getLast()).lines().getFirst().figure())
          .isEqualTo("012");
      assertThat(rig.core.journal().head().seq()).as("nothing was sold").isEqualTo(head);

      rig.serverMillis = CoreRig.WALL + rig.boot;
      rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
      rig.acknowledgeAll();
      rig.pass(5_000);

      assertThat(rig.core.health()).isEqualTo("READY");
      assertThat(rig.core.journal().recordCount()).isLessThan(OLD);
      assertThat(rig.buy(9, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    }
  }
}
