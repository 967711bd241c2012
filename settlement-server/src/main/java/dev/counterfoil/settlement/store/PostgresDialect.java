package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// PostgreSQL's part, by SQLSTATE (PostgreSQL manual, appendix A).
record PostgresDialect() implements SqlDialect {

  /// The advisory lock under which a schema is brought up to date: "CFSV".
  private static final long MIGRATION_LOCK = 0x43465356L;
  private static final String MARK = "counterfoil settlement server";

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean takesArrays() {
    return true;
  }

  @Override
  public boolean isKeyConflict(SQLException e) {
    return state(e).equals("23505");
  }

  @Override
  public boolean isLostRace(SQLException e) {
    return switch (state(e)) {
      // Not serializable, deadlock, lock not had in time.
      case "40001", "40P01", "55P03" -> true;
      default -> false;
    };
  }

  @Override
  public boolean isWithoutTransaction(SQLException e) {
    return false;
  }

  @Override
  public StoreFault fault(SQLException e) {
    String state = state(e);
    return switch (state) {
      case "53100" -> StoreFault.STORE_FULL;
      // Too many connections; shutdown, crash of a neighbour, not yet started, idle too long, only a standby.
      case "53300", "57P01", "57P02", "57P03", "57P05", "25P03", "25006" -> StoreFault.STORE_UNREACHABLE;
      case "XX001", "XX002" -> StoreFault.STORE_CORRUPT;
      case "3D000", "42501" -> StoreFault.STORE_REFUSED;
      default -> byClass(state.length() < 2 ? "" : state.substring(0, 2));
    };
  }

  private static StoreFault byClass(String kind) {
    return switch (kind) {
      case "08" -> StoreFault.STORE_UNREACHABLE;
      case "28" -> StoreFault.STORE_REFUSED;
      default -> StoreFault.STORE_IO;
    };
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  @Override
  public void claim(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
      if (holds(statement,
          "SELECT obj_description(to_regclass('schema_history'), 'pg_class') = '" + MARK + "'")) {
        return;
      }
      if (holds(statement,
          "SELECT count(*) > 0 FROM pg_class WHERE relnamespace = current_schema()::regnamespace")) {
        throw new StoreException(StoreFault.STORE_CORRUPT, "the database holds another program's tables");
      }
      statement.execute("CREATE TABLE schema_history"
          + " (version INTEGER PRIMARY KEY, script TEXT NOT NULL, checksum TEXT NOT NULL)");
      statement.execute("COMMENT ON TABLE schema_history IS '" + MARK + "'");
    }
  }

  @Override
  public void grant(Connection connection, boolean changed) throws SQLException {
    PostgresRole.grant(connection, changed);
  }

  private static boolean holds(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }
}
