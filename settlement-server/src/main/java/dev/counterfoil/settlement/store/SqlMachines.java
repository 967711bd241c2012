package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Permission;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Statements, binding and reading of the tables about machines.
final class SqlMachines {

  private static final String COLUMNS = "site, number, name, scopes, token, signing_key, created_ms, expires_ms,"
      + " revoked_ms";
  static final String PUT = SqlText.upsert("machine_client", COLUMNS, "site, number");
  static final String ALL = "SELECT " + COLUMNS + " FROM machine_client WHERE site = ?";
  static final String INSERT_NONCE = SqlText.insert("machine_nonce", "site, machine, nonce, at_ms");
  static final String FORGET = "DELETE FROM machine_nonce WHERE site = ? AND at_ms < ?";
  static final String NONCE = "SELECT at_ms FROM machine_nonce WHERE site = ? AND machine = ? AND nonce = ?";
  static final String OLD_NONCE = "SELECT at_ms FROM machine_nonce WHERE site = ? AND at_ms < ? LIMIT 1";

  private SqlMachines() {}

  static void bind(PreparedStatement s, MachineRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    SqlText.bindText(s, 3, row.name());
    SqlText.bindText(s, 4, row.scopes().stream().map(Permission::name).collect(Collectors.joining(",")));
    s.setBytes(5, row.token().bytes());
    s.setBytes(6, row.key());
    s.setLong(7, row.createdMs());
    s.setLong(8, row.expiresMs());
    s.setLong(9, row.revokedMs());
  }

  static MachineRow machine(ResultSet r) throws SQLException {
    return new MachineRow(r.getInt(1), r.getLong(2), r.getString(3),
        Arrays.stream(r.getString(4).split(",")).map(Permission::valueOf).toList(), Hash.of(r.getBytes(5)),
        r.getBytes(6), r.getLong(7), r.getLong(8), r.getLong(9));
  }

  static void bind(PreparedStatement s, NonceRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.machine());
    SqlText.bindText(s, 3, row.nonce());
    s.setLong(4, row.atMs());
  }

  static void bind(PreparedStatement s, NonceRow.Before row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.atMs());
  }
}
