package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store. Lists are in ascending order of the key named, complete unless a limit is
/// given, and the caller's own. An instance belongs to one thread. Every method may throw {@link StoreException}.
public interface SettlementReads {

  /// All sites by number.
  List<SiteRow> sites();

  Optional<SiteRow> site(int site);

  /// Value of a setting, of site 0 for the server's own.
  Optional<String> setting(int site, String name);

  Counters counters(int site);

  // Registry.

  Optional<TerminalRow> terminal(int site, int terminal);

  /// The one look-up without a site: a certificate names a terminal, and the terminal its site.
  Optional<TerminalRow> terminal(TerminalId terminalId);

  /// By number.
  List<TerminalRow> terminals(int site);

  Optional<HeadRow> head(int site, int terminal);

  /// By terminal number.
  List<HeadRow> heads(int site);

  /// All keys a terminal ever had, by `fromSeq`.
  List<TerminalKeyRow> terminalKeys(int site, int terminal);

  /// All epochs given to a terminal, by number.
  List<EpochRow> epochs(int site, int terminal);

  /// Without a site, as the code itself says which site it is for.
  Optional<EnrolmentCodeRow> enrolmentCode(Hash codeHash);

  // Records.

  Optional<RecordKeyRow> recordKey(int site, int terminal, long seq);

  /// Keys of records fromSeq..toSeq, by seq.
  List<RecordKeyRow> recordKeys(int site, int terminal, long fromSeq, long toSeq);

  /// At most `limit` batches that hold a record of fromSeq or later, by first seq; the first may begin earlier.
  List<RecordBatchRow> batches(int site, int terminal, long fromSeq, int limit);

  /// By seq, the accepted branch before the losing ones.
  List<ForkRow> forks(int site, int terminal);

  // Accounts and cards.

  Optional<AccountRow> account(int site, long account);

  /// At most `limit` accounts with a number above `after`, by number.
  List<AccountRow> accounts(int site, long after, int limit);

  Optional<CardRow> card(int site, CardToken token);

  /// By card number.
  List<CardRow> cardsOf(int site, long account);

  /// Cards without an account that act for an operator, by card number.
  List<CardRow> operatorCards(int site);

  /// What is known of accounts besides what every tap needs.
  AccountReads profiles();

  // Ledger.

  Optional<LedgerAccountRow> ledgerAccount(int site, long ledger);

  Optional<LedgerAccountRow> ledgerAccount(int site, LedgerKind kind, long owner, String asset);

  /// By number.
  List<LedgerAccountRow> ledgerAccounts(int site);

  /// At most `limit` transfers with a number above `after`, by number.
  List<TransferRow> transfers(int site, long after, int limit);

  /// By transfer number.
  List<TransferRow> transfersOf(int site, TransactionId transaction);

  /// Those of the given transactions that exist, in any order.
  List<TransactionRow> transactions(int site, Collection<TransactionId> ids);

  default Optional<TransactionRow> transaction(int site, TransactionId id) {
    return transactions(site, List.of(id)).stream().findFirst();
  }

  /// At most `limit` transactions of one terminal with a record number above `afterSeq`, by record number.
  List<TransactionRow> transactionsOf(int site, int terminal, long afterSeq, int limit);

  /// The void or reversal of a transaction.
  Optional<TransactionRow> reversalOf(int site, TransactionId original);

  /// What changed a holder's balance or reserved a part of it, in order.
  ///
  /// @param afterTransfer only those whose first transfer has a higher number
  List<TransactionRow> transactionsOfAccount(int site, long account, long afterTransfer, int limit);

  /// At most `limit` transactions that somebody looks for and that come after a place, the newest first (PAY-26).
  List<TransactionRow> transactions(int site, TransactionSearch search, TransactionSearch.Place after,
      int limit);

  /// The last one of {@link #transactionsOfAccount} that was settled at `atMs` or before.
  Optional<TransactionRow> lastOfAccount(int site, long account, long atMs);

  /// What was paid back of a sale or a transfer so far, in no particular order.
  List<TransactionRow> refundsOf(int site, TransactionId original);

  /// The sale booked under a till's own number.
  Optional<TillReferenceRow> tillReference(int site, int terminal, String reference);

  /// Those of the given authorizations that exist, in any order.
  List<AuthorizationRow> authorizations(int site, Collection<TransactionId> ids);

  /// By hold number.
  List<HoldRow> openHolds(int site);

  Optional<HoldRow> holdOf(int site, TransactionId transaction);

  /// What each terminal of the site last said of itself, by terminal; those that never spoke are not there.
  List<TerminalConditionRow> conditions(int site);

  Optional<TerminalConditionRow> condition(int site, int terminal);

  /// Goods and places of sales.
  SaleReads sales();

  /// Subsidies of holders.
  PurseReads purses();

  /// Provisional charges.
  PredebitReads predebits();

  /// Ordered meals.
  MealOrderReads meals();

  /// What operators moved, froze and asked for.
  MoneyReads money();

  /// Recharges that are not cash.
  RechargeReads recharges();

  /// Counts and sums that limits ask.
  LimitReads limits();

  // Intents.

  /// Intents of a terminal that no OUTCOME has ended, by record number.
  List<IntentRow> openIntents(int site, int terminal);

  /// At most `limit` open intents that nobody was asked about, settled at `atMs` or before, by terminal and record.
  List<IntentRow> unaskedIntents(int site, long atMs, int limit);

  // Exceptions.

  /// At most `limit` exceptions with a number above `after`, by number.
  List<ExceptionRow> exceptions(int site, boolean openOnly, long after, int limit);

  Optional<ExceptionRow> exception(int site, long exception);

  // Logs.

  /// The newest `last` entries of the sync log, the newest last.
  ///
  /// @param terminal 0 for all terminals of the site
  List<SyncRow> syncs(int site, int terminal, int last);

  /// The newest `last` entries of the operators' log, the newest last.
  List<AdminRow> deeds(int site, int last);

  // Callers' requests.

  /// What was answered under a caller's key.
  Optional<AnswerRow> answer(int site, String caller, String key);

  // Operators.

  /// By number.
  List<OperatorRow> operators(int site);

  Optional<OperatorRow> operator(int site, String name);

  default Optional<OperatorRow> operator(int site, long number) {
    return operators(site).stream().filter(row -> row.operator().number() == number).findFirst();
  }

  /// Live or ended.
  Optional<Session.State> session(int site, Hash token);

  /// An operator's sessions that have not ended, by their beginning.
  List<Session.State> openSessions(int site, long operator);

  Optional<ApprovalRow> approval(int site, long number);

  /// Those that wait or are approved and not carried out, expired ones too, by number.
  List<ApprovalRow> openApprovals(int site);

  /// Number of the newest approval, 0 when there is none.
  long lastApproval(int site);

  /// At most `limit` approvals with a number above `after`, by number.
  ///
  /// @param openOnly those of {@link #openApprovals} only
  List<ApprovalRow> approvals(int site, boolean openOnly, long after, int limit);

  /// Machines, applications for refunds, notices, contacts.
  OfficeReads office();

  // Audit trail.

  /// How far the site's trail has come.
  AuditChain auditChain(int site);

  /// At most `limit` events with a number above `after`, by number.
  List<AuditChain.Link> auditLinks(int site, long after, int limit);

  /// The same, of those that somebody looks for. Reads the trail from `after` on until it has as many.
  List<AuditChain.Link> auditLinks(int site, AuditSearch search, long after, int limit);

  /// At most `limit` roots of days after `after`, counted since 1970-01-01, by day.
  List<AuditRoot.Signed> auditRoots(int site, long after, int limit);

  // What terminals must learn.

  /// At most `limit` accounts whose newest change is above `version`, by that version.
  List<AccountChangeRow> accountsChangedAfter(int site, long version, int limit);

  /// At most `limit` tokens whose newest change is above `version`, by that version.
  List<DenyRow> deniesChangedAfter(int site, long version, int limit);
}
