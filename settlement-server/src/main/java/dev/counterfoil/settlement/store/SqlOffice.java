package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Statements, binding and reading of applications for refunds, notices and contacts; machines are in {@link SqlMachines}.
/// An instance belongs to its connection's thread.
final class SqlOffice implements OfficeReads {

  private static final String APPLICATION = "site, number, transaction_id, sale, account, amount, reason, applicant,"
      + " requested_ms, state, why, reviewer, said, decided_ms";
  private static final String NOTICE = "site, number, account, kind, about, words, at_ms";
  private static final String CONTACT = "site, account, phone, phone_key";

  /// Only one that is not decided: of two decisions at once one fails.
  static final String PUT_APPLICATION = SqlText.query("refund_application", APPLICATION, "site, number")
      + "state = excluded.state, reviewer = excluded.reviewer, said = excluded.said,"
      + " decided_ms = excluded.decided_ms WHERE refund_application.state = 'REVIEW'"
      + " AND refund_application.transaction_id = excluded.transaction_id";
  static final String INSERT_NOTICE = SqlText.insert("notice", NOTICE);
  static final String PUT_CONTACT = SqlText.upsert("account_contact", CONTACT, "site, account");

  private static final String APPLICATIONS = "SELECT " + APPLICATION
      + " FROM refund_application WHERE site = ?";
  private static final String CONTACTS = "SELECT " + CONTACT + " FROM account_contact WHERE site = ?";

  private final SqlStatements sql;

  SqlOffice(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public List<MachineRow> machines(int site) {
    return sql.many(SqlMachines.ALL + " ORDER BY number", SqlMachines::machine, site);
  }

  @Override
  public Optional<MachineRow> machine(int site, Hash token) {
    return sql.one(SqlMachines.ALL + " AND token = ?", SqlMachines::machine, site, token.bytes());
  }

  @Override
  public boolean hasNonce(int site, long machine, String nonce) {
    return sql.one(SqlMachines.NONCE, r -> r.getLong(1), site, machine, nonce).isPresent();
  }

  @Override
  public boolean hasNonceBefore(int site, long atMs) {
    return sql.one(SqlMachines.OLD_NONCE, r -> r.getLong(1), site, atMs).isPresent();
  }

  @Override
  public long lastApplication(int site) {
    return last("refund_application", site);
  }

  private long last(String table, int site) {
    return sql
        .one("SELECT coalesce(max(number), 0) FROM " + table + " WHERE site = ?", r -> r.getLong(1), site)
        .orElse(0L);
  }

  @Override
  public Optional<RefundApplicationRow> application(int site, long number) {
    return sql.one(APPLICATIONS + " AND number = ?", SqlOffice::applicationRow, site, number);
  }

  @Override
  public Optional<RefundApplicationRow> application(int site, TransactionId transaction) {
    return sql.one(APPLICATIONS + " AND transaction_id = ?", SqlOffice::applicationRow, site,
        transaction.bytes());
  }

  @Override
  public List<RefundApplicationRow> applications(int site, RefundApplicationRow.State state, long after,
      int limit) {
    return sql.many(APPLICATIONS + " AND state = ? AND number > ? ORDER BY number LIMIT ?",
        SqlOffice::applicationRow, site, state.name(), after, limit);
  }

  @Override
  public long lastNotice(int site) {
    return last("notice", site);
  }

  @Override
  public List<NoticeRow> notices(int site, long account, long after, int limit) {
    return sql.many("SELECT " + NOTICE
        + " FROM notice WHERE site = ? AND account = ? AND number > ? ORDER BY number LIMIT ?",
        r -> new NoticeRow(r.getInt(1), r.getLong(2), r.getLong(3), r.getString(4), r.getString(5),
            r.getString(6), r.getLong(7)),
        site, account, after, limit);
  }

  @Override
  public Optional<ContactRow> contact(int site, long account) {
    return sql.one(CONTACTS + " AND account = ?", SqlOffice::contactRow, site, account);
  }

  @Override
  public List<ContactRow> contactsByPhone(int site, byte[] phoneKey) {
    return sql.many(CONTACTS + " AND phone_key = ? ORDER BY account", SqlOffice::contactRow, site, phoneKey);
  }

  @Override
  public List<ContactRow> contacts(int site, long after, int limit) {
    return sql.many(CONTACTS + " AND account > ? ORDER BY account LIMIT ?", SqlOffice::contactRow, site,
        after,
        limit);
  }

  static void bind(PreparedStatement s, RefundApplicationRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setBytes(3, row.transaction().bytes());
    s.setBytes(4, row.sale().bytes());
    s.setLong(5, row.account());
    s.setLong(6, row.amount());
    SqlText.bindText(s, 7, row.reason());
    SqlText.bindText(s, 8, row.applicant());
    s.setLong(9, row.requestedMs());
    SqlText.bindText(s, 10, row.state().name());
    SqlText.bindText(s, 11, row.why());
    SqlText.bindText(s, 12, row.reviewer());
    SqlText.bindText(s, 13, row.said());
    s.setLong(14, row.decidedMs());
  }

  private static RefundApplicationRow applicationRow(ResultSet r) throws SQLException {
    return new RefundApplicationRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)),
        TransactionId.of(r.getBytes(4)), r.getLong(5), r.getLong(6), r.getString(7), r.getString(8),
        r.getLong(9), RefundApplicationRow.State.valueOf(r.getString(10)), r.getString(11), r.getString(12),
        r.getString(13), r.getLong(14));
  }

  static void bind(PreparedStatement s, NoticeRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setLong(3, row.account());
    SqlText.bindText(s, 4, row.kind());
    SqlText.bindText(s, 5, row.about());
    SqlText.bindText(s, 6, row.words());
    s.setLong(7, row.atMs());
  }

  static void bind(PreparedStatement s, ContactRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    s.setBytes(3, row.phone());
    s.setBytes(4, row.phoneKey());
  }

  private static ContactRow contactRow(ResultSet r) throws SQLException {
    return new ContactRow(r.getInt(1), r.getLong(2), r.getBytes(3), r.getBytes(4));
  }
}
