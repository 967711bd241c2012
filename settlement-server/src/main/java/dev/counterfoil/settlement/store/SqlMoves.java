package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statements, binding and reading of the tables about money that operators move.
final class SqlMoves implements MoneyReads {

  private static final String NOTE_COLUMNS = "site, transaction_id, other_account, first_transfer, at_ms, sub_type,"
      + " operator, reason";
  private static final String LINE_COLUMNS = "site, order_id, line, transaction_id, payer, payee, amount, outcome, at_ms";
  private static final String FREEZE_COLUMNS = "site, number, transaction_id, account, amount, kind, reason,"
      + " condition_text, operator, at_ms, expires_ms, end_kind, end_reason, end_operator, ended_at_ms";
  private static final String REQUEST_COLUMNS = "site, number, kind, transaction_id, account, amount, way, target,"
      + " reason, requester, requested_ms, state, approver, decided_ms, outcome, ended_ms";

  static final String INSERT_NOTE = SqlText.insert("transaction_note", NOTE_COLUMNS);
  static final String INSERT_LINE = SqlText.insert("transfer_line", LINE_COLUMNS);
  /// Only the same freeze, and only while it lasts: of two that end it at once, one fails.
  static final String PUT_FREEZE = SqlText.query("fund_freeze", FREEZE_COLUMNS, "site, number")
      + "end_kind = excluded.end_kind, end_reason = excluded.end_reason, end_operator = excluded.end_operator,"
      + " ended_at_ms = excluded.ended_at_ms WHERE fund_freeze.ended_at_ms = 0 AND excluded.ended_at_ms > 0"
      + " AND fund_freeze.transaction_id = excluded.transaction_id";
  /// Only the same request, and only while it is open.
  static final String PUT_REQUEST = SqlText.query("money_request", REQUEST_COLUMNS, "site, number")
      + "state = excluded.state, approver = excluded.approver, decided_ms = excluded.decided_ms,"
      + " outcome = excluded.outcome, ended_ms = excluded.ended_ms WHERE money_request.ended_ms = 0"
      + " AND money_request.state <> excluded.state AND money_request.transaction_id = excluded.transaction_id";

  private static final String FREEZES = "SELECT " + FREEZE_COLUMNS + " FROM fund_freeze WHERE site = ?";
  private static final String REQUESTS = "SELECT " + REQUEST_COLUMNS + " FROM money_request WHERE site = ?";

  private final SqlStatements sql;

  SqlMoves(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<TransactionNoteRow> note(int site, TransactionId transaction) {
    return sql.one("SELECT " + NOTE_COLUMNS + " FROM transaction_note WHERE site = ? AND transaction_id = ?",
        SqlMoves::note, site, transaction.bytes());
  }

  @Override
  public List<TransferLineRow> transferLines(int site, TransactionId order) {
    return sql.many(
        "SELECT " + LINE_COLUMNS + " FROM transfer_line WHERE site = ? AND order_id = ? ORDER BY line",
        SqlMoves::line, site, order.bytes());
  }

  @Override
  public long sentSince(int site, long account, long sinceMs) {
    return sql
        .one("SELECT coalesce(sum(amount), 0) FROM business_transaction WHERE site = ? AND account = ?"
            + " AND account > 0 AND first_transfer > 0 AND kind = 8 AND reverses IS NULL AND at_ms >= ?",
            r -> r.getLong(1), site, account, sinceMs)
        .orElse(0L);
  }

  @Override
  public long lastFreeze(int site) {
    return sql.one("SELECT coalesce(max(number), 0) FROM fund_freeze WHERE site = ?", r -> r.getLong(1), site)
        .orElse(0L);
  }

  @Override
  public Optional<FreezeRow> freeze(int site, long number) {
    return sql.one(FREEZES + " AND number = ?", SqlMoves::freeze, site, number);
  }

  @Override
  public Optional<FreezeRow> freeze(int site, TransactionId transaction) {
    return sql.one(FREEZES + " AND transaction_id = ?", SqlMoves::freeze, site, transaction.bytes());
  }

  @Override
  public List<FreezeRow> freezesOf(int site, long account, long after, int limit) {
    return sql.many(FREEZES + " AND account = ? AND number > ? ORDER BY number LIMIT ?", SqlMoves::freeze,
        site, account, after, limit);
  }

  @Override
  public List<FreezeRow> freezesDue(int site, long nowMs, int limit) {
    return sql.many(FREEZES + " AND ended_at_ms = 0 AND expires_ms > 0 AND expires_ms <= ?"
        + " ORDER BY number LIMIT ?", SqlMoves::freeze, site, nowMs, limit);
  }

  @Override
  public long lastRequest(int site) {
    return sql
        .one("SELECT coalesce(max(number), 0) FROM money_request WHERE site = ?", r -> r.getLong(1), site)
        .orElse(0L);
  }

  @Override
  public Optional<MoneyRequestRow> request(int site, long number) {
    return sql.one(REQUESTS + " AND number = ?", SqlMoves::request, site, number);
  }

  @Override
  public Optional<MoneyRequestRow> request(int site, TransactionId transaction) {
    return sql.one(REQUESTS + " AND transaction_id = ?", SqlMoves::request, site, transaction.bytes());
  }

  @Override
  public List<MoneyRequestRow> requests(int site, MoneyRequestKind kind, MoneyRequestState state, long after,
      int limit) {
    return sql.many(REQUESTS + " AND kind = ? AND state = ? AND number > ? ORDER BY number LIMIT ?",
        SqlMoves::request, site, kind.name(), state.name(), after, limit);
  }

  @Override
  public long withdrawnSince(int site, long account, long sinceMs) {
    return sql
        .one("SELECT coalesce(sum(amount), 0) FROM money_request WHERE site = ? AND kind = 'WITHDRAWAL'"
            + " AND account = ? AND requested_ms >= ? AND state IN ('REQUESTED', 'APPROVED', 'DONE')",
            r -> r.getLong(1), site, account, sinceMs)
        .orElse(0L);
  }

  static void bind(PreparedStatement s, TransactionNoteRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setLong(3, row.otherAccount());
    s.setLong(4, row.firstTransfer());
    s.setLong(5, row.atMs());
    SqlText.bindText(s, 6, row.subType());
    SqlText.bindText(s, 7, row.operator());
    SqlText.bindText(s, 8, row.reason());
  }

  private static TransactionNoteRow note(ResultSet r) throws SQLException {
    return new TransactionNoteRow(r.getInt(1), TransactionId.of(r.getBytes(2)), r.getLong(3), r.getLong(4),
        r.getLong(5), r.getString(6), r.getString(7), r.getString(8));
  }

  static void bind(PreparedStatement s, TransferLineRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.order().bytes());
    s.setInt(3, row.line());
    s.setBytes(4, row.transaction().bytes());
    s.setLong(5, row.payer());
    s.setLong(6, row.payee());
    s.setLong(7, row.amount());
    SqlText.bindText(s, 8, row.outcome());
    s.setLong(9, row.atMs());
  }

  private static TransferLineRow line(ResultSet r) throws SQLException {
    return new TransferLineRow(r.getInt(1), TransactionId.of(r.getBytes(2)), r.getInt(3),
        TransactionId.of(r.getBytes(4)), r.getLong(5), r.getLong(6), r.getLong(7), r.getString(8),
        r.getLong(9));
  }

  static void bind(PreparedStatement s, FreezeRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setBytes(3, row.transaction().bytes());
    s.setLong(4, row.account());
    s.setLong(5, row.amount());
    SqlText.bindText(s, 6, row.kind().name());
    SqlText.bindText(s, 7, row.reason());
    SqlText.bindText(s, 8, row.condition());
    SqlText.bindText(s, 9, row.operator());
    s.setLong(10, row.atMs());
    s.setLong(11, row.expiresMs());
    FreezeRow.End end = row.end();
    SqlText.bindText(s, 12, end == null ? "" : end.kind().name());
    SqlText.bindText(s, 13, end == null ? "" : end.reason());
    SqlText.bindText(s, 14, end == null ? "" : end.operator());
    s.setLong(15, end == null ? 0 : end.atMs());
  }

  private static FreezeRow freeze(ResultSet r) throws SQLException {
    return new FreezeRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)), r.getLong(4),
        r.getLong(5),
        FreezeKind.valueOf(r.getString(6)), r.getString(7), r.getString(8), r.getString(9), r.getLong(10),
        r.getLong(11), end(r));
  }

  private static FreezeRow.@Nullable End end(ResultSet r) throws SQLException {
    long at = r.getLong(15);
    return at == 0 ? null
        : new FreezeRow.End(UnfreezeKind.valueOf(r.getString(12)), r.getString(13), r.getString(14), at);
  }

  static void bind(PreparedStatement s, MoneyRequestRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    SqlText.bindText(s, 3, row.kind().name());
    s.setBytes(4, row.transaction().bytes());
    s.setLong(5, row.account());
    s.setLong(6, row.amount());
    SqlText.bindText(s, 7, row.way());
    SqlText.bindId(s, 8, row.target());
    SqlText.bindText(s, 9, row.reason());
    SqlText.bindText(s, 10, row.requester());
    s.setLong(11, row.requestedMs());
    SqlText.bindText(s, 12, row.state().name());
    SqlText.bindText(s, 13, row.approver());
    s.setLong(14, row.decidedMs());
    SqlText.bindText(s, 15, row.outcome());
    s.setLong(16, row.endedMs());
  }

  private static MoneyRequestRow request(ResultSet r) throws SQLException {
    return new MoneyRequestRow(r.getInt(1), r.getLong(2), MoneyRequestKind.valueOf(r.getString(3)),
        TransactionId.of(r.getBytes(4)), r.getLong(5), r.getLong(6), r.getString(7),
        SqlText.transaction(r, 8), r.getString(9), r.getString(10), r.getLong(11),
        MoneyRequestState.valueOf(r.getString(12)), r.getString(13), r.getLong(14), r.getString(15),
        r.getLong(16));
  }
}
