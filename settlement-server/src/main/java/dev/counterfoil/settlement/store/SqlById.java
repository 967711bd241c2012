package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Rows of one table by a list of transactions: the one question that the databases are asked in different words.
///
/// Of a table that is not analysed yet, PostgreSQL takes a site to have a two-hundredth of the rows, and reads all of it
/// for a list of ids rather than look for each. On the first day of a busy site that is long enough to be noticed (a
/// batch of 500 sales took three times as long). So it gets the list as one array, and looks each id up by itself.
final class SqlById {

  /// Ids asked for in one statement of SQLite's; the last one of a list is padded with its first id.
  private static final int CHUNK = 64;
  private static final String IN_CHUNK = " IN (" + "?, ".repeat(CHUNK - 1) + "?)";

  private final String listed;
  private final String each;

  /// @param table its key is (site, transaction_id)
  SqlById(String table, String columns) {
    String found = "SELECT " + columns + " FROM " + table + " WHERE site = ? AND transaction_id";
    this.listed = found + IN_CHUNK;
    // OFFSET keeps the inner question a question of its own.
    this.each = "SELECT found.* FROM unnest(?) AS asked (id), LATERAL (" + found
        + " = asked.id OFFSET 0) AS found";
  }

  /// In no particular order; ids that nothing is known of are left out. Blocks on the database.
  <T> List<T> read(SqlStatements sql, SqlStatements.RowReader<T> reader, int site,
      Collection<TransactionId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return sql.dialect().takesArrays()
        ? sql.many(each, reader, array(sql, ids), site)
        : chunks(sql, reader, site, List.copyOf(ids));
  }

  /// What a database is asked.
  String text(SqlDialect dialect) {
    return dialect.takesArrays() ? each : listed;
  }

  private static Object array(SqlStatements sql, Collection<TransactionId> ids) {
    try {
      return sql.connection().createArrayOf("bytea",
          ids.stream().map(TransactionId::bytes).toArray(byte[][]::new));
    } catch (SQLException e) {
      throw sql.failed("reading", e);
    }
  }

  private <T> List<T> chunks(SqlStatements sql, SqlStatements.RowReader<T> reader, int site,
      List<TransactionId> ids) {
    var found = new ArrayList<T>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      Object[] parameters = new Object[CHUNK + 1];
      Arrays.fill(parameters, ids.get(from).bytes());
      parameters[0] = site;
      for (int i = 0; i < CHUNK && from + i < ids.size(); i++) {
        parameters[i + 1] = ids.get(from + i).bytes();
      }
      found.addAll(sql.many(listed, reader, parameters));
    }
    return found;
  }
}
