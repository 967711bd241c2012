package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ENROLLED;
import static dev.counterfoil.terminal.journal.JournalFixture.EPOCH;
import static dev.counterfoil.terminal.journal.JournalFixture.ORIGIN;
import static dev.counterfoil.terminal.journal.JournalFixture.account;
import static dev.counterfoil.terminal.journal.JournalFixture.card;
import static dev.counterfoil.terminal.journal.JournalFixture.chain;
import static dev.counterfoil.terminal.journal.JournalFixture.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.trace.TinyMedium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalStoreContract {

  private final List<JournalStore> open = new ArrayList<>();

  @TempDir
  Path directory;

  private int files;

  @Override
  protected JournalStore created(JournalState enrolled) {
    Path file = directory.resolve("journal-" + ++files + ".db");
    SqliteJournal.create(file, enrolled);
    return opened(file);
  }

  @Override
  protected JournalStore restarted(JournalStore store) {
    store.close();
    return opened(directory.resolve("journal-" + files + ".db"));
  }

  private SqliteJournal opened(Path file) {
    var journal = SqliteJournal.open(file);
    open.add(journal);
    return journal;
  }

  @AfterEach
  void closeAll() {
    open.forEach(JournalStore::close);
  }

  private Path journalFile(int records) {
    JournalStore store = created(ENROLLED);
    for (var record : chain(records)) {
      store.commit(unit(store.state().head(), List.of(record)));
    }
    store.close();
    return directory.resolve("journal-" + files + ".db");
  }

  @Test
  void theFileIsForItsOwnerOnly() throws IOException {
    Path file = journalFile(1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void theDatabaseRunsInWalModeWithFullSync() throws SQLException {
    Path file = journalFile(1);
    try (var connection = SqliteConnections.writer(file); var statement = connection.createStatement()) {
      try (var mode = statement.executeQuery("PRAGMA journal_mode")) {
        assertThat(mode.getString(1)).isEqualTo("wal");
      }
      try (var sync = statement.executeQuery("PRAGMA synchronous")) {
        assertThat(sync.getInt(1)).as("2 = FULL").isEqualTo(2);
      }
    }
  }

  @Test
  void anAuditorReadsTheRecordsByPlainSql() throws SQLException {
    Path file = journalFile(4);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement
            .executeQuery("SELECT record.bytes, head.hash FROM record, head ORDER BY record.seq")) {
      var last = chain(4).getLast();
      for (var record : chain(4)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBytes(1)).isEqualTo(record.bytes());
        assertThat(rows.getBytes(2)).isEqualTo(last.hash().bytes());
      }
    }
  }

  @Test
  void aSecondProgramOnTheSameJournalIsTurnedAway() {
    Path file = journalFile(1);
    opened(file);

    assertThat(catchThrowableOfType(StoreException.class, () -> SqliteJournal.open(file)).failure())
        .isEqualTo(StoreFailure.LOCKED);
  }

  @Test
  void aJournalIsNeverCreatedOnTheWay() {
    assertThat(
        catchThrowableOfType(StoreException.class, () -> SqliteJournal.open(directory.resolve("none.db")))
            .failure())
        .isEqualTo(StoreFailure.ABSENT);
    Path there = journalFile(1);
    assertThat(catchThrowableOfType(StoreException.class, () -> SqliteJournal.create(there, ORIGIN, EPOCH))
        .failure()).isEqualTo(StoreFailure.IO_ERROR);
    assertThat(opened(there).state().head().seq()).as("the existing one is untouched").isEqualTo(1);
  }

  @Test
  void aDatabaseOfANewerVersionIsLeftAlone() throws SQLException {
    Path file = journalFile(2);
    change(file, "PRAGMA user_version = 99");

    assertThat(catchThrowableOfType(StoreException.class, () -> SqliteJournal.open(file)).failure())
        .isEqualTo(StoreFailure.NEWER_SCHEMA);
  }

  @Test
  void aJournalOfBeforeThereWereMealsIsBroughtUp() throws SQLException {
    Path file = journalFile(2);
    for (String column : List.of("meal", "meal_count", "meal_minor")) {
      change(file, "ALTER TABLE card_use DROP COLUMN " + column);
    }
    change(file, "INSERT INTO card_use VALUES (x'" + HexFormat.of().formatHex(card(77).bytes())
        + "', 20000, 1, 800, 1, 1, 800)");
    change(file, "PRAGMA user_version = 2");

    assertThat(opened(file).cardUse(card(77)))
        .isEqualTo(new CardUse(card(77), 20_000, 1, 800, 1, 1, 800, 0, 0, 0));
  }

  @Test
  void aNoteOfBeforeThereWereMealsIsReadAndANewOneComesBack() {
    byte[] old = new FieldWriter().small(0).small(1).fixed(card(77).bytes()).number(20_000).number(1)
        .number(800)
        .number(1).number(1).number(800).bytes();
    assertThat(RecordNote.of(old).uses())
        .containsExactly(new CardUse(card(77), 20_000, 1, 800, 1, 1, 800, 0, 0, 0));

    var note = new RecordNote(List.of(new Spend(1, 2, 3)),
        List.of(new CardUse(card(77), 20_000, 3, 2_600, 1, 1, 800, 2, 2, 1_800)));
    assertThat(RecordNote.of(note.bytes())).isEqualTo(note);
  }

  @Test
  void aMealCountsByDayAndPeriodAndAVoidGivesTheLastOneBack() {
    CardUse lunch = CardUse.none(card(1)).plus(5, 0, false, 800, 1).plus(5, 0, true, 1_000, 1);
    assertThat(lunch.inMeal(5, 1)).isEqualTo(new MealUse(2, 1_800));
    assertThat(lunch.inMeal(5, 2)).isEqualTo(MealUse.NONE);
    assertThat(lunch.inMeal(6, 1)).isEqualTo(MealUse.NONE);

    assertThat(lunch.minus(5, 0, true, 1_000).inMeal(5, 1)).isEqualTo(new MealUse(1, 800));
    CardUse supper = lunch.plus(5, 0, false, 700, 2);
    assertThat(supper.inMeal(5, 2)).isEqualTo(new MealUse(1, 700));
    assertThat(supper.onDayMinor(5)).isEqualTo(2_500);
  }

  @Test
  void somethingElseThanAJournalIsReportedAsCorrupt() throws Exception {
    Path text = Files.writeString(directory.resolve("text.db"),
        "this is no database, and long enough. ".repeat(99));
    Path other = directory.resolve("other.db");
    change(other, "CREATE TABLE a (b)");

    for (Path file : List.of(text, other)) {
      assertThat(catchThrowableOfType(StoreException.class, () -> SqliteJournal.open(file)).failure())
          .isEqualTo(StoreFailure.CORRUPT);
    }
  }

  @Test
  void aWriteFromElsewhereIsNoticedAtTheNextCommit() throws SQLException {
    Path file = journalFile(2);
    var journal = opened(file);
    change(file, "UPDATE head SET seq = 1");

    var refusal = catchThrowableOfType(StoreException.class,
        () -> journal.commit(unit(journal.state().head(), List.of(chain(3).getLast()))));

    assertThat(refusal.failure()).isEqualTo(StoreFailure.STALE_HEAD);
    assertThat(journal.record(3)).isEmpty();
  }

  @Test
  void afterAFailedCommitNothingGoesOnWithoutAReopen() throws SQLException {
    Path file = journalFile(2);
    var journal = opened(file);
    // The number is taken, so the insert of record 3 fails inside the transaction.
    change(file, "INSERT INTO record (seq, bytes) VALUES (3, x'00')");
    var unit = unit(journal.state().head(), List.of(chain(3).getLast()));

    assertThat(catchThrowableOfType(StoreException.class, () -> journal.commit(unit)).failure())
        .isEqualTo(StoreFailure.IO_ERROR);
    change(file, "DELETE FROM record WHERE seq = 3");
    assertThat(catchThrowableOfType(StoreException.class, () -> journal.commit(unit)).failure())
        .as("a commit is never repeated on the same connection").isEqualTo(StoreFailure.IO_ERROR);
    assertThat(journal.reopen().head().seq()).isEqualTo(2);
    journal.commit(unit);
    assertThat(journal.state().head().seq()).isEqualTo(3);
  }

  @Test
  void aFullDiskIsNamedAndLosesNothing() throws Exception {
    try (var small = TinyMedium.mounted(directory.resolve("small"), "400k")) {
      Path file = small.folder().resolve("journal.db");
      SqliteJournal.create(file, ORIGIN, EPOCH);
      try (var journal = SqliteJournal.open(file)) {
        var records = chain(2_000);
        var refusal = catchThrowableOfType(StoreException.class, () -> records.forEach(
            record -> journal.commit(unit(journal.state().head(), List.of(record)))));

        assertThat(refusal.failure()).isEqualTo(StoreFailure.DISK_FULL);
        long kept = journal.state().head().seq();
        assertThat(kept).isPositive();
        assertThat(journal.reopen().head().seq()).isEqualTo(kept);
        assertThat(journal.freshTail(1).getFirst()).isEqualTo(records.get((int) kept - 1));
      }
    }
  }

  @Test
  void aReadOnlyMediumIsNamed() throws Exception {
    try (var medium = TinyMedium.mounted(directory.resolve("medium"), "4m")) {
      Path file = medium.folder().resolve("journal.db");
      SqliteJournal.create(file, ORIGIN, EPOCH);
      medium.makeReadOnly();

      assertThat(catchThrowableOfType(StoreException.class, () -> SqliteJournal.open(file)).failure())
          .isEqualTo(StoreFailure.READ_ONLY);
    }
  }

  @Test
  void everyPrefixOfTheWriteAheadLogIsAWholeNumberOfUnits() throws Exception {
    Path file = journalFile(1);
    var journal = opened(file);
    var records = chain(41);
    for (int from = 1; from < records.size(); from += 4) {
      var part = records.subList(from, Math.min(records.size(), from + 4));
      journal.commit(unit(journal.state().head(), part));
    }
    byte[] database = Files.readAllBytes(file);
    byte[] log = Files.readAllBytes(directory.resolve(file.getFileName() + "-wal"));

    long last = 0;
    for (int cut = 0; cut <= log.length; cut += 1_373) {
      long found = headAfterPowerCut(database, log, Math.min(cut, log.length));
      assertThat((found - 1) % 4).as("cut at byte %d of the log ends at record %d", cut, found).isZero();
      assertThat(found).isGreaterThanOrEqualTo(last);
      last = found;
    }
    assertThat(headAfterPowerCut(database, log, log.length)).isEqualTo(41);
  }

  private long headAfterPowerCut(byte[] database, byte[] log, int length) throws IOException {
    Path cut = Files.createDirectory(directory.resolve("cut-" + length + "-" + System.identityHashCode(log)));
    Path file = Files.write(cut.resolve("journal.db"), database);
    Files.write(cut.resolve("journal.db-wal"), java.util.Arrays.copyOf(log, length));
    try (var journal = SqliteJournal.open(file)) {
      var state = journal.state();
      var signature = new TailCheck(JournalFixture.TERMINAL,
          new dev.counterfoil.protocol.crypto.StrictVerifier(), JournalFixture.KEYS);
      assertThat(signature.problem(state, journal.freshTail(100))).isEmpty();
      return state.head().seq();
    } finally {
      for (Path left : Files.list(cut).toList()) {
        Files.delete(left);
      }
      Files.delete(cut);
    }
  }

  @Test
  void aFlippedByteInAPageIsNoticedWhenItIsRead() throws Exception {
    Path file = journalFile(300);
    flipByte(file, indexOf(file, chain(300).get(150).bytes()) + 140);
    var journal = opened(file);

    var damaged = journal.records(151, 1, 100_000).getFirst();

    assertThat(damaged.hash()).isNotEqualTo(chain(300).get(150).hash());
    var check = new TailCheck(JournalFixture.TERMINAL, new dev.counterfoil.protocol.crypto.StrictVerifier(),
        JournalFixture.KEYS);
    assertThat(check.problem(journal.state(), journal.freshTail(300)).orElseThrow().detail())
        .contains("WRONG_PREVIOUS at record 152");
  }

  @Test
  void threeHundredThousandAccountsAreFoundQuickly() {
    JournalStore store = created(ENROLLED);
    var head = store.state().head();
    int accounts = 300_000;
    int part = 10_000;
    for (int from = 0; from < accounts; from += part) {
      var entries = new ArrayList<AccountEntry>(part);
      for (int i = from; i < from + part; i++) {
        entries.add(account(card(i), i, i, 0));
      }
      store.commit(CommitUnit.ofState(head,
          List.of(new StateChange.SnapshotPart(1, 0, true, from + part == accounts, entries))));
    }

    long before = System.nanoTime();
    for (int i = 0; i < accounts; i += 300) {
      assertThat(store.account(card(i)).orElseThrow().getAvailableMinor()).isEqualTo(i);
    }
    long microsEach = (System.nanoTime() - before) / 1_000 / 1_000;

    assertThat(store.accountCount()).isEqualTo(accounts);
    assertThat(microsEach).as("microseconds a look-up").isLessThan(1_000);
  }

  static void change(Path file, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void flipByte(Path file, long offset) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      one.put(0, (byte) ~one.get(0)).rewind();
      channel.write(one, offset);
    }
  }

  static long indexOf(Path file, byte[] part) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (int at = 0; at + part.length <= content.length; at++) {
      if (java.util.Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("bytes not found in " + file);
  }
}
