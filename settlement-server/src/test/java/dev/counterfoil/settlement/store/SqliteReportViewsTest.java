package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteReportViewsTest extends ReportViewsContract {

  @TempDir
  Path folder;

  @Override
  SettlementStore open() {
    return SqliteSettlementStore.open(folder.resolve("views.db"));
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("views.db"));
  }

  private List<String> plan(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      var steps = new ArrayList<String>();
      while (result.next()) {
        steps.add(result.getString("detail"));
      }
      return steps;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "SELECT * FROM t_consume_transaction WHERE site = 1 AND create_ms BETWEEN 5 AND 9",
      "SELECT * FROM consumption_transaction WHERE site = 1 AND create_ms BETWEEN 5 AND 9",
      "SELECT * FROM predebit WHERE site = 1 AND account = 5",
      "SELECT * FROM t_account WHERE site = 1 AND account_id = 5",
      "SELECT * FROM t_account WHERE site = 1 AND account_no = 'x'",
      "SELECT * FROM t_consume_account WHERE site = 1 AND account_id = 5",
      "SELECT * FROM t_account_permission WHERE site = 1 AND account_id = 5",
      "SELECT * FROM t_account_relation WHERE site = 1 AND main_account_id = 5",
      "SELECT * FROM t_account_relation WHERE site = 1 AND sub_account_id = 5"})
  void aLookUpReadsNoTableFromEndToEnd(String sql) throws SQLException {
    assertThat(plan(sql)).allSatisfy(
        step -> assertThat(step).doesNotStartWith("SCAN").doesNotEndWith("(site=?)")
            .doesNotContain("AUTOMATIC"));
  }

  /// The part without any account is named in the plan and skipped when it runs: NULL is no account.
  @ParameterizedTest
  @CsvSource({"t_consume_transaction", "consumption_transaction"})
  void anAccountsTransactionsAreFoundByTheirIndex(String view) throws SQLException {
    List<String> steps = plan("SELECT * FROM " + view + " WHERE site = 1 AND account_id = 5");

    assertThat(steps).anyMatch(step -> step.contains("transaction_by_account (site=? AND account=?"));
    assertThat(steps.stream().filter(step -> step.endsWith("(site=?)")))
        .containsExactly("SEARCH business_transaction USING PRIMARY KEY (site=?)");
  }

  /// Without figures in the database, SQLite takes `site` for selective and reads all rows of a site.
  @ParameterizedTest
  @ValueSource(strings = {
      "SELECT token FROM card WHERE site = ? AND account = ? ORDER BY card",
      "SELECT at_ms FROM business_transaction WHERE site = ? AND reverses = ? AND kind IN (7, 8)",
      "SELECT account_name FROM account_profile WHERE site = ? AND owner = ? AND owner <> '' ORDER BY account",
      "SELECT event FROM account_event WHERE site = ? AND account = ? ORDER BY entry DESC LIMIT ?",
      "SELECT funding FROM purse WHERE site = ? AND account = ? ORDER BY ledger",
      "SELECT kind FROM business_transaction WHERE site = ? AND at_ms >= ? AND (at_ms, transaction_id) < (?, ?)"
          + " ORDER BY at_ms DESC, transaction_id DESC LIMIT ?",
      "SELECT reason FROM fund_freeze WHERE site = ? AND account = ? AND number > ? ORDER BY number LIMIT ?"})
  void theStoresOwnQuestionsUseTheirIndexes(String sql) throws SQLException {
    assertThat(plan(sql)).first().asString().contains("USING INDEX");
  }
}
