package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one commit unit inside the transaction that its caller has begun: one prepared statement a table, rows in
/// batches. Stops at the first list with a row that must not be written.
final class SqliteCommit {

  private final SqliteStatements statements;

  SqliteCommit(SqliteStatements statements) {
    this.statements = statements;
  }

  private interface Binder<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  /// @return what must not be written, or null if everything was
  @Nullable
  CommitOutcome write(CommitUnit unit) throws SQLException {
    // Comparisons first, so that a unit that lost its race costs little.
    for (HeadUpdate update : unit.heads()) {
      if (!moveHead(update)) {
        return new CommitOutcome.HeadMoved(update.next().site(), update.next().terminal());
      }
    }
    if (!all(USE_CODE, unit.enrolmentCodeUses(), SqliteCommit::bindCodeUse)) {
      return new CommitOutcome.KeyConflict("enrolment code is used or unknown");
    }
    if (!all(RESOLVE, unit.resolutions(), SqliteCommit::bindResolution)) {
      return new CommitOutcome.KeyConflict("exception is not open");
    }
    if (!all(LEDGER, unit.ledgerAccounts(), SqliteCommit::bindLedger)) {
      return new CommitOutcome.KeyConflict("ledger account has another version");
    }
    if (!all(AUDIT_EVENT, unit.auditLinks(), SqliteCommit::bindAudit)) {
      return new CommitOutcome.KeyConflict("audit event is not the next one");
    }
    if (!operators(unit)) {
      return new CommitOutcome.KeyConflict("session has ended or approval is closed");
    }
    records(unit);
    money(unit);
    registry(unit);
    logs(unit);
    return null;
  }

  private boolean operators(CommitUnit unit) throws SQLException {
    all(SqliteOperators.PUT_OPERATOR, unit.operators(), SqliteOperators::bind);
    return all(SqliteOperators.PUT_SESSION, unit.sessions(), SqliteOperators::bind)
        && all(SqliteOperators.END_SESSION, unit.sessionEnds(), SqliteOperators::bind)
        && all(SqliteOperators.PUT_APPROVAL, unit.approvals(), SqliteOperators::bind);
  }

  private void logs(CommitUnit unit) throws SQLException {
    all(AUDIT_ROOT, unit.auditRoots(), (s, row) -> {
      AuditChain last = row.root().last();
      s.setInt(1, last.site());
      s.setLong(2, row.root().day().toEpochDay());
      s.setLong(3, last.number());
      s.setBytes(4, last.head().bytes());
      s.setBytes(5, row.signature());
    });
    all(SYNC, unit.syncs(), SqliteCommit::bindSync);
    all(DEED, unit.deeds(), (s, row) -> {
      s.setInt(1, row.site());
      s.setLong(2, row.atMs());
      s.setString(3, row.operator());
      s.setString(4, row.command());
      s.setString(5, row.detail());
    });
  }

  private void records(CommitUnit unit) throws SQLException {
    all(BATCH, unit.batches(), SqliteCommit::bindBatch);
    all(RECORD_KEY, unit.recordKeys(), SqliteCommit::bindRecordKey);
    all(FORK, unit.forks(), SqliteCommit::bindFork);
  }

  private void money(CommitUnit unit) throws SQLException {
    all(TRANSFER, unit.transfers(), SqliteCommit::bindTransfer);
    all(TRANSACTION, unit.transactions(), SqliteCommit::bindTransaction);
    all(TILL_REFERENCE, unit.tillReferences(), (s, row) -> {
      s.setInt(1, row.site());
      s.setInt(2, row.terminal());
      s.setString(3, row.reference());
      s.setBytes(4, row.transaction().bytes());
      s.setLong(5, row.seq());
      s.setLong(6, row.amount());
    });
    all(AUTHORIZATION, unit.authorizations(), SqliteCommit::bindAuthorization);
    all(HOLD, unit.holds(), SqliteCommit::bindHold);
    all(INTENT, unit.intents(), (s, row) -> {
      s.setInt(1, row.site());
      s.setInt(2, row.terminal());
      s.setLong(3, row.seq());
      s.setBytes(4, row.transaction().bytes());
      s.setLong(5, row.amount());
      s.setLong(6, row.atMs());
      s.setLong(7, row.asked());
      s.setLong(8, row.endedBy());
    });
    all(EXCEPTION, unit.exceptions(), SqliteCommit::bindException);
    all(ACCOUNT, unit.accounts(), SqliteCommit::bindAccount);
    all(CARD, unit.cards(), SqliteCommit::bindCard);
    all(CHANGE, unit.accountChanges(), (s, row) -> {
      s.setInt(1, row.site());
      s.setLong(2, row.account());
      s.setLong(3, row.version());
    });
    all(DENY, unit.denials(), (s, row) -> {
      s.setInt(1, row.site());
      s.setBytes(2, row.token().bytes());
      s.setLong(3, row.version());
      s.setInt(4, row.denied() ? 1 : 0);
    });
  }

  private void registry(CommitUnit unit) throws SQLException {
    all(SITE, unit.sites(), (s, row) -> {
      s.setInt(1, row.site());
      s.setString(2, row.name());
      s.setString(3, row.currency());
    });
    all(SETTING, unit.settings(), (s, row) -> {
      s.setInt(1, row.site());
      s.setString(2, row.name());
      s.setString(3, row.value());
    });
    all(TERMINAL, unit.terminals(), SqliteCommit::bindTerminal);
    all(TERMINAL_KEY, unit.terminalKeys(), SqliteCommit::bindTerminalKey);
    all(EPOCH, unit.epochs(), SqliteCommit::bindEpoch);
    all(CODE, unit.enrolmentCodes(), SqliteCommit::bindCode);
  }

  /// @return whether every statement changed a row
  private <T> boolean all(String sql, List<T> rows, Binder<T> binder) throws SQLException {
    if (rows.isEmpty()) {
      return true;
    }
    PreparedStatement statement = statements.prepare(sql);
    for (T row : rows) {
      binder.bind(statement, row);
      statement.addBatch();
    }
    boolean changed = true;
    for (int count : statement.executeBatch()) {
      changed &= count > 0 || count == Statement.SUCCESS_NO_INFO;
    }
    return changed;
  }

  private boolean moveHead(HeadUpdate update) throws SQLException {
    HeadRow next = update.next();
    PreparedStatement statement = statements.prepare(update.isNew() ? FIRST_HEAD : MOVE_HEAD);
    bindHead(statement, next);
    if (!update.isNew()) {
      statement.setLong(18, update.expected().seq());
      statement.setBytes(19, update.expected().hash().bytes());
    }
    return statement.executeUpdate() == 1;
  }

  private static final String SITE = "INSERT INTO site (" + SqliteRows.SITE + ") VALUES (?, ?, ?)"
      + " ON CONFLICT (site) DO UPDATE SET name = excluded.name, currency = excluded.currency";
  private static final String SETTING = "INSERT INTO setting (site, name, value) VALUES (?, ?, ?)"
      + " ON CONFLICT (site, name) DO UPDATE SET value = excluded.value";
  private static final String TERMINAL = upsert("terminal", SqliteRows.TERMINAL, "site, terminal");
  private static final String TERMINAL_KEY = upsert("terminal_key", SqliteRows.TERMINAL_KEY,
      "site, terminal, key_id");
  private static final String EPOCH = upsert("terminal_epoch", SqliteRows.EPOCH, "site, terminal, epoch");
  private static final String CODE = insert("enrolment_code", SqliteRows.CODE);
  private static final String FIRST_HEAD = insert("terminal_head", SqliteRows.HEAD)
      + " ON CONFLICT DO NOTHING";
  private static final String MOVE_HEAD = "UPDATE terminal_head SET received_seq = ?3, received_hash = ?4,"
      + " received_turnover = ?5, settled_seq = ?6, settled_hash = ?7, settled_turnover = ?8, epoch = ?9,"
      + " epoch_nonce = ?10, verified_seq = ?11, safe_seq = ?12, safe_hash = ?13, safe_turnover = ?14, bad_seq = ?15,"
      + " ack_number = ?16, anchor_id = ?17"
      + " WHERE site = ?1 AND terminal = ?2 AND received_seq = ?18 AND received_hash = ?19";
  private static final String USE_CODE = "UPDATE enrolment_code SET used_at_ms = ?"
      + " WHERE site = ? AND code_hash = ? AND used_at_ms = 0";
  private static final String BATCH = insert("record_batch", SqliteRows.BATCH);
  private static final String RECORD_KEY = insert("record_key", SqliteRows.RECORD_KEY);
  private static final String FORK = insert("fork_record", SqliteRows.FORK) + " ON CONFLICT DO NOTHING";
  private static final String ACCOUNT = upsert("account", SqliteRows.ACCOUNT, "site, account");
  private static final String CARD = upsert("card", SqliteRows.CARD, "site, card");
  private static final String LEDGER = upsert("ledger_account", SqliteRows.LEDGER, "site, ledger")
      + " WHERE ledger_account.version = excluded.version - 1";
  private static final String TRANSFER = insert("transfer", SqliteRows.TRANSFER);
  private static final String TRANSACTION = insert("business_transaction", SqliteRows.TRANSACTION);
  private static final String TILL_REFERENCE = insert("till_reference", SqliteRows.TILL_REFERENCE);
  private static final String AUTHORIZATION = insert("authorization", SqliteRows.AUTHORIZATION);
  private static final String HOLD = upsert("hold", SqliteRows.HOLD, "site, hold");
  private static final String INTENT = upsert("intent", SqliteRows.INTENT, "site, terminal, seq");
  private static final String EXCEPTION = insert("exception", SqliteRows.EXCEPTION)
      + " ON CONFLICT (site, unique_key) DO NOTHING";
  private static final String RESOLVE = "UPDATE exception SET resolution = ?, resolved_by = ?, resolved_at_ms = ?"
      + " WHERE site = ? AND exception = ? AND resolved_at_ms = 0";
  private static final String CHANGE = upsert("account_change", "site, account, version", "site, account");
  private static final String DENY = upsert("deny", "site, token, version, denied", "site, token");

  private static final String SYNC = append("sync_log", SqliteRows.SYNC);
  private static final String DEED = append("admin_log", SqliteRows.DEED);
  /// Only as the next one: two writers cannot make two branches.
  private static final String AUDIT_EVENT = "INSERT INTO audit_event (" + SqliteRows.AUDIT_EVENT
      + ") SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
      + " WHERE ?2 = (SELECT coalesce(max(number), 0) + 1 FROM audit_event WHERE site = ?1)";
  private static final String AUDIT_ROOT = insert("audit_root", SqliteRows.AUDIT_ROOT);

  /// Inserts behind the site's last entry; the site is the first parameter, and the entry is not one.
  private static String append(String table, String columns) {
    String rest = columns.replaceFirst("site, entry", "");
    return "INSERT INTO " + table + " (" + columns
        + ") VALUES (?1, (SELECT coalesce(max(entry), 0) + 1 FROM " + table + " WHERE site = ?1)"
        + rest.replaceAll("[a-z_]+", "?") + ")";
  }

  private static String insert(String table, String columns) {
    String marks = columns.replaceAll("[a-z_]+", "?");
    return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
  }

  private static String upsert(String table, String columns, String key) {
    var sets = new StringBuilder();
    List<String> keys = List.of(key.split(", "));
    for (String column : columns.split(", ")) {
      if (!keys.contains(column)) {
        sets.append(sets.isEmpty() ? "" : ", ").append(column).append(" = excluded.").append(column);
      }
    }
    return insert(table, columns) + " ON CONFLICT (" + key + ") DO UPDATE SET " + sets;
  }

  private static void bindAudit(PreparedStatement s, AuditChain.Link row) throws SQLException {
    AuditEntry entry = row.event().entry();
    s.setInt(1, row.event().site());
    s.setLong(2, row.event().number());
    s.setLong(3, entry.at().toEpochMilli());
    s.setString(4, entry.actor());
    s.setString(5, entry.action());
    s.setString(6, entry.object());
    s.setString(7, entry.before());
    s.setString(8, entry.after());
    s.setString(9, entry.reason());
    s.setBytes(10, row.hash().bytes());
  }

  private static void bindSync(PreparedStatement s, SyncRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setString(3, row.outcome());
    s.setLong(4, row.startedMs());
    s.setLong(5, row.endedMs());
    s.setLong(6, row.fromSeq());
    s.setLong(7, row.toSeq());
    s.setLong(8, row.records());
    s.setLong(9, row.bytes());
    s.setInt(10, row.failures());
  }

  private static void bindTerminal(PreparedStatement s, TerminalRow row) throws SQLException {
    EpochId offered = row.offered();
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setBytes(3, row.terminalId().bytes());
    s.setString(4, row.name());
    s.setInt(5, row.status().code());
    s.setString(6, row.boardSerial());
    s.setBytes(7, row.certificateHash().bytes());
    s.setInt(8, row.genesisDue() ? 1 : 0);
    s.setInt(9, row.confirmed().number());
    s.setLong(10, row.confirmed().nonce());
    s.setObject(11, offered == null ? null : offered.number());
    s.setObject(12, offered == null ? null : offered.nonce());
    s.setLong(13, row.offeredAtMs());
    s.setBytes(14, row.bootId() == null ? null : row.bootId().bytes());
    s.setLong(15, row.merchantLedger());
    s.setLong(16, row.drawerLedger());
    s.setString(17, row.reason());
  }

  private static void bindTerminalKey(PreparedStatement s, TerminalKeyRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.key().id().value());
    s.setInt(4, row.key().algorithm().code());
    s.setBytes(5, row.key().encoded());
    s.setLong(6, row.fromSeq());
    s.setLong(7, row.untilSeq());
    s.setInt(8, row.revoked() ? 1 : 0);
  }

  private static void bindEpoch(PreparedStatement s, EpochRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setInt(3, row.epoch().number());
    s.setLong(4, row.epoch().nonce());
    s.setLong(5, row.offeredAtMs());
    s.setInt(6, row.vouched() ? 1 : 0);
  }

  private static void bindCode(PreparedStatement s, EnrolmentCodeRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.codeHash().bytes());
    s.setString(3, row.terminalName());
    s.setInt(4, row.terminal());
    s.setLong(5, row.createdAtMs());
    s.setLong(6, row.expiresAtMs());
    s.setLong(7, row.usedAtMs());
    s.setString(8, row.createdBy());
  }

  private static void bindCodeUse(PreparedStatement s, EnrolmentCodeRow row) throws SQLException {
    s.setLong(1, row.usedAtMs());
    s.setInt(2, row.site());
    s.setBytes(3, row.codeHash().bytes());
  }

  private static void bindHead(PreparedStatement s, HeadRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    bindPosition(s, 3, row.received());
    bindPosition(s, 6, row.settled());
    s.setInt(9, row.epoch().number());
    s.setLong(10, row.epoch().nonce());
    s.setLong(11, row.verifiedSeq());
    bindPosition(s, 12, row.safe());
    s.setLong(15, row.badSeq());
    s.setLong(16, row.ackNumber());
    s.setLong(17, row.anchorId());
  }

  private static void bindPosition(PreparedStatement s, int at, ChainPosition position) throws SQLException {
    s.setLong(at, position.seq());
    s.setBytes(at + 1, position.hash().bytes());
    s.setLong(at + 2, position.turnover());
  }

  private static void bindBatch(PreparedStatement s, RecordBatchRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.firstSeq());
    s.setLong(4, row.lastSeq());
    s.setBytes(5, row.bytes());
    s.setLong(6, row.atMs());
  }

  private static void bindRecordKey(PreparedStatement s, RecordKeyRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setInt(4, row.kind());
    s.setBytes(5, row.hash().bytes());
    s.setLong(6, row.batch());
    bindId(s, 7, row.transaction());
  }

  private static void bindFork(PreparedStatement s, ForkRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setBytes(4, row.hash().bytes());
    s.setInt(5, row.losing() ? 1 : 0);
    s.setBytes(6, row.bytes());
    s.setLong(7, row.atMs());
  }

  private static void bindAccount(PreparedStatement s, AccountRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    s.setString(3, row.number());
    s.setString(4, row.holderName());
    s.setInt(5, row.status().code());
    s.setInt(6, row.restricted() ? 1 : 0);
    s.setInt(7, row.maySpend() ? 1 : 0);
    s.setInt(8, row.enableOffline() ? 1 : 0);
    s.setLong(9, row.perTapMinor());
    s.setLong(10, row.perDayMinor());
    s.setString(11, row.currency());
    s.setLong(12, row.cashLedger());
  }

  private static void bindCard(PreparedStatement s, CardRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.card());
    s.setBytes(3, row.token().bytes());
    s.setLong(4, row.account());
    s.setInt(5, row.status().code());
    s.setInt(6, row.operatorCard() ? 1 : 0);
  }

  private static void bindLedger(PreparedStatement s, LedgerAccountRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.ledger());
    s.setInt(3, row.kind().code());
    s.setLong(4, row.owner());
    s.setString(5, row.asset());
    s.setLong(6, row.postedDebits());
    s.setLong(7, row.postedCredits());
    s.setLong(8, row.held());
    s.setLong(9, row.floor());
    s.setLong(10, row.version());
    s.setLong(11, row.spentDay());
    s.setLong(12, row.spentToday());
  }

  private static void bindTransfer(PreparedStatement s, TransferRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.transfer());
    s.setBytes(3, row.transaction().bytes());
    s.setInt(4, row.leg());
    s.setLong(5, row.debit());
    s.setLong(6, row.credit());
    s.setString(7, row.asset());
    s.setLong(8, row.amount());
    s.setInt(9, row.kind().code());
    s.setString(10, row.reason());
    if (row.pending() == 0) {
      s.setNull(11, Types.INTEGER);
    } else {
      s.setLong(11, row.pending());
    }
    s.setLong(12, row.atMs());
    s.setLong(13, row.debitAfter());
    s.setLong(14, row.creditAfter());
  }

  private static void bindTransaction(PreparedStatement s, TransactionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setInt(3, row.kind().code());
    s.setInt(4, row.terminal());
    s.setLong(5, row.seq());
    s.setLong(6, row.account());
    s.setLong(7, row.amount());
    s.setString(8, row.asset());
    s.setInt(9, row.offline() ? 1 : 0);
    s.setInt(10, row.syncStatus());
    bindId(s, 11, row.reverses());
    s.setLong(12, row.firstTransfer());
    s.setLong(13, row.terminalMs());
    s.setLong(14, row.atMs());
  }

  private static void bindAuthorization(PreparedStatement s, AuthorizationRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setInt(3, row.terminal());
    s.setLong(4, row.account());
    s.setLong(5, row.amount());
    s.setString(6, row.asset());
    s.setInt(7, row.outcome().code());
    s.setString(8, row.reason());
    s.setLong(9, row.hold());
    s.setLong(10, row.holdExpiresMs());
    s.setLong(11, row.availableBefore());
    s.setLong(12, row.atMs());
  }

  private static void bindHold(PreparedStatement s, HoldRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.hold());
    s.setBytes(3, row.transaction().bytes());
    s.setInt(4, row.terminal());
    s.setLong(5, row.account());
    s.setLong(6, row.ledger());
    s.setLong(7, row.credit());
    s.setLong(8, row.amount());
    s.setString(9, row.asset());
    s.setLong(10, row.expiresMs());
    s.setInt(11, row.state().code());
    s.setLong(12, row.endedBy());
    s.setLong(13, row.endedAtMs());
  }

  private static void bindException(PreparedStatement s, ExceptionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.exception());
    s.setString(3, row.kind().name());
    s.setString(4, row.key());
    s.setInt(5, row.terminal());
    s.setLong(6, row.seq());
    bindId(s, 7, row.transaction());
    s.setLong(8, row.account());
    s.setLong(9, row.amount());
    s.setString(10, row.detail());
    s.setLong(11, row.raisedAtMs());
    s.setString(12, row.resolution());
    s.setString(13, row.resolvedBy());
    s.setLong(14, row.resolvedAtMs());
  }

  private static void bindResolution(PreparedStatement s, ExceptionRow row) throws SQLException {
    s.setString(1, row.resolution());
    s.setString(2, row.resolvedBy());
    s.setLong(3, row.resolvedAtMs());
    s.setInt(4, row.site());
    s.setLong(5, row.exception());
  }

  private static void bindId(PreparedStatement s, int at, @Nullable TransactionId id) throws SQLException {
    if (id == null) {
      s.setNull(at, Types.BLOB);
    } else {
      s.setBytes(at, id.bytes());
    }
  }
}
