package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditEvent;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The columns of each table in the order in which they are read and written, and the reading of a row.
final class SqliteRows {

  static final String SITE = "site, name, currency";
  static final String TERMINAL = "site, terminal, terminal_id, name, status, board_serial, certificate_hash, genesis_due,"
      + " confirmed_epoch, confirmed_nonce, offered_epoch, offered_nonce, offered_at_ms, boot_id, merchant_ledger,"
      + " drawer_ledger, reason";
  static final String HEAD = "site, terminal, received_seq, received_hash, received_turnover, settled_seq, settled_hash,"
      + " settled_turnover, epoch, epoch_nonce, verified_seq, safe_seq, safe_hash, safe_turnover, bad_seq, ack_number,"
      + " anchor_id";
  static final String TERMINAL_KEY = "site, terminal, key_id, algorithm, public_key, from_seq, until_seq, revoked";
  static final String EPOCH = "site, terminal, epoch, nonce, offered_at_ms, vouched";
  static final String CODE = "site, code_hash, terminal_name, terminal, created_at_ms, expires_at_ms, used_at_ms,"
      + " created_by";
  static final String BATCH = "site, terminal, first_seq, last_seq, bytes, at_ms";
  static final String RECORD_KEY = "site, terminal, seq, kind, hash, batch, transaction_id";
  static final String FORK = "site, terminal, seq, hash, losing, bytes, at_ms";
  static final String ACCOUNT = "site, account, number, holder_name, status, restricted, may_spend, enable_offline,"
      + " per_tap_minor, per_day_minor, currency, cash_ledger";
  static final String CARD = "site, card, token, account, status, operator_card";
  static final String LEDGER = "site, ledger, kind, owner, asset, posted_debits, posted_credits, held, floor, version,"
      + " spent_day, spent_today";
  static final String TRANSFER = "site, transfer, transaction_id, leg, debit, credit, asset, amount, kind, reason,"
      + " pending, at_ms, debit_after, credit_after";
  static final String TRANSACTION = "site, transaction_id, kind, terminal, seq, account, amount, asset, offline_flag,"
      + " sync_status, reverses, first_transfer, terminal_ms, at_ms";
  static final String TILL_REFERENCE = "site, terminal, reference, transaction_id, seq, amount";
  static final String AUTHORIZATION = "site, transaction_id, terminal, account, amount, asset, outcome, reason, hold,"
      + " hold_expires_ms, available_before, at_ms";
  static final String HOLD = "site, hold, transaction_id, terminal, account, ledger, credit, amount, asset, expires_ms,"
      + " state, ended_by, ended_at_ms";
  static final String INTENT = "site, terminal, seq, transaction_id, amount, at_ms, asked, ended_by";
  static final String EXCEPTION = "site, exception, kind, unique_key, terminal, seq, transaction_id, account, amount,"
      + " detail, raised_at_ms, resolution, resolved_by, resolved_at_ms";

  static final String SYNC = "site, entry, terminal, outcome, started_ms, ended_ms, from_seq, to_seq, records, bytes,"
      + " failures";
  static final String DEED = "site, entry, at_ms, operator, command, detail";
  static final String AUDIT_EVENT = "site, number, at_ms, actor, action, object, state_before, state_after, reason, hash";
  static final String AUDIT_ROOT = "site, day, number, hash, signature";

  private SqliteRows() {}

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

  static IntentRow intent(ResultSet r) throws SQLException {
    return new IntentRow(r.getInt(1), r.getInt(2), r.getLong(3), TransactionId.of(r.getBytes(4)),
        r.getLong(5),
        r.getLong(6), r.getLong(7), r.getLong(8));
  }

  static TillReferenceRow tillReference(ResultSet r) throws SQLException {
    return new TillReferenceRow(r.getInt(1), r.getInt(2), r.getString(3), TransactionId.of(r.getBytes(4)),
        r.getLong(5), r.getLong(6));
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

  static HeadRow head(ResultSet r) throws SQLException {
    return new HeadRow(r.getInt(1), r.getInt(2), position(r, 3), position(r, 6),
        new EpochId(r.getInt(9), r.getLong(10)), r.getLong(11), position(r, 12), r.getLong(15), r.getLong(16),
        r.getLong(17));
  }

  private static ChainPosition position(ResultSet r, int at) throws SQLException {
    return new ChainPosition(r.getLong(at), Hash.of(r.getBytes(at + 1)), r.getLong(at + 2));
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

  static RecordBatchRow batch(ResultSet r) throws SQLException {
    return new RecordBatchRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getLong(4), r.getBytes(5),
        r.getLong(6));
  }

  static RecordKeyRow recordKey(ResultSet r) throws SQLException {
    return new RecordKeyRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getInt(4), Hash.of(r.getBytes(5)),
        r.getLong(6), transaction(r, 7));
  }

  static ForkRow fork(ResultSet r) throws SQLException {
    return new ForkRow(r.getInt(1), r.getInt(2), r.getLong(3), Hash.of(r.getBytes(4)), r.getInt(5) != 0,
        r.getBytes(6), r.getLong(7));
  }

  static AccountRow account(ResultSet r) throws SQLException {
    return new AccountRow(r.getInt(1), r.getLong(2), r.getString(3), r.getString(4),
        AccountStatus.of(r.getInt(5)),
        r.getInt(6) != 0, r.getInt(7) != 0, r.getInt(8) != 0, r.getLong(9), r.getLong(10), r.getString(11),
        r.getLong(12));
  }

  static CardRow card(ResultSet r) throws SQLException {
    return new CardRow(r.getInt(1), r.getLong(2), CardToken.of(r.getBytes(3)), r.getLong(4),
        CardStatus.of(r.getInt(5)), r.getInt(6) != 0);
  }

  static LedgerAccountRow ledger(ResultSet r) throws SQLException {
    return new LedgerAccountRow(r.getInt(1), r.getLong(2), LedgerKind.of(r.getInt(3)), r.getLong(4),
        r.getString(5),
        r.getLong(6), r.getLong(7), r.getLong(8), r.getLong(9), r.getLong(10), r.getLong(11), r.getLong(12));
  }

  static TransferRow transfer(ResultSet r) throws SQLException {
    return new TransferRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)), r.getInt(4),
        r.getLong(5),
        r.getLong(6), r.getString(7), r.getLong(8), TransferKind.of(r.getInt(9)), r.getString(10),
        r.getLong(11),
        r.getLong(12), r.getLong(13), r.getLong(14));
  }

  static TransactionRow transactionRow(ResultSet r) throws SQLException {
    return new TransactionRow(r.getInt(1), TransactionId.of(r.getBytes(2)), TransactionKind.of(r.getInt(3)),
        r.getInt(4), r.getLong(5), r.getLong(6), r.getLong(7), r.getString(8), r.getInt(9) != 0, r.getInt(10),
        transaction(r, 11), r.getLong(12), r.getLong(13), r.getLong(14));
  }

  static AuthorizationRow authorization(ResultSet r) throws SQLException {
    return new AuthorizationRow(r.getInt(1), TransactionId.of(r.getBytes(2)), r.getInt(3), r.getLong(4),
        r.getLong(5),
        r.getString(6), AuthorizationOutcome.of(r.getInt(7)), r.getString(8), r.getLong(9), r.getLong(10),
        r.getLong(11), r.getLong(12));
  }

  static HoldRow hold(ResultSet r) throws SQLException {
    return new HoldRow(r.getInt(1), r.getLong(2), TransactionId.of(r.getBytes(3)), r.getInt(4), r.getLong(5),
        r.getLong(6), r.getLong(7), r.getLong(8), r.getString(9), r.getLong(10), HoldState.of(r.getInt(11)),
        r.getLong(12), r.getLong(13));
  }

  static ExceptionRow exception(ResultSet r) throws SQLException {
    return new ExceptionRow(r.getInt(1), r.getLong(2), ExceptionKind.valueOf(r.getString(3)), r.getString(4),
        r.getInt(5), r.getLong(6), transaction(r, 7), r.getLong(8), r.getLong(9), r.getString(10),
        r.getLong(11),
        r.getString(12), r.getString(13), r.getLong(14));
  }

  private static @Nullable TransactionId transaction(ResultSet r, int at) throws SQLException {
    byte[] bytes = r.getBytes(at);
    return bytes == null ? null : TransactionId.of(bytes);
  }
}
