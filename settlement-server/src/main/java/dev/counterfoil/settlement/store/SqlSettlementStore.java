package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A store in a database that speaks SQL: a commit unit is one transaction on the one writing connection, which is also
/// the one that reads.
abstract sealed class SqlSettlementStore extends SqlReads implements SettlementStore
    permits SqliteSettlementStore, PostgresSettlementStore {

  private final SqlStatements statements;
  private final SqlCommit writer;

  SqlSettlementStore(SqlStatements statements) {
    super(statements);
    this.statements = statements;
    this.writer = new SqlCommit(statements);
  }

  @Override
  public CommitOutcome commit(CommitUnit unit) {
    boolean ending = false;
    try {
      Connection connection = statements.connection();
      connection.setAutoCommit(false);
      CommitOutcome problem = writer.write(unit);
      if (problem != null) {
        rollback(null);
        return problem;
      }
      ending = true;
      connection.commit();
      connection.setAutoCommit(true);
      return new CommitOutcome.Committed();
    } catch (SQLException e) {
      return failed(unit, ending, e);
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  private CommitOutcome failed(CommitUnit unit, boolean ending, SQLException e) {
    SqlDialect dialect = statements.dialect();
    if (dialect.fault(e) == StoreFault.STORE_UNREACHABLE) {
      // The answer to COMMIT is lost with the connection; before that the database undoes the unit by itself.
      throw statements
          .failed(ending ? "committing, and whether the unit was written is unknown" : "writing", e);
    }
    rollback(e);
    if (dialect.isKeyConflict(e)) {
      return new CommitOutcome.KeyConflict(String.valueOf(e.getMessage()));
    }
    if (dialect.isLostRace(e)) {
      return new CommitOutcome.SiteMoved(unit.touchedSites());
    }
    throw statements.failed("committing", e);
  }

  /// Ends the transaction of this connection, if there is one, without its changes.
  final void rollback(@Nullable Exception cause) {
    try {
      statements.forgetBatches();
      statements.rollback();
    } catch (SQLException e) {
      if (cause != null) {
        e.addSuppressed(cause);
      }
      throw statements.failed("rolling back", e);
    }
  }
}
