package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds the statement texts that both dialects read the same way, from a table's columns.
final class SqlText {

  private SqlText() {}

  /// One row that must be new. A driver may send many of a batch as one statement.
  static String insert(String table, String columns) {
    return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks(columns) + ")";
  }

  /// Inserts a row or replaces the one of its key. Written as a query, so that no driver joins many into one statement:
  /// a unit may put the same row twice, and whether each put changed something is asked for.
  static String upsert(String table, String columns, String key) {
    return query(table, columns, key) + sets(columns, key);
  }

  /// The same for many rows at once, each column one array. No row may be among them twice.
  static String upsertArrays(String table, String columns, String key) {
    return "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM unnest(" + marks(columns)
        + ") AS put (" + columns + ") ON CONFLICT (" + key + ") DO UPDATE SET " + sets(columns, key);
  }

  private static String sets(String columns, String key) {
    List<String> keys = List.of(key.split(", "));
    return Stream.of(columns.split(", ")).filter(column -> !keys.contains(column))
        .map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));
  }

  /// The beginning of an upsert, up to what it sets.
  static String query(String table, String columns, String key) {
    return "INSERT INTO " + table + " (" + columns + ") SELECT " + marks(columns)
    // Without a condition SQLite takes ON for the beginning of a join.
        + " WHERE TRUE ON CONFLICT (" + key + ") DO UPDATE SET ";
  }

  /// Inserts behind the site's last entry. The site is the first two parameters, and the entry is not one. A query for
  /// the same reason as an upsert: each row must see the one before.
  static String append(String table, String columns) {
    String rest = columns.replaceFirst("site, entry", "");
    return "INSERT INTO " + table + " (" + columns + ") SELECT ?, (SELECT coalesce(max(entry), 0) + 1 FROM "
        + table + " WHERE site = ?)" + marks(rest);
  }

  private static String marks(String columns) {
    return columns.replaceAll("[a-z_]+", "?");
  }

  /// A NUL, which PostgreSQL keeps in no text, is written as the replacement character: what a terminal or a caller puts
  /// into a text must not make its row impossible.
  static void bindText(PreparedStatement s, int at, String text) throws SQLException {
    s.setString(at, storable(text));
  }

  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  static void bindId(PreparedStatement s, int at, @Nullable TransactionId id) throws SQLException {
    if (id == null) {
      s.setNull(at, Types.BINARY);
    } else {
      s.setBytes(at, id.bytes());
    }
  }

  static @Nullable TransactionId transaction(ResultSet r, int at) throws SQLException {
    byte[] bytes = r.getBytes(at);
    return bytes == null ? null : TransactionId.of(bytes);
  }
}
