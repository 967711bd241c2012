package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The role under which the server works: it may insert into every table, update those that are not append-only, and
/// delete nothing but old answers and nonces, so that even a wrong statement of ours cannot change what was booked. Made where the user of the
/// address may make roles; otherwise triggers alone keep the tables.
final class PostgresRole {

  static final String NAME = "counterfoil_writer";

  private static final String GRANTABLE = "SELECT rolsuper OR rolcreaterole OR EXISTS"
      + " (SELECT 1 FROM pg_roles w WHERE w.rolname = '" + NAME
      + "' AND pg_has_role(current_user, w.oid, 'MEMBER'))"
      + " FROM pg_roles WHERE rolname = current_user";
  private static final String EXISTS = "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + NAME
      + "')";
  private static final String MEMBER = "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + NAME
      + "' AND pg_has_role(current_user, oid, 'MEMBER'))";
  private static final String GRANTED = "SELECT has_table_privilege('" + NAME
      + "', 'schema_history', 'SELECT')";
  /// Whether the user owns the tables, so that it may say who uses them.
  private static final String OWNER = "SELECT relowner = current_user::regrole FROM pg_class"
      + " WHERE oid = to_regclass('schema_history')";
  /// All tables but those whose rows are never changed.
  private static final String CHANGEABLE = "SELECT quote_ident(c.relname) FROM pg_class c"
      + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_history'"
      + " AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_no_change')";

  /// Answers to callers, which are kept for a time.
  private static final String FORGOTTEN = "api_answer, machine_nonce";

  private PostgresRole() {}

  /// Makes the role and says what it may do. In the transaction that brought the schema up to date.
  static void grant(Connection connection, boolean changed) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!changed && holds(statement, MEMBER) && holds(statement, GRANTED)) {
        return;
      }
      if (!holds(statement, GRANTABLE) || !holds(statement, OWNER)) {
        return;
      }
      if (!holds(statement, EXISTS)) {
        statement.execute("CREATE ROLE " + NAME + " NOLOGIN");
      }
      if (!holds(statement, MEMBER)) {
        statement.execute("GRANT " + NAME + " TO CURRENT_USER");
      }
      String schema = text(statement, "SELECT quote_ident(current_schema())").getFirst();
      statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + NAME);
      statement.execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA " + schema + " TO " + NAME);
      statement.execute("GRANT DELETE ON " + FORGOTTEN + " TO " + NAME);
      statement.execute("GRANT UPDATE ON " + String.join(", ", text(statement, CHANGEABLE)) + " TO " + NAME);
    }
  }

  /// For the rest of a connection, where the role exists, this user may take it on, and it may use our tables.
  static void takeOn(Statement statement) throws SQLException {
    if (holds(statement, MEMBER)
        && holds(statement, GRANTED)) {
      statement.execute("SET ROLE " + NAME);
    }
  }

  private static boolean holds(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static List<String> text(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    }
  }
}
