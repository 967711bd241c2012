package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Statements, binding and reading of the tables about operators.
final class SqlOperators {

  private static final String OPERATOR_COLUMNS = "site, number, name, role, active, password, totp, recovery, failures,"
      + " locked_until_ms, last_step, password_due, password_set_ms";
  private static final String SESSION_COLUMNS = "site, token, operator, role, begun_ms, last_used_ms, ended, ended_at_ms";
  private static final String APPROVAL_COLUMNS = "site, number, action, content, requester, expires_ms, state, approver,"
      + " decided_at_ms, shown, first_approver";

  static final String PUT_OPERATOR = SqlText.upsert("operator", OPERATOR_COLUMNS, "site, number");
  /// One that has ended is never put to life again.
  static final String PUT_SESSION = "INSERT INTO operator_session (" + SESSION_COLUMNS
      + ") SELECT ?, ?, ?, ?, ?, ?, '', 0 WHERE TRUE ON CONFLICT (site, token) DO UPDATE SET"
      + " last_used_ms = excluded.last_used_ms WHERE operator_session.ended = ''";
  static final String END_SESSION = "UPDATE operator_session SET ended = ?, ended_at_ms = ?"
      + " WHERE site = ? AND token = ? AND operator = ? AND ended = ''";
  /// Only the same request, and only while it is open: of two that use it up at once, one fails.
  static final String PUT_APPROVAL = SqlText.query("approval", APPROVAL_COLUMNS, "site, number")
      + "state = excluded.state, approver = excluded.approver, decided_at_ms = excluded.decided_at_ms,"
      + " first_approver = excluded.first_approver"
      + " WHERE approval.state IN ('WAITING', 'APPROVED') AND approval.action = excluded.action"
      + " AND approval.content = excluded.content AND approval.requester = excluded.requester"
      + " AND approval.expires_ms = excluded.expires_ms";

  static final String OPERATORS = "SELECT " + OPERATOR_COLUMNS + " FROM operator WHERE site = ?";
  static final String SESSIONS = "SELECT " + SESSION_COLUMNS + " FROM operator_session WHERE site = ?";
  static final String APPROVALS = "SELECT " + APPROVAL_COLUMNS + " FROM approval WHERE site = ?";

  private static final String ANSWER_COLUMNS = "site, caller, request_key, content, status, body, at_ms";
  static final String INSERT_ANSWER = SqlText.insert("api_answer", ANSWER_COLUMNS);
  static final String ANSWER = "SELECT " + ANSWER_COLUMNS
      + " FROM api_answer WHERE site = ? AND caller = ? AND request_key = ?";
  static final String FORGET_ANSWERS = "DELETE FROM api_answer WHERE site = ? AND at_ms < ?";

  private SqlOperators() {}

  static void bind(PreparedStatement s, AnswerRow row) throws SQLException {
    s.setInt(1, row.site());
    SqlText.bindText(s, 2, row.caller());
    SqlText.bindText(s, 3, row.key());
    s.setBytes(4, row.content().bytes());
    s.setInt(5, row.status());
    SqlText.bindText(s, 6, row.body());
    s.setLong(7, row.atMs());
  }

  static AnswerRow answer(ResultSet r) throws SQLException {
    return new AnswerRow(r.getInt(1), r.getString(2), r.getString(3), Hash.of(r.getBytes(4)), r.getInt(5),
        r.getString(6), r.getLong(7));
  }

  static void bind(PreparedStatement s, AnswersBefore row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.atMs());
  }

  static void bind(PreparedStatement s, OperatorRow row) throws SQLException {
    Operator operator = row.operator();
    s.setInt(1, operator.site());
    s.setLong(2, operator.number());
    SqlText.bindText(s, 3, operator.name());
    SqlText.bindText(s, 4, operator.role().name());
    s.setInt(5, operator.active() ? 1 : 0);
    SqlText.bindText(s, 6, row.password());
    s.setBytes(7, row.totp());
    s.setBytes(8, joined(row.recovery().unused()));
    s.setInt(9, row.guard().failures());
    s.setLong(10, row.guard().lockedUntil().toEpochMilli());
    s.setLong(11, row.guard().lastStep());
    s.setInt(12, row.passwordDue() ? 1 : 0);
    s.setLong(13, row.passwordSetMs());
  }

  static OperatorRow operator(ResultSet r) throws SQLException {
    var operator = new Operator(r.getInt(1), r.getLong(2), r.getString(3), Role.valueOf(r.getString(4)),
        r.getInt(5) == 1);
    var guard = new SignIn.Guard(r.getInt(9), Instant.ofEpochMilli(r.getLong(10)), r.getLong(11));
    return new OperatorRow(operator, r.getString(6), r.getBytes(7), new RecoveryCodes(split(r.getBytes(8))),
        guard, r.getInt(12) == 1, r.getLong(13));
  }

  static void bind(PreparedStatement s, Session.State.Active row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.token().bytes());
    s.setLong(3, row.operator());
    SqlText.bindText(s, 4, row.role().name());
    s.setLong(5, row.begun().toEpochMilli());
    s.setLong(6, row.lastUsed().toEpochMilli());
  }

  static void bind(PreparedStatement s, Session.State.Ended row) throws SQLException {
    SqlText.bindText(s, 1, row.why().name());
    s.setLong(2, row.at().toEpochMilli());
    s.setInt(3, row.site());
    s.setBytes(4, row.token().bytes());
    s.setLong(5, row.operator());
  }

  static Session.State session(ResultSet r) throws SQLException {
    Hash token = Hash.of(r.getBytes(2));
    String ended = r.getString(7);
    return ended.isEmpty()
        ? new Session.State.Active(r.getInt(1), token, r.getLong(3), Role.valueOf(r.getString(4)),
            Instant.ofEpochMilli(r.getLong(5)), Instant.ofEpochMilli(r.getLong(6)))
        : new Session.State.Ended(r.getInt(1), token, r.getLong(3), Session.End.valueOf(ended),
            Instant.ofEpochMilli(r.getLong(8)));
  }

  static void bind(PreparedStatement s, ApprovalRow row) throws SQLException {
    Approval approval = row.approval();
    s.setInt(1, approval.site());
    s.setLong(2, row.number());
    SqlText.bindText(s, 3, approval.action().name());
    s.setBytes(4, approval.content().bytes());
    s.setLong(5, approval.requester());
    s.setLong(6, approval.expires().toEpochMilli());
    SqlText.bindText(s, 10, row.shown());
    s.setLong(11, approval.first());
    switch (approval.state()) {
      case Approval.State.Waiting() -> bindState(s, "WAITING", 0, Instant.EPOCH);
      case Approval.State.Approved(long approver, Instant at) -> bindState(s, "APPROVED", approver, at);
      case Approval.State.Rejected(long approver, Instant at) -> bindState(s, "REJECTED", approver, at);
      case Approval.State.Withdrawn(Instant at) -> bindState(s, "WITHDRAWN", 0, at);
      case Approval.State.Used(long approver, Instant at) -> bindState(s, "USED", approver, at);
    }
  }

  private static void bindState(PreparedStatement s, String state, long approver, Instant at)
      throws SQLException {
    SqlText.bindText(s, 7, state);
    s.setLong(8, approver);
    s.setLong(9, at.toEpochMilli());
  }

  static ApprovalRow approval(ResultSet r) throws SQLException {
    return new ApprovalRow(r.getLong(2),
        new Approval(r.getInt(1), GuardedAction.valueOf(r.getString(3)), Hash.of(r.getBytes(4)), r.getLong(5),
            Instant.ofEpochMilli(r.getLong(6)), state(r), r.getLong(11)),
        r.getString(10));
  }

  private static Approval.State state(ResultSet r) throws SQLException {
    long approver = r.getLong(8);
    Instant at = Instant.ofEpochMilli(r.getLong(9));
    String state = r.getString(7);
    return switch (state) {
      case "WAITING" -> new Approval.State.Waiting();
      case "APPROVED" -> new Approval.State.Approved(approver, at);
      case "REJECTED" -> new Approval.State.Rejected(approver, at);
      case "WITHDRAWN" -> new Approval.State.Withdrawn(at);
      case "USED" -> new Approval.State.Used(approver, at);
      default -> throw new IllegalStateException("approval state " + state);
    };
  }

  private static byte[] joined(List<Hash> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Hash.LENGTH);
    hashes.forEach(hash -> bytes.put(hash.bytes()));
    return bytes.array();
  }

  private static List<Hash> split(byte[] bytes) {
    var hashes = new ArrayList<Hash>();
    for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
      hashes.add(Hash.at(bytes, at));
    }
    return hashes;
  }
}
