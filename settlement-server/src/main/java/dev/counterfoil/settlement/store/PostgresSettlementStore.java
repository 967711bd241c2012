package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The store in a PostgreSQL database, which any number of servers may share: one writing connection a server, and one
/// for each reader while it is open. A lost connection is replaced by the next use.
public final class PostgresSettlementStore extends SqlSettlementStore {

  private static final SqlDialect DIALECT = new PostgresDialect();

  private final PostgresConnections connections;
  private final SqlStatements statements;

  private PostgresSettlementStore(PostgresConnections connections, SqlStatements statements) {
    super(statements);
    this.connections = connections;
    this.statements = statements;
  }

  /// Opens a database, and fills an empty one.
  ///
  /// @param password empty if the database server asks for none
  /// @throws StoreException STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT, STORE_UNREACHABLE,
  ///     STORE_REFUSED; the database is unchanged then
  public static PostgresSettlementStore open(PostgresAddress address, String password) {
    var connections = new PostgresConnections(address, password);
    try {
      try (Connection owner = connections.asOwner()) {
        new SqlMigrations(owner, DIALECT).apply();
      }
      return new PostgresSettlementStore(connections,
          new SqlStatements(connections.asWriter(), connections::asWriter, DIALECT));
    } catch (SQLException e) {
      throw DIALECT.failed("opening " + address, e);
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public SortedMap<Integer, Long> siteVersions() {
    var versions = new TreeMap<Integer, Long>();
    statements.many(SqlRegistry.VERSIONS, r -> List.of(r.getLong(1), r.getLong(2)))
        .forEach(row -> versions.put(Math.toIntExact(row.getFirst()), row.getLast()));
    return versions;
  }

  @Override
  public boolean claim(SortedSet<Integer> sites) {
    try {
      statements.connection().setAutoCommit(false);
      for (int site : sites) {
        PreparedStatement first = statements.prepare(SqlRegistry.FIRST_VERSION);
        first.setInt(1, site);
        first.executeUpdate();
        PreparedStatement hold = statements.prepare(SqlRegistry.HOLD_VERSION);
        hold.setInt(1, site);
        try (ResultSet result = hold.executeQuery()) {
          if (!result.next()) {
            throw new IllegalStateException("site " + site + " has no version");
          }
        }
      }
      return true;
    } catch (SQLException e) {
      if (DIALECT.isLostRace(e)) {
        release();
        return false;
      }
      throw statements.failed("claiming sites " + sites, e);
    }
  }

  @Override
  public void release() {
    if (statements.isInTransaction()) {
      rollback(null);
    }
  }

  @Override
  public ReadView openReader() {
    try {
      return new SqlReads(new SqlStatements(connections.asReader(), connections::asReader, DIALECT));
    } catch (SQLException e) {
      throw DIALECT.failed("opening a reader", e);
    }
  }
}
