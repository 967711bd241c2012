package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditEvent;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/// Statements, binding and reading of the logs and of the audit trail.
final class SqlLogs {

  static final String SYNC = "site, entry, terminal, outcome, started_ms, ended_ms, from_seq, to_seq, records, bytes,"
      + " failures";
  static final String DEED = "site, entry, at_ms, operator, command, detail";
  static final String AUDIT_EVENT = "site, number, at_ms, actor, action, object, state_before, state_after, reason, hash";
  static final String AUDIT_ROOT = "site, day, number, hash, signature";

  /// The store numbers the entries: the entry is no parameter, and the site is one twice.
  static final String LOG_SYNC = SqlText.append("sync_log", SYNC);
  static final String LOG_DEED = SqlText.append("admin_log", DEED);
  /// Only as the next one: two writers cannot make two branches.
  static final String APPEND_AUDIT = "INSERT INTO audit_event (" + AUDIT_EVENT
      + ") SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
      + " WHERE ? = (SELECT coalesce(max(number), 0) + 1 FROM audit_event WHERE site = ?)";
  static final String INSERT_AUDIT_ROOT = SqlText.insert("audit_root", AUDIT_ROOT);

  private SqlLogs() {}

  static void bind(PreparedStatement s, AuditChain.Link row) throws SQLException {
    AuditEntry entry = row.event().entry();
    s.setInt(1, row.event().site());
    s.setLong(2, row.event().number());
    s.setLong(3, entry.at().toEpochMilli());
    SqlText.bindText(s, 4, entry.actor());
    SqlText.bindText(s, 5, entry.action());
    SqlText.bindText(s, 6, entry.object());
    SqlText.bindText(s, 7, entry.before());
    SqlText.bindText(s, 8, entry.after());
    SqlText.bindText(s, 9, entry.reason());
    s.setBytes(10, row.hash().bytes());
    s.setLong(11, row.event().number());
    s.setInt(12, row.event().site());
  }

  static void bind(PreparedStatement s, SyncRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.site());
    s.setInt(3, row.terminal());
    SqlText.bindText(s, 4, row.outcome());
    s.setLong(5, row.startedMs());
    s.setLong(6, row.endedMs());
    s.setLong(7, row.fromSeq());
    s.setLong(8, row.toSeq());
    s.setLong(9, row.records());
    s.setLong(10, row.bytes());
    s.setInt(11, row.failures());
  }

  static void bind(PreparedStatement s, AdminRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.site());
    s.setLong(3, row.atMs());
    SqlText.bindText(s, 4, row.operator());
    SqlText.bindText(s, 5, row.command());
    SqlText.bindText(s, 6, row.detail());
  }

  static void bind(PreparedStatement s, AuditRoot.Signed row) throws SQLException {
    AuditChain last = row.root().last();
    s.setInt(1, last.site());
    s.setLong(2, row.root().day().toEpochDay());
    s.setLong(3, last.number());
    s.setBytes(4, last.head().bytes());
    s.setBytes(5, row.signature());
  }

  static SyncRow sync(ResultSet r) throws SQLException {
    return new SyncRow(r.getInt(1), r.getLong(2), r.getInt(3), r.getString(4), r.getLong(5), r.getLong(6),
        r.getLong(7), r.getLong(8), r.getLong(9), r.getLong(10), r.getInt(11));
  }

  static AdminRow deed(ResultSet r) throws SQLException {
    return new AdminRow(r.getInt(1), r.getLong(2), r.getLong(3), r.getString(4), r.getString(5),
        r.getString(6));
  }

  static AuditChain.Link auditLink(ResultSet r) throws SQLException {
    var entry = new AuditEntry(Instant.ofEpochMilli(r.getLong(3)), r.getString(4), r.getString(5),
        r.getString(6),
        r.getString(7), r.getString(8), r.getString(9));
    return new AuditChain.Link(new AuditEvent(r.getInt(1), r.getLong(2), entry), Hash.of(r.getBytes(10)));
  }

  static AuditRoot.Signed auditRoot(ResultSet r) throws SQLException {
    var last = new AuditChain(r.getInt(1), r.getLong(3), Hash.of(r.getBytes(4)));
    return new AuditRoot.Signed(new AuditRoot(LocalDate.ofEpochDay(r.getLong(2)), last), r.getBytes(5));
  }
}
