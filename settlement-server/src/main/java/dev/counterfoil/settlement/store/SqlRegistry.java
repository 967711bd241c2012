package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/// Statements, binding and reading of the tables about sites, settings, terminals and what they enrol with.
final class SqlRegistry {

  static final String SITE = "site, name, currency";
  static final String TERMINAL = "site, terminal, terminal_id, name, status, board_serial, certificate_hash, genesis_due,"
      + " confirmed_epoch, confirmed_nonce, offered_epoch, offered_nonce, offered_at_ms, boot_id, merchant_ledger,"
      + " drawer_ledger, reason";
  static final String TERMINAL_KEY = "site, terminal, key_id, algorithm, public_key, from_seq, until_seq, revoked";
  static final String EPOCH = "site, terminal, epoch, nonce, offered_at_ms, vouched";
  static final String CODE = "site, code_hash, terminal_name, terminal, created_at_ms, expires_at_ms, used_at_ms,"
      + " created_by";

  static final String PUT_SITE = SqlText.upsert("site", SITE, "site");
  static final String PUT_SETTING = SqlText.upsert("setting", "site, name, value", "site, name");
  static final String PUT_TERMINAL = SqlText.upsert("terminal", TERMINAL, "site, terminal");
  static final String PUT_TERMINAL_KEY = SqlText.upsert("terminal_key", TERMINAL_KEY,
      "site, terminal, key_id");
  static final String PUT_EPOCH = SqlText.upsert("terminal_epoch", EPOCH, "site, terminal, epoch");
  static final String INSERT_CODE = SqlText.insert("enrolment_code", CODE);
  static final String USE_CODE = "UPDATE enrolment_code SET used_at_ms = ?"
      + " WHERE site = ? AND code_hash = ? AND used_at_ms = 0";

  static final String RAISE_VERSION = "INSERT INTO site_version (site, version) VALUES (?, 1)"
      + " ON CONFLICT (site) DO UPDATE SET version = site_version.version + 1";
  static final String RAISE_EXPECTED_VERSION = RAISE_VERSION + " WHERE site_version.version = ?";
  static final String VERSIONS = "SELECT site, version FROM site_version";
  static final String FIRST_VERSION = "INSERT INTO site_version (site, version) VALUES (?, 0)"
      + " ON CONFLICT DO NOTHING";
  static final String HOLD_VERSION = "SELECT version FROM site_version WHERE site = ? FOR UPDATE";

  private SqlRegistry() {}

  static void bind(PreparedStatement s, TerminalRow row) throws SQLException {
    EpochId offered = row.offered();
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setBytes(3, row.terminalId().bytes());
    SqlText.bindText(s, 4, row.name());
    s.setInt(5, row.status().code());
    SqlText.bindText(s, 6, row.boardSerial());
    s.setBytes(7, row.certificateHash().bytes());
    s.setInt(8, row.genesisDue() ? 1 : 0);
    s.setInt(9, row.confirmed().number());
    s.setLong(10, row.confirmed().nonce());
    if (offered == null) {
      s.setNull(11, Types.BIGINT);
      s.setNull(12, Types.BIGINT);
    } else {
      s.setLong(11, offered.number());
      s.setLong(12, offered.nonce());
    }
    s.setLong(13, row.offeredAtMs());
    s.setBytes(14, row.bootId() == null ? null : row.bootId().bytes());
    s.setLong(15, row.merchantLedger());
    s.setLong(16, row.drawerLedger());
    SqlText.bindText(s, 17, row.reason());
  }

  static void bind(PreparedStatement s, TerminalKeyRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.key().id().value());
    s.setInt(4, row.key().algorithm().code());
    s.setBytes(5, row.key().encoded());
    s.setLong(6, row.fromSeq());
    s.setLong(7, row.untilSeq());
    s.setInt(8, row.revoked() ? 1 : 0);
  }

  static void bind(PreparedStatement s, EpochRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setInt(3, row.epoch().number());
    s.setLong(4, row.epoch().nonce());
    s.setLong(5, row.offeredAtMs());
    s.setInt(6, row.vouched() ? 1 : 0);
  }

  static void bind(PreparedStatement s, EnrolmentCodeRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.codeHash().bytes());
    SqlText.bindText(s, 3, row.terminalName());
    s.setInt(4, row.terminal());
    s.setLong(5, row.createdAtMs());
    s.setLong(6, row.expiresAtMs());
    s.setLong(7, row.usedAtMs());
    SqlText.bindText(s, 8, row.createdBy());
  }

  static void bindUse(PreparedStatement s, EnrolmentCodeRow row) throws SQLException {
    s.setLong(1, row.usedAtMs());
    s.setInt(2, row.site());
    s.setBytes(3, row.codeHash().bytes());
  }

  static void bind(PreparedStatement s, SiteRow row) throws SQLException {
    s.setInt(1, row.site());
    SqlText.bindText(s, 2, row.name());
    SqlText.bindText(s, 3, row.currency());
  }

  static void bind(PreparedStatement s, SettingRow row) throws SQLException {
    s.setInt(1, row.site());
    SqlText.bindText(s, 2, row.name());
    SqlText.bindText(s, 3, row.value());
  }

  static SiteRow site(ResultSet r) throws SQLException {
    return new SiteRow(r.getInt(1), r.getString(2), r.getString(3));
  }

  static TerminalRow terminal(ResultSet r) throws SQLException {
    byte[] boot = r.getBytes(14);
    int offered = r.getInt(11);
    EpochId offer = r.wasNull() ? null : new EpochId(offered, r.getLong(12));
    return new TerminalRow(r.getInt(1), r.getInt(2), TerminalId.of(r.getBytes(3)), r.getString(4),
        TerminalStatus.of(r.getInt(5)), r.getString(6), Hash.of(r.getBytes(7)), r.getInt(8) != 0,
        new EpochId(r.getInt(9), r.getLong(10)), offer, r.getLong(13), boot == null ? null : BootId.of(boot),
        r.getLong(15), r.getLong(16), r.getString(17));
  }

  static TerminalKeyRow terminalKey(ResultSet r) throws SQLException {
    int code = r.getInt(4);
    SignatureAlgorithm algorithm = SignatureAlgorithm.ofCode(code)
        .orElseThrow(() -> new IllegalStateException("no signature algorithm " + code));
    return new TerminalKeyRow(r.getInt(1), r.getInt(2), VerificationKey.of(algorithm, r.getBytes(5)),
        r.getLong(6),
        r.getLong(7), r.getInt(8) != 0);
  }

  static EpochRow epoch(ResultSet r) throws SQLException {
    return new EpochRow(r.getInt(1), r.getInt(2), new EpochId(r.getInt(3), r.getLong(4)), r.getLong(5),
        r.getInt(6) != 0);
  }

  static EnrolmentCodeRow code(ResultSet r) throws SQLException {
    return new EnrolmentCodeRow(r.getInt(1), Hash.of(r.getBytes(2)), r.getString(3), r.getInt(4),
        r.getLong(5),
        r.getLong(6), r.getLong(7), r.getString(8));
  }
}
