package dev.counterfoil.settlement.store;

/// Counts and sums by account. What an account may do in a day bounds the rows that the first one reads.
final class SqlLimits implements LimitReads {

  private static final String APPROVALS = "SELECT coalesce(sum(CASE WHEN at_ms >= ? THEN 1 ELSE 0 END), 0),"
      + " coalesce(sum(CASE WHEN at_ms >= ? THEN 1 ELSE 0 END), 0) FROM \"authorization\""
      + " WHERE site = ? AND account = ? AND outcome = 1 AND at_ms >= ?";
  private static final String RECHARGES = "SELECT count(*), coalesce(sum(amount), 0) FROM business_transaction paid"
      + " WHERE site = ? AND account = ? AND account > 0 AND first_transfer > 0 AND kind = ? AND at_ms >= ?"
      + " AND NOT EXISTS (SELECT 1 FROM business_transaction back WHERE back.site = paid.site"
      + " AND back.reverses = paid.transaction_id AND back.reverses IS NOT NULL AND back.kind IN (3, 13))";

  private final SqlStatements sql;

  SqlLimits(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Approvals approvals(int site, long account, long hourFromMs, long dayFromMs) {
    return sql.one(APPROVALS, r -> new Approvals(r.getLong(1), r.getLong(2)), hourFromMs, dayFromMs, site,
        account, Math.min(hourFromMs, dayFromMs)).orElseThrow();
  }

  @Override
  public Recharges recharges(int site, long account, long sinceMs) {
    return sql.one(RECHARGES, r -> new Recharges(r.getLong(1), r.getLong(2)), site, account,
        TransactionKind.RECHARGE.code(), sinceMs).orElseThrow();
  }
}
