package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ACCOUNT;
import static dev.counterfoil.terminal.journal.JournalFixture.CARD;
import static dev.counterfoil.terminal.journal.JournalFixture.EPOCH;
import static dev.counterfoil.terminal.journal.JournalFixture.ORIGIN;
import static dev.counterfoil.terminal.journal.JournalFixture.card;
import static dev.counterfoil.terminal.journal.JournalFixture.chain;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sale costs in pages, and that the notes that make it cheap say the same as the tables they end up in.
class SqliteCommitPagesTest {

  private static final int FRAME = 4_096 + 24;
  private static final long MINOR = 400;
  private static final int CARDS = 50;

  @TempDir
  Path directory;

  private Path file;
  private SqliteJournal journal;

  @BeforeEach
  void enrol() {
    file = directory.resolve("journal.db");
    SqliteJournal.create(file, ORIGIN, EPOCH);
    journal = SqliteJournal.open(file);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void sell(int count) {
    int first = (int) journal.state().head().seq();
    for (var record : chain(first + count).subList(first, first + count)) {
      long seq = record.seq();
      journal.commit(new CommitUnit(journal.state().head(), record.position(), List.of(record),
          List.of(new StateChange.SpendRecorded(new Spend(seq, ACCOUNT, MINOR)),
              new StateChange.OfflineUsed(new OfflineUse(1, seq, seq * MINOR)),
              new StateChange.RunTimeTicked(new RunTime(seq, 0, 0)),
              new StateChange.CardUsed(use(seq)))));
    }
  }

  private static CardUse use(long seq) {
    return CardUse.none(card(seq % CARDS)).plus(20_000, 1, true, seq * MINOR, (int) (seq % 5));
  }

  private void expectAll(long sales) {
    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(sales * MINOR);
    assertThat(journal.spentAfter(ACCOUNT, 30)).isEqualTo((sales - 30) * MINOR);
    for (long seq = Math.max(1, sales - CARDS + 1); seq <= sales; seq++) {
      assertThat(journal.cardUse(card(seq % CARDS))).isEqualTo(use(seq));
    }
  }

  private long rows(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  @Test
  void aSaleWritesTwoPagesAndNowAndThenANewOne() throws IOException {
    Path log = directory.resolve("journal.db-wal");
    long before = Files.size(log);

    sell(80);

    double pages = (Files.size(log) - before) / (double) FRAME / 80;
    assertThat(pages).as("pages written and synced per sale").isBetween(2.0, 2.6);
  }

  @Test
  void sumsAreTheSameNotedFoldedAndAfterARestart() throws SQLException {
    sell(100);
    assertThat(rows("SELECT count(*) FROM spend")).as("noted only").isZero();
    expectAll(100);

    journal.rest();

    assertThat(rows("SELECT count(*) FROM spend")).isEqualTo(100);
    expectAll(100);
    sell(20);
    expectAll(120);
    assertThat(journal.reopen().offlineUse().count()).isEqualTo(120);
    expectAll(120);
    assertThat(rows("SELECT count(*) FROM spend")).as("too few to be worth a commit").isEqualTo(100);
  }

  @Test
  void aLookAtACardSeesNotesAndTablesAlike() {
    journal.commit(CommitUnit.ofState(ORIGIN, List.of(new StateChange.SnapshotPart(1, 0, true, true,
        List.of(JournalFixture.account(card(3), ACCOUNT, 90_000, 10))))));
    sell(70);
    var noted = journal.find(card(3), 69);

    journal.rest();

    assertThat(noted).isEqualTo(journal.find(card(3), 69))
        .isEqualTo(new CardFound(noted.entry(), false, use(53), 60 * MINOR, MINOR));
  }

  @Test
  void aUnitThatNotesCannotHoldFoldsThemFirst() throws SQLException {
    sell(40);
    var newer = CardUse.none(card(40)).plus(20_001, 2, true, 7, 1);

    journal.commit(
        CommitUnit.ofState(journal.state().head(), List.of(new StateChange.CardUsed(newer))));

    assertThat(rows("SELECT count(*) FROM spend")).isEqualTo(40);
    assertThat(journal.cardUse(card(40))).isEqualTo(newer);
    journal.reopen();
    assertThat(journal.cardUse(card(40))).isEqualTo(newer);
    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(40 * MINOR);
  }

  @Test
  void prunedRecordsLeaveTheirSumsBehind() {
    sell(40);
    var last = journal.record(35).orElseThrow();

    journal.prune(new PruneAnchor(last.epoch(), last.position(), JournalFixture.signed("ack")));

    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(40 * MINOR);
    assertThat(journal.reopen().recordCount()).isEqualTo(5);
    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(40 * MINOR);
    assertThat(journal.cardUse(card(20))).isEqualTo(use(20));
  }

  @Test
  void aPowerCutAnywhereInTheLogLeavesTheSumsOfTheRecordsThatAreThere() throws IOException {
    sell(70);
    journal.rest();
    sell(10);
    byte[] database = Files.readAllBytes(file);
    byte[] log = Files.readAllBytes(directory.resolve("journal.db-wal"));

    var heads = new ArrayList<Long>();
    for (int cut = log.length; cut > log.length - 60 * FRAME; cut -= 11_003) {
      Path folder = Files.createDirectory(directory.resolve("cut-" + cut));
      Path image = Files.write(folder.resolve("journal.db"), database);
      Files.write(folder.resolve("journal.db-wal"), Arrays.copyOf(log, cut));
      try (var found = SqliteJournal.open(image)) {
        long head = found.state().head().seq();
        assertThat(found.spentAfter(ACCOUNT, 0)).as("at record %d", head).isEqualTo(head * MINOR);
        assertThat(found.cardUse(card(head % CARDS))).isEqualTo(use(head));
        heads.add(head);
      }
    }
    assertThat(heads).contains(80L, 70L).anyMatch(head -> head < 70);
  }

  @Test
  void aJournalOfTheFirstVersionIsBroughtUpToDate() throws SQLException {
    sell(5);
    var sale = JournalFixture.lastSale(5, MINOR);
    journal.commit(CommitUnit.ofState(journal.state().head(),
        List.of(new StateChange.CardUsed(CardUse.none(CARD)))));
    var before = journal.state();
    journal.close();
    for (String sql : List.of(
        "INSERT INTO state VALUES ('last_sale', x'" + hex(StateRows.lastSale(sale)) + "')",
        "ALTER TABLE record DROP COLUMN note", "ALTER TABLE head DROP COLUMN folded_seq",
        "ALTER TABLE head DROP COLUMN last_sale", "ALTER TABLE card_use DROP COLUMN meal",
        "ALTER TABLE card_use DROP COLUMN meal_count", "ALTER TABLE card_use DROP COLUMN meal_minor",
        "PRAGMA user_version = 1")) {
      SqliteJournalTest.change(file, sql);
    }

    journal = SqliteJournal.open(file);

    assertThat(journal.state().lastSale()).contains(sale);
    assertThat(journal.state().head()).isEqualTo(before.head());
    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(5 * MINOR);
    sell(3);
    assertThat(journal.spentAfter(ACCOUNT, 0)).isEqualTo(8 * MINOR);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
