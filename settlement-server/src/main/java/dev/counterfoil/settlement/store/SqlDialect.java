package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;

/// What the two databases do not share: what their failures mean, how a database shows whose it is, and the words of
/// the schema's scripts (`schema-NAME.sql`). Statement texts are the same for both but for lists (SqlById).
sealed interface SqlDialect permits SqliteDialect, PostgresDialect {

  /// `sqlite` or `postgresql`.
  String name();

  /// Whether several servers may write to one database, so that each must see what the others did.
  boolean isShared();

  /// Whether a list of values can be one parameter.
  boolean takesArrays();

  /// Whether a key that had to be new exists, rather than the storage being broken.
  boolean isKeyConflict(SQLException e);

  /// Whether the database ended the transaction in favour of another one; the same unit may be possible later.
  boolean isLostRace(SQLException e);

  /// Whether ending a transaction failed because there is none any more.
  boolean isWithoutTransaction(SQLException e);

  StoreFault fault(SQLException e);

  /// Begins the transaction in which the schema is brought up to date, keeps other servers from doing the same at once,
  /// and makes the table of what was applied in an empty database.
  ///
  /// @throws StoreException STORE_CORRUPT if the database is another program's
  void claim(Connection connection) throws SQLException;

  /// Says what the server itself may do with the tables, where the database knows such rights. In the transaction of
  /// {@link #claim}, after the scripts.
  ///
  /// @param changed whether there are new tables
  void grant(Connection connection, boolean changed) throws SQLException;

  /// @param doing what failed, as a participle
  default StoreException failed(String doing, SQLException e) {
    return new StoreException(fault(e), doing + ": " + e.getMessage(), e);
  }
}
