package dev.counterfoil.sim.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.trace.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages the files of a good run one at a time, as somebody with the database in hand could, and asks the auditor.
class RunFolderTest {

  @TempDir
  private Path root;
  private RunFolder folder;

  @BeforeEach
  void writeAGoodRun() throws Exception {
    folder = SqliteRunFixture.write(root, RunFixture.good());
  }

  @Test
  void filesOfAGoodRunPass() throws Exception {
    Verdict verdict = folder.audit();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.total().settled()).isEqualTo(4);
    assertThat(folder.headSeq(folder.terminal(RunFixture.TERMINAL))).isEqualTo(6);
  }

  @Test
  @Requirement({"AUD-02", "OFF-07"})
  void deletingOneServerRecordIsFound() throws Exception {
    tamper("DELETE FROM record_batch WHERE first_seq = 3");
    assertThat(kinds()).contains(Finding.Kind.CHAIN);
  }

  @Test
  @Requirement({"AUD-02", "OFF-07"})
  void deletingOnePostingIsFound() throws Exception {
    tamper("DELETE FROM business_transaction WHERE seq = 3");
    assertThat(kinds()).contains(Finding.Kind.LOST);
  }

  @Test
  @Requirement({"AUD-02", "PAY-17"})
  void doublingOnePostingIsFound() throws Exception {
    tamper("""
        INSERT INTO business_transaction (site, transaction_id, kind, terminal, seq, account, amount, asset,
          offline_flag, sync_status, reverses, first_transfer, terminal_ms, at_ms)
        SELECT site, randomblob(16), kind, terminal, seq, account, amount, asset,
          offline_flag, sync_status, reverses, first_transfer, terminal_ms, at_ms
        FROM business_transaction WHERE seq = 3""");
    assertThat(kinds()).contains(Finding.Kind.DOUBLED);
  }

  @Test
  @Requirement({"AUD-02", "PAY-14"})
  void changingOneBalanceByAFenIsFound() throws Exception {
    tamper("UPDATE ledger_account SET posted_credits = posted_credits + 1 WHERE ledger = 10");
    assertThat(kinds()).containsOnly(Finding.Kind.UNBALANCED);
  }

  @Test
  @Requirement({"AUD-02", "PAY-14"})
  void movingAFenBetweenTwoBalancesIsFound() throws Exception {
    tamper("UPDATE ledger_account SET posted_credits = posted_credits + 1 WHERE ledger = 10");
    tamper("UPDATE ledger_account SET posted_credits = posted_credits - 1 WHERE ledger = 1");
    assertThat(kinds()).containsOnly(Finding.Kind.UNBALANCED);
  }

  @Test
  @Requirement({"AUD-02", "SEC-01"})
  void changingOneRecordByOneBitIsFound() throws Exception {
    tamper(
        """
        UPDATE record_batch SET bytes = CAST(substr(bytes, 1, 210) || X'5A' || substr(bytes, 212) AS BLOB)
        WHERE first_seq = 3""");
    assertThat(kinds()).contains(Finding.Kind.CHAIN, Finding.Kind.DIFFERENT_BYTES);
  }

  @Test
  void deletingTheLastRecordOfAJournalIsFound() throws Exception {
    change(folder.journal(folder.terminal(RunFixture.TERMINAL)), "DELETE FROM record WHERE seq = 6");
    assertThat(kinds()).contains(Finding.Kind.CHAIN, Finding.Kind.LOST);
  }

  @Test
  void theAuditChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(folder.serverDatabase());
    folder.audit();
    assertThat(Files.readAllBytes(folder.serverDatabase())).isEqualTo(before);
  }

  @Test
  void theLastLineIsTheResult() throws Exception {
    var bytes = new ByteArrayOutputStream();
    folder.audit().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList()).last().asString()
        .isEqualTo(
            "RESULT taps=5 approved=4 declined=0 settled=4 exceptions=0 lost=0 doubled=0 ledger=balanced");
  }

  @Test
  void aFolderWithoutADatabaseIsToldWithItsName() {
    assertThatThrownBy(() -> RunFolder.of(root.resolve("nothing")).audit()).isInstanceOf(IOException.class)
        .hasMessageContaining("nothing");
  }

  /// As somebody who owns the file can: the triggers that forbid it go first.
  private void tamper(String sql) throws SQLException {
    try (Connection connection = SqliteRunFixture.open(folder.serverDatabase());
        Statement statement = connection.createStatement()) {
      for (String table : List.of("business_transaction", "record_batch", "transfer")) {
        statement.execute("DROP TRIGGER IF EXISTS " + table + "_no_update");
        statement.execute("DROP TRIGGER IF EXISTS " + table + "_no_delete");
      }
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private static void change(Path database, String sql) throws SQLException {
    try (Connection connection = SqliteRunFixture.open(database);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private List<Finding.Kind> kinds() throws Exception {
    return folder.audit().findings().stream().map(Finding::kind).toList();
  }
}
