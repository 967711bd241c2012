package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// Statements, binding and reading of the ledger's tables and of those about purchases.
final class SqlMoney {

  static final String LEDGER = "site, ledger, kind, owner, asset, posted_debits, posted_credits, held, floor, version,"
      + " spent_day, spent_today, spent_this_month";
  static final String TRANSFER = "site, transfer, transaction_id, leg, debit, credit, asset, amount, kind, reason,"
      + " pending, at_ms, debit_after, credit_after";
  static final String TRANSACTION = "site, transaction_id, kind, terminal, seq, account, amount, asset, offline_flag,"
      + " sync_status, reverses, first_transfer, terminal_ms, at_ms, card, sub_type, presentation, discount_minor,"
      + " reduced_minor, cash_minor, balance_before, balance_after, consumer_ip";
  static final String TILL_REFERENCE = "site, terminal, reference, transaction_id, seq, amount";
  static final String AUTHORIZATION = "site, transaction_id, terminal, account, amount, asset, outcome, reason, hold,"
      + " hold_expires_ms, available_before, at_ms";
  static final String HOLD = "site, hold, transaction_id, terminal, account, ledger, credit, amount, asset, expires_ms,"
      + " state, ended_by, ended_at_ms";

  /// Of an upsert that loses against whoever was faster.
  static final String NEXT_VERSION = " WHERE ledger_account.version = excluded.version - 1";
  static final String PUT_LEDGER = SqlText.upsert("ledger_account", LEDGER, "site, ledger") + NEXT_VERSION;
  static final String INSERT_TRANSFER = SqlText.insert("transfer", TRANSFER);
  static final String INSERT_TRANSACTION = SqlText.insert("business_transaction", TRANSACTION);
  static final String INSERT_TILL_REFERENCE = SqlText.insert("till_reference", TILL_REFERENCE);
  static final String INSERT_AUTHORIZATION = SqlText.insert("\"authorization\"", AUTHORIZATION);
  static final String PUT_HOLD = SqlText.upsert("hold", HOLD, "site, hold");

  private SqlMoney() {}

  static void bind(PreparedStatement s, LedgerAccountRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.ledger());
    s.setInt(3, row.kind().code());
    s.setLong(4, row.owner());
    SqlText.bindText(s, 5, row.asset());
    s.setLong(6, row.postedDebits());
    s.setLong(7, row.postedCredits());
    s.setLong(8, row.held());
    s.setLong(9, row.floor());
    s.setLong(10, row.version());
    s.setLong(11, row.spentDay());
    s.setLong(12, row.spentToday());
    s.setLong(13, row.spentThisMonth());
  }

  static void bind(PreparedStatement s, TransferRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.transfer());
    s.setBytes(3, row.transaction().bytes());
    s.setInt(4, row.leg());
    s.setLong(5, row.debit());
    s.setLong(6, row.credit());
    SqlText.bindText(s, 7, row.asset());
    s.setLong(8, row.amount());
    s.setInt(9, row.kind().code());
    SqlText.bindText(s, 10, row.reason());
    if (row.pending() == 0) {
      s.setNull(11, Types.BIGINT);
    } else {
      s.setLong(11, row.pending());
    }
    s.setLong(12, row.atMs());
    s.setLong(13, row.debitAfter());
    s.setLong(14, row.creditAfter());
  }

  static void bind(PreparedStatement s, TransactionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setInt(3, row.kind().code());
    s.setInt(4, row.terminal());
    s.setLong(5, row.seq());
    s.setLong(6, row.account());
    s.setLong(7, row.amount());
    SqlText.bindText(s, 8, row.asset());
    s.setInt(9, row.offline() ? 1 : 0);
    s.setInt(10, row.syncStatus());
    SqlText.bindId(s, 11, row.reverses());
    s.setLong(12, row.firstTransfer());
    s.setLong(13, row.terminalMs());
    s.setLong(14, row.atMs());
    bind(s, row.details());
  }

  private static void bind(PreparedStatement s, TransactionRow.Details details) throws SQLException {
    s.setLong(15, details.card());
    SqlText.bindText(s, 16, details.subType());
    s.setInt(17, details.presentation());
    s.setLong(18, details.discount());
    s.setLong(19, details.reduced());
    s.setLong(20, details.cash());
    bindBalance(s, 21, details.before());
    bindBalance(s, 22, details.after());
    SqlText.bindText(s, 23, details.consumerIp());
  }

  private static void bindBalance(PreparedStatement s, int at, @Nullable Long balance) throws SQLException {
    if (balance == null) {
      s.setNull(at, Types.BIGINT);
    } else {
      s.setLong(at, balance);
    }
  }

  private static TransactionRow.Details details(ResultSet r) throws SQLException {
    return new TransactionRow.Details(r.getLong(15), r.getString(16), r.getInt(17), r.getLong(18),
        r.getLong(19), r.getLong(20), balance(r, 21), balance(r, 22), r.getString(23));
  }

  private static @Nullable Long balance(ResultSet r, int at) throws SQLException {
    long balance = r.getLong(at);
    return r.wasNull() ? null : balance;
  }

  static void bind(PreparedStatement s, AuthorizationRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setInt(3, row.terminal());
    s.setLong(4, row.account());
    s.setLong(5, row.amount());
    SqlText.bindText(s, 6, row.asset());
    s.setInt(7, row.outcome().code());
    SqlText.bindText(s, 8, row.reason());
    s.setLong(9, row.hold());
    s.setLong(10, row.holdExpiresMs());
    s.setLong(11, row.availableBefore());
    s.setLong(12, row.atMs());
  }

  static void bind(PreparedStatement s, HoldRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.hold());
    s.setBytes(3, row.transaction().bytes());
    s.setInt(4, row.terminal());
    s.setLong(5, row.account());
    s.setLong(6, row.ledger());
    s.setLong(7, row.credit());
    s.setLong(8, row.amount());
    SqlText.bindText(s, 9, row.asset());
    s.setLong(10, row.expiresMs());
    s.setInt(11, row.state().code());
    s.setLong(12, row.endedBy());
    s.setLong(13, row.endedAtMs());
  }

  static void bind(PreparedStatement s, TillReferenceRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    SqlText.bindText(s, 3, row.reference());
    s.setBytes(4, row.transaction().bytes());
    s.setLong(5, row.seq());
    s.setLong(6, row.amount());
  }

  static LedgerAccountRow ledger(ResultSet r) throws SQLException {
    return new LedgerAccountRow(r.getInt(1), r.getLong(2), LedgerKind.of(r.getInt(3)), r.getLong(4),
        r.getString(5),
        r.getLong(6), r.getLong(7), r.getLong(8), r.getLong(9), r.getLong(10), r.getLong(11), r.getLong(12),
        r.getLong(13));
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
        SqlText.transaction(r, 11), r.getLong(12), r.getLong(13), r.getLong(14),
        details(r));
  }

  static TillReferenceRow tillReference(ResultSet r) throws SQLException {
    return new TillReferenceRow(r.getInt(1), r.getInt(2), r.getString(3), TransactionId.of(r.getBytes(4)),
        r.getLong(5), r.getLong(6));
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
}
