package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.function.LongConsumer;

/// A year of sales that a site has behind it, written by set-based SQL into the real schema, indexes and triggers and
/// all: record batches of the usual size, record keys, transfers with the balances they leave, transactions, heads. The
/// books balance afterwards; only the record bytes are no records. Nobody else may have the database open.
final class SqlPast {

  private static final long YEAR_MS = 365L * 24 * 3_600_000;

  private final SqlDatabase database;
  private final int site;
  private final Plan plan;

  /// What is written.
  ///
  /// @param transfers in all; a multiple of `step`
  /// @param step      written in one database transaction; a multiple of the number of accounts and of `records`
  /// @param records   of a batch
  /// @param bytes     of a batch
  /// @param endMs     when the past ends, Unix milliseconds
  record Plan(long transfers, long step, int records, byte[] bytes, long endMs) {

    Plan {
      if (step % records != 0 || transfers % step != 0) {
        throw new IllegalArgumentException(
            transfers + " transfers in steps of " + step + " and batches of " + records);
      }
    }

    @Override
    public String toString() {
      return transfers + " transfers";
    }
  }

  /// Numbers of the site, and where the past begins in it.
  private record Site(long accounts, long opening, long merchant, long firstTerminal, long terminals,
      long firstTransfer) {}

  /// @param database has the site with accounts that have spent nothing, and with silent terminals
  SqlPast(SqlDatabase database, int site, Plan plan) {
    this.database = database;
    this.site = site;
    this.plan = plan;
  }

  /// Writes it; minutes for millions.
  ///
  /// @param progress told how many transfers are there, after each step
  void write(LongConsumer progress) throws SQLException {
    try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
      database.hurry(statement);
      Site known = site(statement);
      if (plan.step() % known.accounts() != 0) {
        throw new IllegalArgumentException(
            "steps of " + plan.step() + " over " + known.accounts() + " accounts");
      }
      for (long from = 0; from < plan.transfers(); from += plan.step()) {
        connection.setAutoCommit(false);
        step(connection, statement, known, from);
        connection.commit();
        progress.accept(from + plan.step());
      }
      heads(statement, known);
      connection.commit();
      connection.setAutoCommit(true);
      database.settle(statement);
    }
  }

  private Site site(Statement statement) throws SQLException {
    statement
        .execute("CREATE TEMPORARY TABLE bench_payer (k BIGINT PRIMARY KEY, account BIGINT, ledger BIGINT)");
    statement.execute(
        "INSERT INTO bench_payer SELECT row_number() OVER (ORDER BY account) - 1, account, cash_ledger"
            + " FROM account WHERE site = " + site);
    String silent = " FROM terminal t WHERE t.site = " + site + " AND t.name LIKE 'past-%'";
    return new Site(number(statement, "SELECT count(*) FROM bench_payer"),
        number(statement,
            "SELECT min(posted_credits - posted_debits) FROM ledger_account WHERE site = " + site
                + " AND ledger IN (SELECT ledger FROM bench_payer)"),
        number(statement, "SELECT min(merchant_ledger)" + silent),
        number(statement, "SELECT min(terminal)" + silent),
        number(statement, "SELECT count(*)" + silent),
        number(statement, "SELECT coalesce(max(transfer), 0) + 1 FROM transfer WHERE site = " + site));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private void step(Connection connection, Statement statement, Site known, long from) throws SQLException {
    batches(connection, known, from);
    statement.execute(sales("INSERT INTO record_key (site, terminal, seq, kind, hash, batch, transaction_id)",
        "{site}, {terminal}, {seq}, " + RecordKind.SALE.code() + ", " + database.hashOf("i")
            + ", {seq} - i % {records}, {id}",
        known, from));
    statement.execute(sales(
        "INSERT INTO transfer (site, transfer, transaction_id, leg, debit, credit, asset, amount,"
            + " kind, reason, at_ms, debit_after, credit_after)",
        "{site}, {transfer}, {id}, 1, p.ledger, {merchant}, 'CNY', {amount}, " + TransferKind.POSTED.code()
            + ", '"
            + PostingReason.SALE + "', {at}, {opening} - {amount} * (i / {accounts} + 1), {amount} * (i + 1)",
        known, from));
    statement.execute(sales(
        "INSERT INTO business_transaction (site, transaction_id, kind, terminal, seq, account,"
            + " amount, asset, offline_flag, sync_status, first_transfer, terminal_ms, at_ms)",
        "{site}, {id}, " + TransactionKind.SALE_CARD.code()
            + ", {terminal}, {seq}, p.account, {amount}, 'CNY', 1, 1, {transfer}, {at}, {at}",
        known, from));
    balances(statement, known);
  }

  /// A row a sale, from the numbers `i` of this step.
  private String sales(String insert, String columns, Site known, long from) {
    return filled(insert + " " + numbers(from, plan.step()) + " SELECT " + columns
        + " FROM n JOIN bench_payer p ON p.k = i % {accounts}", known);
  }

  private static String numbers(long from, long count) {
    return "WITH RECURSIVE n (i) AS (SELECT CAST(" + from
        + " AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < "
        + (from + count) + ")";
  }

  private String filled(String text, Site known) {
    String at = "(" + (plan.endMs() - YEAR_MS) + " + i * " + YEAR_MS + " / " + plan.transfers() + ")";
    return text.replace("{id}", database.idOf("{at}", "i"))
        .replace("{at}", at)
        .replace("{terminal}", known.firstTerminal() + " + i / {records} % " + known.terminals())
        .replace("{seq}", "(i / {records} / " + known.terminals() + " * {records} + i % {records} + 1)")
        .replace("{transfer}", known.firstTransfer() + " + i")
        .replace("{opening}", Long.toString(known.opening()))
        .replace("{merchant}", Long.toString(known.merchant()))
        .replace("{accounts}", Long.toString(known.accounts()))
        .replace("{amount}", Long.toString(LedgerSite.AMOUNT))
        .replace("{records}", Long.toString(plan.records()))
        .replace("{site}", Integer.toString(site));
  }

  private void batches(Connection connection, Site known, long from) throws SQLException {
    String text = filled("INSERT INTO record_batch (site, terminal, first_seq, last_seq, bytes, at_ms) "
        + numbers(from / plan.records(), plan.step() / plan.records())
        // A batch's number times its size is the number of its first sale.
        + " SELECT {site}, {terminal}, {seq}, {seq} + {records} - 1, ?, {at} FROM (SELECT i * {records} AS i FROM n) b",
        known);
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setBytes(1, plan.bytes());
      statement.executeUpdate();
    }
  }

  private void balances(Statement statement, Site known) throws SQLException {
    statement.execute(String.format(Locale.ROOT,
        "UPDATE ledger_account SET posted_debits = posted_debits + %d, version = version + 1 WHERE site = %d"
            + " AND ledger IN (SELECT ledger FROM bench_payer)",
        plan.step() / known.accounts() * LedgerSite.AMOUNT, site));
    statement.execute(String.format(Locale.ROOT,
        "UPDATE ledger_account SET posted_credits = posted_credits + %d, version = version + 1 WHERE site = %d"
            + " AND ledger = %d",
        plan.step() * LedgerSite.AMOUNT, site, known.merchant()));
  }

  private void heads(Statement statement, Site known) throws SQLException {
    String last = "(SELECT %s FROM record_key k WHERE k.site = terminal_head.site AND k.terminal = terminal_head.terminal"
        + " ORDER BY k.seq DESC LIMIT 1)";
    String seq = last.replace("%s", "k.seq");
    String hash = last.replace("%s", "k.hash");
    statement.execute("UPDATE terminal_head SET received_seq = " + seq + ", received_hash = " + hash
        + ", received_turnover = " + seq + " * " + LedgerSite.AMOUNT + ", settled_seq = " + seq
        + ", settled_hash = "
        + hash + ", settled_turnover = " + seq + " * " + LedgerSite.AMOUNT + " WHERE site = " + site
        + " AND terminal >= " + known.firstTerminal() + " AND terminal < "
        + (known.firstTerminal() + known.terminals())
        + " AND EXISTS (SELECT 1 FROM record_key k WHERE k.site = terminal_head.site"
        + " AND k.terminal = terminal_head.terminal)");
  }
}
