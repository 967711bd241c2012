package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every question of {@link SettlementReads} as one statement: a view of its own, and the reading half of a store.
/// Belongs to its connection's thread.
sealed class SqlReads implements SettlementStore.ReadView permits SqlSettlementStore {

  static final SqlById TRANSACTIONS = new SqlById("business_transaction", SqlMoney.TRANSACTION);
  static final SqlById AUTHORIZATIONS = new SqlById("\"authorization\"", SqlMoney.AUTHORIZATION);
  private static final String FOUND = "SELECT " + SqlMoney.TRANSACTION
      + " FROM business_transaction WHERE site = ?";
  private static final String FITS = " AND at_ms >= ? AND at_ms < ? AND (at_ms, transaction_id) < (?, ?)"
      + " AND (? = 0 OR terminal = ?) AND (? = 0 OR kind = ?) AND abs(amount) >= ? AND abs(amount) <= ?"
      + " AND (? = 0 OR EXISTS (SELECT 1 FROM transfer f JOIN ledger_account m ON m.site = f.site"
      + " AND m.ledger IN (f.debit, f.credit) WHERE f.site = business_transaction.site"
      + " AND f.transfer = business_transaction.first_transfer AND m.kind = 2 AND m.owner = ?))"
      + " AND (? = 0 OR EXISTS (SELECT 1 FROM terminal_place p WHERE p.site = business_transaction.site"
      + " AND p.terminal = business_transaction.terminal AND p.location = ?))"
      + " AND (? = 0 OR EXISTS (SELECT 1 FROM sale_line c WHERE c.site = business_transaction.site"
      + " AND c.transaction_id = business_transaction.transaction_id AND c.category = ?))"
      + " AND (? = '' OR EXISTS (SELECT 1 FROM sale_line g WHERE g.site = business_transaction.site"
      + " AND g.transaction_id = business_transaction.transaction_id AND g.product = ?))"
      + " ORDER BY at_ms DESC, transaction_id DESC LIMIT ?";
  private static final Comparator<TransactionRow> NEWEST_FIRST = Comparator
      .comparingLong(TransactionRow::atMs).thenComparing(TransactionRow::transaction).reversed();

  private final SqlStatements sql;
  private final SqlMoves moves;
  private final SqlLimits limits;
  private final SqlPurses purses;
  private final SqlPredebits predebits;
  private final SqlMealOrders meals;
  private final SqlSales sales;
  private final SqlRecharges recharges;
  private final SqlProfiles profiles;
  private final SqlOffice office;

  SqlReads(SqlStatements sql) {
    this.sql = sql;
    this.moves = new SqlMoves(sql);
    this.limits = new SqlLimits(sql);
    this.purses = new SqlPurses(sql);
    this.predebits = new SqlPredebits(sql);
    this.meals = new SqlMealOrders(sql);
    this.sales = new SqlSales(sql);
    this.recharges = new SqlRecharges(sql);
    this.profiles = new SqlProfiles(sql);
    this.office = new SqlOffice(sql);
  }

  @Override
  public RechargeReads recharges() {
    return recharges;
  }

  @Override
  public OfficeReads office() {
    return office;
  }

  @Override
  public AccountReads profiles() {
    return profiles;
  }

  @Override
  public List<SiteRow> sites() {
    return sql.many("SELECT " + SqlRegistry.SITE + " FROM site ORDER BY site", SqlRegistry::site);
  }

  @Override
  public Optional<SiteRow> site(int site) {
    return sql.one("SELECT " + SqlRegistry.SITE + " FROM site WHERE site = ?", SqlRegistry::site, site);
  }

  @Override
  public Optional<String> setting(int site, String name) {
    return sql.one("SELECT value FROM setting WHERE site = ? AND name = ?", r -> r.getString(1), site, name);
  }

  @Override
  public Counters counters(int site) {
    return new Counters((int) highest("terminal", "terminal", site), highest("account", "account", site),
        highest("card", "card", site), highest("ledger", "ledger_account", site),
        highest("transfer", "transfer", site), highest("exception", "exception", site),
        highest("version", "account_change", site), highest("version", "deny", site));
  }

  private long highest(String column, String table, int site) {
    return sql
        .one("SELECT coalesce(max(" + column + "), 0) FROM " + table + " WHERE site = ?", r -> r.getLong(1),
            site)
        .orElse(0L);
  }

  @Override
  public Optional<TerminalRow> terminal(int site, int terminal) {
    return sql.one("SELECT " + SqlRegistry.TERMINAL + " FROM terminal WHERE site = ? AND terminal = ?",
        SqlRegistry::terminal, site, terminal);
  }

  @Override
  public Optional<TerminalRow> terminal(TerminalId terminalId) {
    return sql.one("SELECT " + SqlRegistry.TERMINAL + " FROM terminal WHERE terminal_id = ?",
        SqlRegistry::terminal,
        (Object) terminalId.bytes());
  }

  @Override
  public List<TerminalRow> terminals(int site) {
    return sql.many("SELECT " + SqlRegistry.TERMINAL + " FROM terminal WHERE site = ? ORDER BY terminal",
        SqlRegistry::terminal, site);
  }

  @Override
  public List<TerminalConditionRow> conditions(int site) {
    return sql.many(SqlConditions.OF_SITE, SqlConditions::read, site);
  }

  @Override
  public Optional<TerminalConditionRow> condition(int site, int terminal) {
    return sql.one(SqlConditions.ONE, SqlConditions::read, site, terminal);
  }

  @Override
  public Optional<HeadRow> head(int site, int terminal) {
    return sql.one("SELECT " + SqlRecords.HEAD + " FROM terminal_head WHERE site = ? AND terminal = ?",
        SqlRecords::head, site, terminal);
  }

  @Override
  public List<HeadRow> heads(int site) {
    return sql.many("SELECT " + SqlRecords.HEAD + " FROM terminal_head WHERE site = ? ORDER BY terminal",
        SqlRecords::head, site);
  }

  @Override
  public List<TerminalKeyRow> terminalKeys(int site, int terminal) {
    return sql.many("SELECT " + SqlRegistry.TERMINAL_KEY
        + " FROM terminal_key WHERE site = ? AND terminal = ? ORDER BY from_seq, until_seq",
        SqlRegistry::terminalKey,
        site, terminal);
  }

  @Override
  public List<EpochRow> epochs(int site, int terminal) {
    return sql.many(
        "SELECT " + SqlRegistry.EPOCH + " FROM terminal_epoch WHERE site = ? AND terminal = ? ORDER BY epoch",
        SqlRegistry::epoch, site, terminal);
  }

  @Override
  public Optional<EnrolmentCodeRow> enrolmentCode(Hash codeHash) {
    return sql.one("SELECT " + SqlRegistry.CODE + " FROM enrolment_code WHERE code_hash = ?",
        SqlRegistry::code,
        (Object) codeHash.bytes());
  }

  @Override
  public Optional<RecordKeyRow> recordKey(int site, int terminal, long seq) {
    return recordKeys(site, terminal, seq, seq).stream().findFirst();
  }

  @Override
  public List<RecordKeyRow> recordKeys(int site, int terminal, long fromSeq, long toSeq) {
    return sql.many("SELECT " + SqlRecords.RECORD_KEY
        + " FROM record_key WHERE site = ? AND terminal = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        SqlRecords::recordKey, site, terminal, fromSeq, toSeq);
  }

  @Override
  public List<RecordBatchRow> batches(int site, int terminal, long fromSeq, int limit) {
    // The newest batch that begins at or before the record, and those behind it.
    return sql.many("SELECT " + SqlRecords.BATCH
        + " FROM record_batch WHERE site = ? AND terminal = ? AND first_seq >="
        + " coalesce((SELECT max(first_seq) FROM record_batch WHERE site = ? AND terminal = ? AND first_seq <= ?), 0)"
        + " AND last_seq >= ? ORDER BY first_seq LIMIT ?", SqlRecords::batch, site, terminal, site, terminal,
        fromSeq, fromSeq, limit);
  }

  @Override
  public List<ForkRow> forks(int site, int terminal) {
    return sql.many("SELECT " + SqlRecords.FORK + " FROM fork_record WHERE site = ? AND terminal = ?"
        + " ORDER BY seq, losing, hash", SqlRecords::fork, site, terminal);
  }

  @Override
  public Optional<AccountRow> account(int site, long account) {
    return sql.one("SELECT " + SqlAccounts.ACCOUNT + " FROM account WHERE site = ? AND account = ?",
        SqlAccounts::account, site, account);
  }

  @Override
  public List<AccountRow> accounts(int site, long after, int limit) {
    return sql
        .many(
            "SELECT " + SqlAccounts.ACCOUNT + " FROM account WHERE site = ? AND account > ? ORDER BY account"
                + " LIMIT ?",
            SqlAccounts::account, site, after, limit);
  }

  @Override
  public Optional<CardRow> card(int site, CardToken token) {
    return sql.one("SELECT " + SqlAccounts.CARD + " FROM card WHERE site = ? AND token = ?",
        SqlAccounts::card,
        site,
        token.bytes());
  }

  @Override
  public List<CardRow> cardsOf(int site, long account) {
    return sql.many("SELECT " + SqlAccounts.CARD + " FROM card WHERE site = ? AND account = ? ORDER BY card",
        SqlAccounts::card, site, account);
  }

  @Override
  public List<CardRow> operatorCards(int site) {
    return cardsOf(site, 0);
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, long ledger) {
    return sql.one("SELECT " + SqlMoney.LEDGER + " FROM ledger_account WHERE site = ? AND ledger = ?",
        SqlMoney::ledger, site, ledger);
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, LedgerKind kind, long owner, String asset) {
    return sql.one("SELECT " + SqlMoney.LEDGER
        + " FROM ledger_account WHERE site = ? AND kind = ? AND owner = ? AND asset = ?", SqlMoney::ledger,
        site,
        kind.code(), owner, asset);
  }

  @Override
  public List<LedgerAccountRow> ledgerAccounts(int site) {
    return sql.many("SELECT " + SqlMoney.LEDGER + " FROM ledger_account WHERE site = ? ORDER BY ledger",
        SqlMoney::ledger, site);
  }

  @Override
  public List<TransferRow> transfers(int site, long after, int limit) {
    return sql.many(
        "SELECT " + SqlMoney.TRANSFER + " FROM transfer WHERE site = ? AND transfer > ? ORDER BY transfer"
            + " LIMIT ?",
        SqlMoney::transfer, site, after, limit);
  }

  @Override
  public List<TransferRow> transfersOf(int site, TransactionId transaction) {
    byte[] id = transaction.bytes();
    var found = new ArrayList<TransferRow>();
    // No index on the id, which would cost every sale; the hold and the transaction say where to look.
    sql.one("SELECT hold, ended_by FROM hold WHERE site = ? AND transaction_id = ?",
        r -> List.of(r.getLong(1), r.getLong(2)), site, id).ifPresent(
            ends -> ends.forEach(number -> transfer(site, number)
                .filter(row -> row.transaction().equals(transaction)).ifPresent(found::add)));
    long first = sql
        .one("SELECT first_transfer FROM business_transaction WHERE site = ? AND transaction_id = ?",
            r -> r.getLong(1), site, id)
        .orElse(0L);
    Optional<TransferRow> next = first == 0 ? Optional.empty() : transfer(site, first);
    while (next.isPresent() && next.get().transaction().equals(transaction)) {
      if (!found.contains(next.get())) {
        found.add(next.get());
      }
      next = transfer(site, next.get().transfer() + 1);
    }
    // A hold may end behind what a subsidy gave.
    found.sort(Comparator.comparingLong(TransferRow::transfer));
    return found;
  }

  private Optional<TransferRow> transfer(int site, long number) {
    return sql.one("SELECT " + SqlMoney.TRANSFER + " FROM transfer WHERE site = ? AND transfer = ?",
        SqlMoney::transfer, site, number);
  }

  @Override
  public List<TransactionRow> transactions(int site, Collection<TransactionId> ids) {
    return TRANSACTIONS.read(sql, SqlMoney::transactionRow, site, ids);
  }

  @Override
  public Optional<TillReferenceRow> tillReference(int site, int terminal, String reference) {
    return sql.one(
        "SELECT " + SqlMoney.TILL_REFERENCE
            + " FROM till_reference WHERE site = ? AND terminal = ? AND reference = ?",
        SqlMoney::tillReference, site, terminal, reference);
  }

  @Override
  public List<AuthorizationRow> authorizations(int site, Collection<TransactionId> ids) {
    return AUTHORIZATIONS.read(sql, SqlMoney::authorization, site, ids);
  }

  @Override
  public List<TransactionRow> transactionsOf(int site, int terminal, long afterSeq, int limit) {
    return sql.many("SELECT t." + SqlMoney.TRANSACTION.replace(", ", ", t.")
        + " FROM record_key k JOIN business_transaction t ON t.site = k.site AND t.transaction_id = k.transaction_id"
        + " WHERE k.site = ? AND k.terminal = ? AND k.seq > ? AND t.terminal = k.terminal AND t.seq = k.seq"
        + " ORDER BY k.seq LIMIT ?", SqlMoney::transactionRow, site, terminal, afterSeq, limit);
  }

  @Override
  public Optional<TransactionRow> reversalOf(int site, TransactionId original) {
    return sql.one(
        "SELECT " + SqlMoney.TRANSACTION
            + " FROM business_transaction WHERE site = ? AND reverses = ? AND kind IN (3, 13)",
        SqlMoney::transactionRow, site, original.bytes());
  }

  @Override
  public List<TransactionRow> transactionsOfAccount(int site, long account, long afterTransfer, int limit) {
    List<TransactionRow> own = sql.many("SELECT " + SqlMoney.TRANSACTION
        + " FROM business_transaction WHERE site = ? AND account = ?"
        + " AND account > 0 AND first_transfer > 0 AND first_transfer > ? ORDER BY first_transfer LIMIT ?",
        SqlMoney::transactionRow, site, account, afterTransfer, limit);
    List<TransactionRow> others = sql.many("SELECT " + SqlMoney.TRANSACTION
        + " FROM business_transaction WHERE site = ? AND transaction_id IN (SELECT transaction_id"
        + " FROM transaction_note WHERE site = ? AND other_account = ? AND other_account > 0"
        + " AND first_transfer > ? ORDER BY first_transfer LIMIT ?)",
        SqlMoney::transactionRow, site, site, account, afterTransfer, limit);
    return Stream.concat(own.stream(), others.stream())
        .sorted(Comparator.comparingLong(TransactionRow::firstTransfer)).limit(limit).toList();
  }

  @Override
  public List<TransactionRow> transactions(int site, TransactionSearch search, TransactionSearch.Place after,
      int limit) {
    if (search.account() == 0) {
      return sql.many(FOUND + FITS, SqlMoney::transactionRow, fits(search, after, limit, site));
    }
    List<TransactionRow> own = sql.many(
        FOUND + " AND account = ? AND account > 0 AND first_transfer > 0" + FITS,
        SqlMoney::transactionRow, fits(search, after, limit, site, search.account()));
    List<TransactionRow> others = sql.many(FOUND + " AND transaction_id IN (SELECT transaction_id"
        + " FROM transaction_note WHERE site = ? AND other_account = ? AND other_account > 0)" + FITS,
        SqlMoney::transactionRow, fits(search, after, limit, site, site, search.account()));
    return Stream.concat(own.stream(), others.stream()).sorted(NEWEST_FIRST).limit(limit).toList();
  }

  /// What to bind: the given values, then those of {@link #FITS}.
  private static Object[] fits(TransactionSearch search, TransactionSearch.Place after, int limit,
      Object... first) {
    TransactionKind kind = search.kind();
    int code = kind == null ? 0 : kind.code();
    return Stream.concat(Stream.of(first),
        Stream.<Object>of(search.fromMs(), search.untilMs(), after.atMs(), after.transaction().bytes(),
            search.terminal(), search.terminal(), code, code, search.leastMinor(), search.mostMinor(),
            search.where().merchant(), search.where().merchant(),
            search.where().location(), search.where().location(), search.where().category(),
            search.where().category(), search.where().product(), search.where().product(), limit))
        .toArray();
  }

  @Override
  public Optional<TransactionRow> lastOfAccount(int site, long account, long atMs) {
    Optional<TransactionRow> own = sql.one(
        "SELECT " + SqlMoney.TRANSACTION + " FROM business_transaction WHERE site = ? AND account = ?"
            + " AND account > 0 AND first_transfer > 0 AND at_ms <= ? ORDER BY first_transfer DESC LIMIT 1",
        SqlMoney::transactionRow, site, account, atMs);
    Optional<TransactionRow> other = sql.one("SELECT " + SqlMoney.TRANSACTION
        + " FROM business_transaction WHERE site = ? AND transaction_id IN (SELECT transaction_id"
        + " FROM transaction_note WHERE site = ? AND other_account = ? AND other_account > 0"
        + " AND at_ms <= ? ORDER BY first_transfer DESC LIMIT 1)",
        SqlMoney::transactionRow, site, site, account, atMs);
    return Stream.concat(own.stream(), other.stream())
        .max(Comparator.comparingLong(TransactionRow::firstTransfer));
  }

  @Override
  public List<TransactionRow> refundsOf(int site, TransactionId original) {
    return sql.many(
        "SELECT " + SqlMoney.TRANSACTION
            + " FROM business_transaction WHERE site = ? AND reverses = ? AND kind IN (7, 8)",
        SqlMoney::transactionRow, site, original.bytes());
  }

  @Override
  public List<HoldRow> openHolds(int site) {
    return sql.many("SELECT " + SqlMoney.HOLD + " FROM hold WHERE site = ? AND state = 1 ORDER BY hold",
        SqlMoney::hold, site);
  }

  @Override
  public Optional<HoldRow> holdOf(int site, TransactionId transaction) {
    return sql.one("SELECT " + SqlMoney.HOLD + " FROM hold WHERE site = ? AND transaction_id = ?",
        SqlMoney::hold,
        site, transaction.bytes());
  }

  @Override
  public MoneyReads money() {
    return moves;
  }

  @Override
  public SaleReads sales() {
    return sales;
  }

  @Override
  public PurseReads purses() {
    return purses;
  }

  @Override
  public PredebitReads predebits() {
    return predebits;
  }

  @Override
  public MealOrderReads meals() {
    return meals;
  }

  @Override
  public LimitReads limits() {
    return limits;
  }

  @Override
  public List<IntentRow> openIntents(int site, int terminal) {
    return sql.many("SELECT " + SqlRecords.INTENT
        + " FROM intent WHERE site = ? AND terminal = ? AND ended_by = 0 ORDER BY seq", SqlRecords::intent,
        site,
        terminal);
  }

  @Override
  public List<IntentRow> unaskedIntents(int site, long atMs, int limit) {
    return sql.many("SELECT " + SqlRecords.INTENT
        + " FROM intent WHERE site = ? AND ended_by = 0 AND asked = 0 AND at_ms <= ? ORDER BY terminal, seq LIMIT ?",
        SqlRecords::intent, site, atMs, limit);
  }

  @Override
  public List<ExceptionRow> exceptions(int site, boolean openOnly, long after, int limit) {
    return sql.many("SELECT " + SqlExceptions.EXCEPTION + " FROM exception WHERE site = ? AND exception > ?"
        + (openOnly ? " AND resolved_at_ms = 0" : "") + " ORDER BY exception LIMIT ?",
        SqlExceptions::exception,
        site,
        after, limit);
  }

  @Override
  public Optional<ExceptionRow> exception(int site, long exception) {
    return sql.one("SELECT " + SqlExceptions.EXCEPTION + " FROM exception WHERE site = ? AND exception = ?",
        SqlExceptions::exception, site, exception);
  }

  @Override
  public List<SyncRow> syncs(int site, int terminal, int last) {
    String all = "SELECT " + SqlLogs.SYNC + " FROM sync_log WHERE site = ?";
    String newest = " ORDER BY entry DESC LIMIT ?";
    return (terminal == 0
        ? sql.many(all + newest, SqlLogs::sync, site, last)
        : sql.many(all + " AND terminal = ?" + newest, SqlLogs::sync, site, terminal, last)).reversed();
  }

  @Override
  public List<AdminRow> deeds(int site, int last) {
    return sql
        .many("SELECT " + SqlLogs.DEED + " FROM admin_log WHERE site = ? ORDER BY entry DESC LIMIT ?",
            SqlLogs::deed, site, last)
        .reversed();
  }

  @Override
  public Optional<AnswerRow> answer(int site, String caller, String key) {
    return sql.one(SqlOperators.ANSWER, SqlOperators::answer, site, caller, key);
  }

  @Override
  public List<OperatorRow> operators(int site) {
    return sql.many(SqlOperators.OPERATORS + " ORDER BY number", SqlOperators::operator, site);
  }

  @Override
  public Optional<OperatorRow> operator(int site, String name) {
    return sql.one(SqlOperators.OPERATORS + " AND name = ?", SqlOperators::operator, site, name);
  }

  @Override
  public Optional<Session.State> session(int site, Hash token) {
    return sql.one(SqlOperators.SESSIONS + " AND token = ?", SqlOperators::session, site,
        token.bytes());
  }

  @Override
  public List<Session.State> openSessions(int site, long operator) {
    return sql.many(SqlOperators.SESSIONS + " AND operator = ? AND ended = '' ORDER BY begun_ms, token",
        SqlOperators::session, site, operator);
  }

  @Override
  public long lastApproval(int site) {
    return highest("number", "approval", site);
  }

  @Override
  public List<ApprovalRow> approvals(int site, boolean openOnly, long after, int limit) {
    return sql.many(SqlOperators.APPROVALS + " AND number > ? AND (? = 0 OR state IN ('WAITING', 'APPROVED'))"
        + " ORDER BY number LIMIT ?", SqlOperators::approval, site, after, openOnly ? 1 : 0, limit);
  }

  @Override
  public Optional<ApprovalRow> approval(int site, long number) {
    return sql.one(SqlOperators.APPROVALS + " AND number = ?", SqlOperators::approval, site, number);
  }

  @Override
  public List<ApprovalRow> openApprovals(int site) {
    return sql.many(SqlOperators.APPROVALS + " AND state IN ('WAITING', 'APPROVED') ORDER BY number",
        SqlOperators::approval, site);
  }

  @Override
  public AuditChain auditChain(int site) {
    return sql.one(
        "SELECT " + SqlLogs.AUDIT_EVENT + " FROM audit_event WHERE site = ? ORDER BY number DESC LIMIT 1",
        SqlLogs::auditLink, site).map(AuditChain.Link::end).orElseGet(() -> AuditChain.empty(site));
  }

  @Override
  public List<AuditChain.Link> auditLinks(int site, long after, int limit) {
    return sql.many("SELECT " + SqlLogs.AUDIT_EVENT
        + " FROM audit_event WHERE site = ? AND number > ? ORDER BY number LIMIT ?", SqlLogs::auditLink,
        site,
        after, limit);
  }

  @Override
  public List<AuditChain.Link> auditLinks(int site, AuditSearch search, long after, int limit) {
    return sql.many("SELECT " + SqlLogs.AUDIT_EVENT + " FROM audit_event WHERE site = ? AND number > ?"
        + " AND (? = '' OR actor = ?) AND (? = '' OR action = ?) AND (? = '' OR object = ?)"
        + " AND at_ms >= ? AND at_ms < ? ORDER BY number LIMIT ?", SqlLogs::auditLink, site, after,
        search.actor(), search.actor(), search.action(), search.action(), search.object(), search.object(),
        search.fromMs(), search.untilMs(), limit);
  }

  @Override
  public List<AuditRoot.Signed> auditRoots(int site, long after, int limit) {
    return sql.many("SELECT " + SqlLogs.AUDIT_ROOT
        + " FROM audit_root WHERE site = ? AND day > ? ORDER BY day LIMIT ?", SqlLogs::auditRoot, site,
        after,
        limit);
  }

  @Override
  public List<AccountChangeRow> accountsChangedAfter(int site, long version, int limit) {
    return sql.many("SELECT " + SqlAccounts.CHANGE
        + " FROM account_change WHERE site = ? AND version > ? ORDER BY version LIMIT ?", SqlAccounts::change,
        site, version, limit);
  }

  @Override
  public List<DenyRow> deniesChangedAfter(int site, long version, int limit) {
    return sql.many("SELECT " + SqlAccounts.DENIAL
        + " FROM deny WHERE site = ? AND version > ? ORDER BY version LIMIT ?", SqlAccounts::denial, site,
        version, limit);
  }

  @Override
  public void close() {
    sql.close();
  }
}
