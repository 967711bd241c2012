package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Statements, binding and reading of goods and places of sales. An instance belongs to its connection's thread.
final class SqlSales implements SaleReads {

  private static final String LINE = "site, transaction_id, line, product, product_name, category, category_name, quantity,"
      + " unit_price_minor, weight_grams, kilogram_price_minor";
  private static final String PLACE = "site, terminal, device_type, location, location_name, merchant_name";

  static final String INSERT_LINE = SqlText.insert("sale_line", LINE);
  static final String PUT_PLACE = SqlText.upsert("terminal_place", PLACE, "site, terminal");

  private final SqlStatements sql;

  SqlSales(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public List<SaleLineRow> saleLines(int site, TransactionId sale) {
    return sql.many("SELECT " + LINE + " FROM sale_line WHERE site = ? AND transaction_id = ? ORDER BY line",
        SqlSales::line, site, sale.bytes());
  }

  @Override
  public Optional<TerminalPlaceRow> place(int site, int terminal) {
    return sql.one("SELECT " + PLACE + " FROM terminal_place WHERE site = ? AND terminal = ?",
        r -> new TerminalPlaceRow(r.getInt(1), r.getInt(2), r.getInt(3), r.getLong(4), r.getString(5),
            r.getString(6)),
        site, terminal);
  }

  static void bind(PreparedStatement s, SaleLineRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.transaction().bytes());
    s.setInt(3, row.line());
    SqlText.bindText(s, 4, row.product());
    SqlText.bindText(s, 5, row.productName());
    s.setLong(6, row.category());
    SqlText.bindText(s, 7, row.categoryName());
    s.setLong(8, row.quantity());
    s.setLong(9, row.unitPriceMinor());
    s.setLong(10, row.weightGrams());
    s.setLong(11, row.kilogramMinor());
  }

  static void bind(PreparedStatement s, TerminalPlaceRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.terminal());
    s.setInt(3, row.deviceType());
    s.setLong(4, row.location());
    SqlText.bindText(s, 5, row.locationName());
    SqlText.bindText(s, 6, row.merchantName());
  }

  private static SaleLineRow line(ResultSet r) throws SQLException {
    return new SaleLineRow(r.getInt(1), TransactionId.of(r.getBytes(2)), r.getInt(3), r.getString(4),
        r.getString(5), r.getLong(6), r.getString(7), r.getLong(8), r.getLong(9), r.getLong(10),
        r.getLong(11));
  }
}
