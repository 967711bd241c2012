package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statements of one connection, each prepared once, and the two ways of reading rows. Belongs to one thread.
final class SqlStatements implements AutoCloseable {

  private final Connection connection;
  private final SqlDialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  SqlStatements(Connection connection, SqlDialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /// Turns the current row into a value.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  /// Drops rows that were bound and never executed, so that they cannot slip into a later unit.
  void forgetBatches() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.clearBatch();
    }
  }

  <T> List<T> many(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    try {
      PreparedStatement statement = prepare(sql);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw dialect.failed("reading", e);
    }
  }

  <T> Optional<T> one(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return many(sql, reader, parameters).stream().findFirst();
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw dialect.failed("closing", e);
    }
  }
}
