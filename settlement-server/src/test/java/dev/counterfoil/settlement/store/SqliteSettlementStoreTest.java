package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.GuardedAction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.trace.Requirement;
import java.time.Instant;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteSettlementStoreTest extends SettlementStoreContract {

  @TempDir
  Path folder;

  @Override
  protected SettlementStore open() {
    return SqliteSettlementStore.open(folder.resolve("contract.db"));
  }

  private Path file() {
    return folder.resolve("server.db");
  }

  private StoreException refused(Path file) {
    return catchThrowableOfType(StoreException.class, () -> SqliteSettlementStore.open(file).close());
  }

  private static void sql(Path file, String... texts) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  @Test
  void aSecondServerOnTheFileIsToldWhoHoldsIt() {
    SettlementStore first = SqliteSettlementStore.open(file());

    StoreException refusal = refused(file());

    assertThat(refusal.fault()).isEqualTo(StoreFault.STORE_LOCKED);
    assertThat(refusal).hasMessageStartingWith("STORE_LOCKED: ")
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    first.close();
    SqliteSettlementStore.open(file()).close();
  }

  @Test
  void aNewerSchemaIsLeftAlone() throws SQLException {
    SqliteSettlementStore.open(file()).close();
    sql(file(), "INSERT INTO schema_history (version, script, checksum) VALUES (99, 'V099__later.sql', 'x')");

    assertThat(refused(file()).fault()).isEqualTo(StoreFault.STORE_NEWER_SCHEMA);
  }

  @Test
  void aMigrationThatWasChangedAfterwardsIsRefused() throws SQLException {
    SqliteSettlementStore.open(file()).close();
    sql(file(), "UPDATE schema_history SET checksum = 'other' WHERE version = 1");

    assertThat(refused(file()).fault()).isEqualTo(StoreFault.STORE_CHANGED_MIGRATION);
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws SQLException {
    sql(file(), "CREATE TABLE theirs (x)");

    assertThat(refused(file()).fault()).isEqualTo(StoreFault.STORE_CORRUPT);
    sql(file(), "INSERT INTO theirs VALUES (1)");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
    Files.writeString(file(), "this is a text of more than sixteen bytes, and no database at all".repeat(50));
    byte[] before = Files.readAllBytes(file());

    assertThat(refused(file()).fault()).isEqualTo(StoreFault.STORE_CORRUPT);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void damagedPagesAreFoundWhenOpening() throws IOException {
    SqliteSettlementStore.open(file()).close();
    try (var damaged = new RandomAccessFile(file().toFile(), "rw")) {
      long length = damaged.length();
      byte[] noise = new byte[64];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) (i * 37 + 11);
      }
      for (long at = 4096; at < length; at += 4096) {
        damaged.seek(at);
        damaged.write(noise);
      }
    }

    assertThat(refused(file()).fault()).isEqualTo(StoreFault.STORE_CORRUPT);
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    StoreException refusal = refused(folder.resolve("nowhere").resolve("server.db"));

    assertThat(refusal.fault()).isEqualTo(StoreFault.STORE_UNREADABLE);
    assertThat(refusal).hasMessageContaining("nowhere");
  }

  @Test
  void aFullDiskIsCodedAndTheStoreGoesOnOnceThereIsSpace() throws SQLException {
    try (SettlementStore store = SqliteSettlementStore.open(file())) {
      sql(file(), "PRAGMA wal_checkpoint(TRUNCATE)");
      var big = new CommitUnit().insertBatch(new RecordBatchRow(1, 1, 1, 1, new byte[3_000_000], 9));
      SqliteSettlementStore limited = (SqliteSettlementStore) store;
      limited.limitPages(limited.pages() + 10);

      StoreException full = catchThrowableOfType(StoreException.class, () -> store.commit(big));
      assertThat(full.fault()).as(full.toString()).isEqualTo(StoreFault.STORE_FULL);
      assertThat(store.batches(1, 1, 1, 1)).isEmpty();

      limited.limitPages(1_000_000);
      assertThat(store.commit(big)).isEqualTo(new CommitOutcome.Committed());
    }
  }

  @ParameterizedTest
  @MethodSource("neverChanged")
  void moneyAndRecordRowsCannotBeChangedOrDeleted(String table) throws SQLException {
    try (SettlementStore store = SqliteSettlementStore.open(file())) {
      store.commit(oneOfEachNeverChanged());
    }

    assertThatThrownBy(() -> sql(file(), "UPDATE " + table + " SET site = 2"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "DELETE FROM " + table)).hasMessageContaining("never changed");
  }

  @Test
  @Requirement({"SEC-11"})
  void theDatabaseItselfKnowsThatNobodyApprovesTheirOwnRequest() throws SQLException {
    try (SettlementStore store = SqliteSettlementStore.open(file())) {
      store.commit(
          new CommitUnit().putApproval(new ApprovalRow(1, new Approval(1, GuardedAction.REFUND, Hash.ZERO, 7,
              Instant.EPOCH, new Approval.State.Waiting()), "")));
    }

    assertThatThrownBy(() -> sql(file(), "UPDATE approval SET state = 'APPROVED', approver = 7"))
        .hasMessageContaining("approver <> requester");
    assertThatThrownBy(() -> sql(file(), "UPDATE approval SET state = 'APPROVED'"))
        .hasMessageContaining("approver > 0");
    assertThatThrownBy(() -> sql(file(), "UPDATE approval SET requester = 8"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "UPDATE approval SET shown = '{}'"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "DELETE FROM approval")).hasMessageContaining("never deleted");
    sql(file(), "UPDATE approval SET state = 'USED', approver = 8");
    assertThatThrownBy(() -> sql(file(), "UPDATE approval SET state = 'WAITING', approver = 0"))
        .hasMessageContaining("never changed");
  }

  @Test
  void theDatabaseItselfKnowsThatNobodyApprovesMoneyHeAskedFor() throws SQLException {
    try (SettlementStore store = SqliteSettlementStore.open(file())) {
      store.commit(new CommitUnit().putMoneyRequest(new MoneyRequestRow(1, 1, MoneyRequestKind.WITHDRAWAL,
          new TransactionId(1, 1), 3, 500, "BANK", null, "why", "li", 50, MoneyRequestState.REQUESTED, "", 0,
          "", 0)));
    }

    assertThatThrownBy(() -> sql(file(), "UPDATE money_request SET state = 'APPROVED', approver = 'li'"))
        .hasMessageContaining("approver <> requester");
    assertThatThrownBy(() -> sql(file(), "UPDATE money_request SET state = 'APPROVED'"))
        .hasMessageContaining("CHECK");
    assertThatThrownBy(() -> sql(file(), "UPDATE money_request SET amount = 501"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "UPDATE money_request SET target = x'01'"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "DELETE FROM money_request")).hasMessageContaining("never deleted");
    sql(file(), "UPDATE money_request SET state = 'DONE', approver = 'wang', ended_ms = 9");
    assertThatThrownBy(() -> sql(file(), "UPDATE money_request SET state = 'FAILED'"))
        .hasMessageContaining("never changed");
  }

  @Test
  void theDatabaseItselfKnowsThatAFreezeEndsOnceAndForAReason() throws SQLException {
    try (SettlementStore store = SqliteSettlementStore.open(file())) {
      store.commit(new CommitUnit().putFreeze(new FreezeRow(1, 1, new TransactionId(1, 1), 3, 500,
          FreezeKind.SECURITY, "why", "", "li", 9, 0, null)));
    }

    assertThatThrownBy(() -> sql(file(), "UPDATE fund_freeze SET amount = 1"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> sql(file(), "UPDATE fund_freeze SET ended_at_ms = 9, end_kind = 'MANUAL'"))
        .hasMessageContaining("CHECK");
    assertThatThrownBy(() -> sql(file(), "DELETE FROM fund_freeze")).hasMessageContaining("never deleted");
    sql(file(), "UPDATE fund_freeze SET ended_at_ms = 9, end_kind = 'MANUAL', end_reason = 'x'");
    assertThatThrownBy(() -> sql(file(), "UPDATE fund_freeze SET end_reason = 'y'"))
        .hasMessageContaining("never changed");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aRowThatCannotBeBoundLeavesNothingForTheNextUnit() {
    try (var store = SqliteSettlementStore.open(file())) {
      var broken = new CommitUnit().insertRecordKey(new RecordKeyRow(1, 1, 1, 1, Hash.ZERO, 1, null))
          .insertRecordKey(new RecordKeyRow(1, 1, 2, 1, null, 1, null));
      assertThatThrownBy(() -> store.commit(broken)).isInstanceOf(NullPointerException.class);

      assertThat(
          store.commit(new CommitUnit().insertRecordKey(new RecordKeyRow(1, 1, 3, 1, Hash.ZERO, 1, null)))
              .isCommitted())
          .isTrue();

      assertThat(store.recordKeys(1, 1, 1, 9)).extracting(RecordKeyRow::seq).containsExactly(3L);
    }
  }

  @Test
  void aBackupHoldsWhatWasCommitted() {
    try (var store = SqliteSettlementStore.open(file())) {
      store.commit(new CommitUnit().putSite(new SiteRow(1, "canteen", "CNY")));
      store.backupTo(folder.resolve("backup.db"));
    }

    try (var copy = SqliteSettlementStore.open(folder.resolve("backup.db"))) {
      assertThat(copy.site(1)).contains(new SiteRow(1, "canteen", "CNY"));
    }
  }
}
