package dev.counterfoil.settlement.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The upserts of which a batch of sales has hundreds, each as one statement with one array a column, for a database
/// to which every statement is a journey. The row count tells whether each row was put.
final class SqlSets {

  static final String PUT_LEDGERS = SqlText.upsertArrays("ledger_account", SqlMoney.LEDGER, "site, ledger")
      + SqlMoney.NEXT_VERSION;
  static final String PUT_CHANGES = SqlText.upsertArrays("account_change", SqlAccounts.CHANGE,
      "site, account");

  private static final List<Column<LedgerAccountRow>> LEDGER = List.of(Column.number(LedgerAccountRow::site),
      Column.number(LedgerAccountRow::ledger), Column.number(row -> row.kind().code()),
      Column.number(LedgerAccountRow::owner), Column.text(LedgerAccountRow::asset),
      Column.number(LedgerAccountRow::postedDebits), Column.number(LedgerAccountRow::postedCredits),
      Column.number(LedgerAccountRow::held), Column.number(LedgerAccountRow::floor),
      Column.number(LedgerAccountRow::version), Column.number(LedgerAccountRow::spentDay),
      Column.number(LedgerAccountRow::spentToday), Column.number(LedgerAccountRow::spentThisMonth));
  private static final List<Column<AccountChangeRow>> CHANGE = List.of(Column.number(AccountChangeRow::site),
      Column.number(AccountChangeRow::account), Column.number(AccountChangeRow::version));

  private SqlSets() {}

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

  /// Whether no row is put twice, which one statement cannot do.
  static boolean suitsLedgers(SqlDialect dialect, List<LedgerAccountRow> rows) {
    return dialect.takesArrays()
        && areDistinct(rows.stream().map(row -> new Key(row.site(), row.ledger())).toList());
  }

  /// As {@link #suitsLedgers}.
  static boolean suitsChanges(SqlDialect dialect, List<AccountChangeRow> rows) {
    return dialect.takesArrays()
        && areDistinct(rows.stream().map(row -> new Key(row.site(), row.account())).toList());
  }

  private static boolean areDistinct(Collection<Key> keys) {
    return !keys.isEmpty() && new HashSet<>(keys).size() == keys.size();
  }

  /// @return whether every row was new or replaced the version before it
  static boolean putLedgers(SqlStatements statements, List<LedgerAccountRow> rows) throws SQLException {
    return put(statements, PUT_LEDGERS, LEDGER, rows) == rows.size();
  }

  static void putChanges(SqlStatements statements, List<AccountChangeRow> rows) throws SQLException {
    put(statements, PUT_CHANGES, CHANGE, rows);
  }

  private static <T> int put(SqlStatements statements, String sql, List<Column<T>> columns, List<T> rows)
      throws SQLException {
    PreparedStatement statement = statements.prepare(sql);
    for (int i = 0; i < columns.size(); i++) {
      statement.setArray(i + 1, columns.get(i).of(statements.connection(), rows));
    }
    return statement.executeUpdate();
  }
}
