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

/// Statements of one connection, each prepared once, and the two ways of reading rows. Where the dialect says that the
/// connection is lost, the next use opens another one. Belongs to one thread.
final class SqlStatements implements AutoCloseable {

  private final Opener opener;
  private final SqlDialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private @Nullable Connection connection;

  /// Makes a connection ready for use.
  interface Opener {
    Connection open() throws SQLException;
  }

  SqlStatements(Connection connection, SqlDialect dialect) {
    this(connection, () -> {
      throw new SQLException("connection is closed");
    }, dialect);
  }

  /// @param connection the first one
  SqlStatements(Connection connection, Opener opener, SqlDialect dialect) {
    this.connection = connection;
    this.opener = opener;
    this.dialect = dialect;
  }

  /// Turns the current row into a value.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  SqlDialect dialect() {
    return dialect;
  }

  Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = opener.open();
      connection = open;
    }
    return open;
  }

  boolean isInTransaction() {
    Connection open = connection;
    try {
      return open != null && !open.getAutoCommit();
    } catch (SQLException e) {
      throw failed("looking at the connection", e);
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection().prepareStatement(sql);
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

  /// Undoes what is not committed. A failed transaction may have been ended by the database; that is no failure.
  void rollback() throws SQLException {
    Connection open = connection;
    if (open == null || open.getAutoCommit()) {
      return;
    }
    try {
      open.rollback();
    } catch (SQLException e) {
      requireNoTransaction(e);
    }
    try {
      open.setAutoCommit(true);
    } catch (SQLException e) {
      requireNoTransaction(e);
    }
  }

  private void requireNoTransaction(SQLException e) throws SQLException {
    if (!dialect.isWithoutTransaction(e)) {
      throw e;
    }
  }

  <T> List<T> many(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    try {
      PreparedStatement statement = prepare(sql);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1,
            parameters[i] instanceof String text ? SqlText.storable(text) : parameters[i]);
      }
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed("reading", e);
    }
  }

  <T> Optional<T> one(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return many(sql, reader, parameters).stream().findFirst();
  }

  /// What to throw; a lost connection is dropped.
  ///
  /// @param doing what failed, as a participle
  StoreException failed(String doing, SQLException e) {
    StoreException failure = dialect.failed(doing, e);
    if (failure.fault() == StoreFault.STORE_UNREACHABLE) {
      try {
        drop();
      } catch (SQLException lost) {
        failure.addSuppressed(lost);
      }
    }
    return failure;
  }

  private void drop() throws SQLException {
    Connection open = connection;
    connection = null;
    prepared.clear();
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      drop();
    } catch (SQLException e) {
      throw dialect.failed("closing", e);
    }
  }
}
