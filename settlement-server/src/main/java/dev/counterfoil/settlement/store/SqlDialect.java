package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// What the two databases do not share: what their failures mean, how a database shows whose it is, and the words of
/// the schema's scripts (`schema-NAME.sql`). Statement texts are the same for both.
sealed interface SqlDialect permits SqliteDialect {

  /// `sqlite` or `postgresql`.
  String name();

  /// Whether a key that had to be new exists, rather than the storage being broken.
  boolean isKeyConflict(SQLException e);

  StoreFault fault(SQLException e);

  /// Begins the transaction in which the schema is brought up to date, marks an empty database as ours, and keeps other
  /// servers from doing the same at once.
  ///
  /// @throws StoreException STORE_CORRUPT if the database is another program's
  void claim(Connection connection, Statement statement) throws SQLException;

  /// @param doing what failed, as a participle
  default StoreException failed(String doing, SQLException e) {
    return new StoreException(fault(e), doing + ": " + e.getMessage(), e);
  }
}
