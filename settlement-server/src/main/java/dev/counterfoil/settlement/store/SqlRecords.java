package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Statements, binding and reading of the tables about the terminals' chains and records.
final class SqlRecords {

  static final String HEAD = "site, terminal, received_seq, received_hash, received_turnover, settled_seq, settled_hash,"
      + " settled_turnover, epoch, epoch_nonce, verified_seq, safe_seq, safe_hash, safe_turnover, bad_seq, ack_number,"
      + " anchor_id";
  static final String BATCH = "site, terminal, first_seq, last_seq, bytes, at_ms";
  static final String RECORD_KEY = "site, terminal, seq, kind, hash, batch, transaction_id";
  static final String FORK = "site, terminal, seq, hash, losing, bytes, at_ms";
  static final String INTENT = "site, terminal, seq, transaction_id, amount, at_ms, asked, ended_by";

  static final String FIRST_HEAD = SqlText.insert("terminal_head", HEAD) + " ON CONFLICT DO NOTHING";
  private static final String STATE = HEAD.replaceFirst("site, terminal, ", "");
  static final String MOVE_HEAD = "UPDATE terminal_head SET " + STATE.replace(",", " = ?,") + " = ?"
      + " WHERE site = ? AND terminal = ? AND received_seq = ? AND received_hash = ?";
  static final String INSERT_BATCH = SqlText.insert("record_batch", BATCH);
  static final String INSERT_KEY = SqlText.insert("record_key", RECORD_KEY);
  static final String KEEP_FORK = SqlText.insert("fork_record", FORK) + " ON CONFLICT DO NOTHING";
  static final String PUT_INTENT = SqlText.upsert("intent", INTENT, "site, terminal, seq");

  private SqlRecords() {}

  static void bindFirst(PreparedStatement s, HeadRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    bindState(s, 3, row);
  }

  static void bindMove(PreparedStatement s, HeadRow next, ChainPosition expected) throws SQLException {
    int at = bindState(s, 1, next);
    s.setInt(at, next.site());
    s.setInt(at + 1, next.terminal());
    s.setLong(at + 2, expected.seq());
    s.setBytes(at + 3, expected.hash().bytes());
  }

  /// @return the place of the parameter behind
  private static int bindState(PreparedStatement s, int at, HeadRow row) throws SQLException {
    bindPosition(s, at, row.received());
    bindPosition(s, at + 3, row.settled());
    s.setInt(at + 6, row.epoch().number());
    s.setLong(at + 7, row.epoch().nonce());
    s.setLong(at + 8, row.verifiedSeq());
    bindPosition(s, at + 9, row.safe());
    s.setLong(at + 12, row.badSeq());
    s.setLong(at + 13, row.ackNumber());
    s.setLong(at + 14, row.anchorId());
    return at + 15;
  }

  private static void bindPosition(PreparedStatement s, int at, ChainPosition position) throws SQLException {
    s.setLong(at, position.seq());
    s.setBytes(at + 1, position.hash().bytes());
    s.setLong(at + 2, position.turnover());
  }

  static void bind(PreparedStatement s, RecordBatchRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.firstSeq());
    s.setLong(4, row.lastSeq());
    s.setBytes(5, row.bytes());
    s.setLong(6, row.atMs());
  }

  static void bind(PreparedStatement s, RecordKeyRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setInt(4, row.kind());
    s.setBytes(5, row.hash().bytes());
    s.setLong(6, row.batch());
    SqlText.bindId(s, 7, row.transaction());
  }

  static void bind(PreparedStatement s, ForkRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setBytes(4, row.hash().bytes());
    s.setInt(5, row.losing() ? 1 : 0);
    s.setBytes(6, row.bytes());
    s.setLong(7, row.atMs());
  }

  static void bind(PreparedStatement s, IntentRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setBytes(4, row.transaction().bytes());
    s.setLong(5, row.amount());
    s.setLong(6, row.atMs());
    s.setLong(7, row.asked());
    s.setLong(8, row.endedBy());
  }

  static HeadRow head(ResultSet r) throws SQLException {
    return new HeadRow(r.getInt(1), r.getInt(2), position(r, 3), position(r, 6),
        new EpochId(r.getInt(9), r.getLong(10)), r.getLong(11), position(r, 12), r.getLong(15), r.getLong(16),
        r.getLong(17));
  }

  private static ChainPosition position(ResultSet r, int at) throws SQLException {
    return new ChainPosition(r.getLong(at), Hash.of(r.getBytes(at + 1)), r.getLong(at + 2));
  }

  static RecordBatchRow batch(ResultSet r) throws SQLException {
    return new RecordBatchRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getLong(4), r.getBytes(5),
        r.getLong(6));
  }

  static RecordKeyRow recordKey(ResultSet r) throws SQLException {
    return new RecordKeyRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getInt(4), Hash.of(r.getBytes(5)),
        r.getLong(6), SqlText.transaction(r, 7));
  }

  static ForkRow fork(ResultSet r) throws SQLException {
    return new ForkRow(r.getInt(1), r.getInt(2), r.getLong(3), Hash.of(r.getBytes(4)), r.getInt(5) != 0,
        r.getBytes(6), r.getLong(7));
  }

  static IntentRow intent(ResultSet r) throws SQLException {
    return new IntentRow(r.getInt(1), r.getInt(2), r.getLong(3), TransactionId.of(r.getBytes(4)),
        r.getLong(5),
        r.getLong(6), r.getLong(7), r.getLong(8));
  }
}
