package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.order.MealOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Statements, binding and reading of ordered meals. An instance belongs to its connection's thread.
final class SqlMealOrders implements MealOrderReads {

  private static final String COLUMNS = "site, number, account, day, meal_period, copies, total_minor, dish, source,"
      + " reference, operator, placed_ms, state, cancelled_ms, cancelled_by, transaction_id, terminal, seq,"
      + " collected_ms";
  private static final String COLLECTION = "site, terminal, seq, number, transaction_id, at_ms, voided_ms";

  static final String PUT = SqlText.upsert("meal_order", COLUMNS, "site, number");
  static final String PUT_COLLECTION = SqlText.upsert("meal_collection", COLLECTION, "site, terminal, seq");

  private static final String ALL = "SELECT " + COLUMNS + " FROM meal_order WHERE site = ?";
  private static final String COLLECTIONS = "SELECT " + COLLECTION + " FROM meal_collection WHERE site = ?";

  private final SqlStatements sql;

  SqlMealOrders(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public long lastOrder(int site) {
    return sql.one("SELECT coalesce(max(number), 0) FROM meal_order WHERE site = ?", r -> r.getLong(1), site)
        .orElse(0L);
  }

  @Override
  public Optional<MealOrderRow> order(int site, long number) {
    return sql.one(ALL + " AND number = ?", SqlMealOrders::row, site, number);
  }

  @Override
  public Optional<MealOrderRow> order(int site, String source, String reference) {
    return sql.one(ALL + " AND source = ? AND reference = ? AND reference <> ''", SqlMealOrders::row, site,
        SqlText.storable(source), SqlText.storable(reference));
  }

  @Override
  public List<MealOrderRow> orders(int site, Search search, long after, int limit) {
    int from = MealOrder.number(search.from());
    int until = MealOrder.number(search.until());
    return search.account() == 0
        ? sql.many(ALL + " AND day BETWEEN ? AND ? AND number > ? ORDER BY number LIMIT ?",
            SqlMealOrders::row,
            site, from, until, after, limit)
        : sql.many(
            ALL + " AND account = ? AND day BETWEEN ? AND ? AND number > ? ORDER BY number LIMIT ?",
            SqlMealOrders::row, site, search.account(), from, until, after, limit);
  }

  @Override
  public List<MealOrderRow> liveSince(int site, LocalDate day) {
    return sql.many(ALL + " AND day >= ? AND state <> 'CANCELLED' ORDER BY number", SqlMealOrders::row, site,
        MealOrder.number(day));
  }

  @Override
  public List<MealCollectionRow> collections(int site, long order) {
    return sql.many(COLLECTIONS + " AND number = ? ORDER BY terminal, seq", SqlMealOrders::collection, site,
        order);
  }

  @Override
  public Optional<MealCollectionRow> collectionBy(int site, TransactionId transaction) {
    return sql.one(COLLECTIONS + " AND transaction_id = ? ORDER BY terminal, seq", SqlMealOrders::collection,
        site, transaction.bytes());
  }

  static void bind(PreparedStatement s, MealOrderRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.number());
    s.setLong(3, row.account());
    s.setInt(4, MealOrder.number(row.day()));
    s.setInt(5, row.period());
    s.setInt(6, row.copies());
    s.setLong(7, row.totalMinor());
    SqlText.bindText(s, 8, row.dish());
    SqlText.bindText(s, 9, row.source());
    SqlText.bindText(s, 10, row.reference());
    SqlText.bindText(s, 11, row.operator());
    s.setLong(12, row.placedMs());
    SqlText.bindText(s, 13, row.state().name());
    s.setLong(14, row.cancelledMs());
    SqlText.bindText(s, 15, row.cancelledBy());
    MealCollectionRow by = row.collection();
    SqlText.bindId(s, 16, by == null ? null : by.transaction());
    s.setInt(17, by == null ? 0 : by.terminal());
    s.setLong(18, by == null ? 0 : by.seq());
    s.setLong(19, by == null ? 0 : by.atMs());
  }

  static void bind(PreparedStatement s, MealCollectionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setLong(3, row.seq());
    s.setLong(4, row.order());
    s.setBytes(5, row.transaction().bytes());
    s.setLong(6, row.atMs());
    s.setLong(7, row.voidedMs());
  }

  private static MealOrderRow row(ResultSet r) throws SQLException {
    TransactionId by = SqlText.transaction(r, 16);
    int day = r.getInt(4);
    return new MealOrderRow(r.getInt(1), r.getLong(2), r.getLong(3),
        MealOrder.day(day).orElseThrow(() -> new IllegalStateException("meal_order has day " + day)),
        r.getInt(5), r.getInt(6), r.getLong(7), r.getString(8), r.getString(9), r.getString(10),
        r.getString(11), r.getLong(12), MealOrderRow.State.valueOf(r.getString(13)), r.getLong(14),
        r.getString(15), by == null ? null
            : new MealCollectionRow(r.getInt(1), r.getInt(17), r.getLong(18), r.getLong(2), by, r.getLong(19),
                0));
  }

  private static MealCollectionRow collection(ResultSet r) throws SQLException {
    return new MealCollectionRow(r.getInt(1), r.getInt(2), r.getLong(3), r.getLong(4),
        TransactionId.of(r.getBytes(5)), r.getLong(6), r.getLong(7));
  }
}
