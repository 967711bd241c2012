package dev.counterfoil.settlement.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// An upsert of which a batch of sales has hundreds, as one statement with one array a column, for a database to which
/// every statement is a journey.
final class SqlSets<T> {

  static final String PUT_LEDGERS = SqlText.upsertArrays("ledger_account", SqlMoney.LEDGER, "site, ledger")
      + SqlMoney.NEXT_VERSION;
  static final String PUT_CHANGES = SqlText.upsertArrays("account_change", SqlAccounts.CHANGE,
      "site, account");

  static final SqlSets<LedgerAccountRow> LEDGERS = new SqlSets<>(PUT_LEDGERS,
      row -> new Key(row.site(), row.ledger()),
      List.of(Column.number(LedgerAccountRow::site), Column.number(LedgerAccountRow::ledger),
          Column.number(row -> row.kind().code()), Column.number(LedgerAccountRow::owner),
          Column.text(LedgerAccountRow::asset), Column.number(LedgerAccountRow::postedDebits),
          Column.number(LedgerAccountRow::postedCredits), Column.number(LedgerAccountRow::held),
          Column.number(LedgerAccountRow::floor), Column.number(LedgerAccountRow::version),
          Column.number(LedgerAccountRow::spentDay), Column.number(LedgerAccountRow::spentToday),
          Column.number(LedgerAccountRow::spentThisMonth)));
  static final SqlSets<AccountChangeRow> CHANGES = new SqlSets<>(PUT_CHANGES,
      row -> new Key(row.site(), row.account()), List.of(Column.number(AccountChangeRow::site),
          Column.number(AccountChangeRow::account), Column.number(AccountChangeRow::version)));

  private final String sql;
  private final Function<T, Key> key;
  private final List<Column<T>> columns;

  private SqlSets(String sql, Function<T, Key> key, List<Column<T>> columns) {
    this.sql = sql;
    this.key = key;
    this.columns = columns;
  }

  /// Makes an array of one column's values.
  private interface Column<T> {
    Array of(Connection connection, List<T> rows) throws SQLException;

    static <T> Column<T> number(ToLongFunction<T> value) {
      return (connection, rows) -> connection.createArrayOf("bigint",
          rows.stream().mapToLong(value).boxed().toArray(Long[]::new));
    }

    static <T> Column<T> text(Function<T, String> value) {
      return (connection, rows) -> connection.createArrayOf("text",
          rows.stream().map(value).map(SqlText::storable).toArray(String[]::new));
    }
  }

  private record Key(int site, long number) {}

  /// Whether the database takes arrays, and no row is put twice, which one statement cannot do.
  boolean suits(SqlDialect dialect, List<T> rows) {
    return dialect.takesArrays() && !rows.isEmpty()
        && rows.stream().map(key).distinct().count() == rows.size();
  }

  /// @return whether every row was put: was new, or replaced what it may replace
  boolean put(SqlStatements statements, List<T> rows) throws SQLException {
    PreparedStatement statement = statements.prepare(sql);
    for (int i = 0; i < columns.size(); i++) {
      statement.setArray(i + 1, columns.get(i).of(statements.connection(), rows));
    }
    return statement.executeUpdate() == rows.size();
  }
}
