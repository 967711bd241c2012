package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.OfficeReads;
import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.AnswerRow;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.AuditSearch;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.Counters;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.EpochRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.ForkRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.IntentRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.LimitReads;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MoneyReads;
import dev.counterfoil.settlement.store.PredebitReads;
import dev.counterfoil.settlement.store.PurseReads;
import dev.counterfoil.settlement.store.RechargeReads;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SaleReads;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import dev.counterfoil.settlement.store.TerminalKeyRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.sim.world.MachineCrashed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The settlement store in memory: atomic commit units, nothing else. Where somebody will want a backup, every committed
/// unit is kept in order, so that a store can be rebuilt as it stood after any earlier commit.
///
/// One thread. A planned [CommitFault] stops the machine right before or right after a unit became durable.
public final class ModelSettlementStore implements SettlementStore, SettlementStore.ReadView {
  private final NavigableMap<Integer, SiteRow> sites = new TreeMap<>();
  private final Map<Integer, SiteTables> tables = new HashMap<>();
  private final Map<TerminalId, TerminalRow> terminalsById = new HashMap<>();
  private final Map<Hash, EnrolmentCodeRow> codes = new HashMap<>();
  private final List<CommitUnit> history = new ArrayList<>();
  private final ModelMoney money = new ModelMoney(this);
  private final ModelSales sales = new ModelSales(this);
  private final ModelPurses purses = new ModelPurses(this);
  private final ModelPredebits predebits = new ModelPredebits(this);
  private final ModelLimits limits = new ModelLimits(this);
  private final ModelRecharges recharges = new ModelRecharges(this);
  private final ModelOffice office = new ModelOffice(this);
  private final ModelMeals meals = new ModelMeals(this);
  private final UnitCheck check = new UnitCheck(this, office, predebits, meals);
  private final ModelAccounts profiles = new ModelAccounts(this);
  private final boolean keepsHistory;
  private int commits;
  private CommitFault nextFault = CommitFault.NONE;

  public ModelSettlementStore() {
    this(true);
  }

  /// @param keepsHistory whether it can be restored; a week of a big town has no room for its past
  ModelSettlementStore(boolean keepsHistory) {
    this.keepsHistory = keepsHistory;
  }

  /// The store as it stood after its first `commits` commits.
  public ModelSettlementStore restoredTo(int commits) {
    ModelSettlementStore restored = new ModelSettlementStore();
    for (CommitUnit unit : history.subList(0, commits)) {
      restored.apply(unit);
    }
    return restored;
  }

  public int commits() {
    return commits;
  }

  public void failNextCommit(CommitFault fault) {
    nextFault = fault;
  }

  @Override
  public CommitOutcome commit(CommitUnit unit) {
    CommitFault fault = nextFault;
    nextFault = CommitFault.NONE;
    if (fault == CommitFault.CRASH_BEFORE) {
      throw new MachineCrashed("before commit " + commits);
    }
    Optional<CommitOutcome> refused = check.refusal(unit);
    if (refused.isPresent()) {
      return refused.get();
    }
    apply(unit);
    if (fault == CommitFault.CRASH_AFTER) {
      throw new MachineCrashed("after commit " + (commits - 1));
    }
    return new CommitOutcome.Committed();
  }

  private void apply(CommitUnit unit) {
    commits++;
    if (keepsHistory) {
      history.add(unit);
    }
    unit.sites().forEach(row -> sites.put(row.site(), row));
    applyRegistry(unit);
    applyRecords(unit);
    applyAccounts(unit);
    applyMoney(unit);
    applyExceptions(unit);
    unit.accountChanges().forEach(row -> table(row.site()).put(row));
    unit.denials().forEach(row -> table(row.site()).put(row));
    unit.enrolmentCodes().forEach(row -> codes.put(row.codeHash(), row));
    unit.enrolmentCodeUses().forEach(row -> codes.put(row.codeHash(), row));
    unit.syncs().forEach(row -> table(row.site()).syncs.add(numbered(row)));
    unit.deeds().forEach(row -> table(row.site()).deeds.add(numbered(row)));
    applyOperators(unit);
    office.apply(unit);
    unit.auditLinks().forEach(row -> table(row.event().site()).auditLinks.add(row));
    unit.auditRoots()
        .forEach(row -> table(row.root().last().site()).auditRoots.put(row.root().day().toEpochDay(), row));
    unit.settings().forEach(row -> table(row.site()).settings.put(row.name(), row.value()));
  }

  private SyncRow numbered(SyncRow row) {
    return new SyncRow(row.site(), table(row.site()).syncs.size() + 1L, row.terminal(), row.outcome(),
        row.startedMs(), row.endedMs(), row.fromSeq(), row.toSeq(), row.records(), row.bytes(),
        row.failures());
  }

  private AdminRow numbered(AdminRow row) {
    return new AdminRow(row.site(), table(row.site()).deeds.size() + 1L, row.atMs(), row.operator(),
        row.command(), row.detail());
  }

  @Override
  public List<SyncRow> syncs(int site, int terminal, int last) {
    List<SyncRow> all = table(site).syncs.stream()
        .filter(row -> terminal == 0 || row.terminal() == terminal).toList();
    return all.subList(Math.max(0, all.size() - last), all.size());
  }

  @Override
  public List<AdminRow> deeds(int site, int last) {
    List<AdminRow> all = List.copyOf(table(site).deeds);
    return all.subList(Math.max(0, all.size() - last), all.size());
  }

  private void applyOperators(CommitUnit unit) {
    unit.operators().forEach(row -> table(row.operator().site()).operators.put(row.operator().number(), row));
    unit.sessions().forEach(row -> table(row.site()).sessions.put(row.token(), row));
    unit.answers().forEach(row -> table(row.site()).answers.put(answerKey(row.caller(), row.key()), row));
    unit.oldAnswers()
        .forEach(row -> table(row.site()).answers.values().removeIf(each -> each.atMs() < row.atMs()));
    unit.sessionEnds().forEach(row -> table(row.site()).sessions.put(row.token(), row));
    unit.approvals().forEach(row -> table(row.approval().site()).approvals.put(row.number(), row));
  }

  @Override
  public Optional<AnswerRow> answer(int site, String caller, String key) {
    return Optional.ofNullable(table(site).answers.get(answerKey(caller, key)));
  }

  /// Neither part contains a line's end.
  static String answerKey(String caller, String key) {
    return caller + "\n" + key;
  }

  @Override
  public List<OperatorRow> operators(int site) {
    return List.copyOf(table(site).operators.values());
  }

  @Override
  public Optional<OperatorRow> operator(int site, String name) {
    return table(site).operators.values().stream().filter(row -> row.operator().name().equals(name))
        .findFirst();
  }

  @Override
  public Optional<Session.State> session(int site, Hash token) {
    return Optional.ofNullable(table(site).sessions.get(token));
  }

  @Override
  public List<Session.State> openSessions(int site, long operator) {
    return table(site).sessions.values().stream().<Session.State.Active>mapMulti((row, open) -> {
      if (row instanceof Session.State.Active active && active.operator() == operator) {
        open.accept(active);
      }
    }).sorted(Comparator.comparing(Session.State.Active::begun)
        .thenComparing(row -> row.token().toString())).<Session.State>map(row -> row).toList();
  }

  @Override
  public OfficeReads office() {
    return office;
  }

  @Override
  public long lastApproval(int site) {
    return table(site).approvals.isEmpty() ? 0 : table(site).approvals.lastKey();
  }

  @Override
  public List<ApprovalRow> approvals(int site, boolean openOnly, long after, int limit) {
    return table(site).approvals.tailMap(after, false).values().stream()
        .filter(row -> !openOnly || isOpen(row.approval())).limit(limit).toList();
  }

  @Override
  public Optional<ApprovalRow> approval(int site, long number) {
    return Optional.ofNullable(table(site).approvals.get(number));
  }

  @Override
  public List<ApprovalRow> openApprovals(int site) {
    return table(site).approvals.values().stream().filter(row -> isOpen(row.approval())).toList();
  }

  static boolean isOpen(Approval approval) {
    return switch (approval.state()) {
      case Approval.State.Waiting _,Approval.State.Approved _ -> true;
      case Approval.State.Rejected _,Approval.State.Withdrawn _,Approval.State.Used _ -> false;
    };
  }

  @Override
  public AuditChain auditChain(int site) {
    List<AuditChain.Link> all = table(site).auditLinks;
    return all.isEmpty() ? AuditChain.empty(site) : all.getLast().end();
  }

  @Override
  public List<AuditChain.Link> auditLinks(int site, long after, int limit) {
    return table(site).auditLinks.stream().skip(after).limit(limit).toList();
  }

  @Override
  public List<AuditChain.Link> auditLinks(int site, AuditSearch search, long after, int limit) {
    return table(site).auditLinks.stream().skip(after).filter(link -> search.fits(link.event())).limit(limit)
        .toList();
  }

  @Override
  public List<AuditRoot.Signed> auditRoots(int site, long after, int limit) {
    return table(site).auditRoots.tailMap(after, false).values().stream().limit(limit).toList();
  }

  private void applyRegistry(CommitUnit unit) {
    for (TerminalRow row : unit.terminals()) {
      table(row.site()).terminals.put(row.terminal(), row);
      terminalsById.put(row.terminalId(), row);
    }
    unit.terminalKeys().forEach(row -> table(row.site()).terminalKeys
        .computeIfAbsent(row.terminal(), _ -> new HashMap<>()).put(row.key().id(), row));
    unit.epochs()
        .forEach(row -> table(row.site()).epochs.computeIfAbsent(row.terminal(), _ -> new TreeMap<>())
            .put(row.epoch().number(), row));
    unit.heads().forEach(row -> table(row.next().site()).heads.put(row.next().terminal(), row.next()));
  }

  private void applyRecords(CommitUnit unit) {
    unit.batches()
        .forEach(row -> table(row.site()).batches.computeIfAbsent(row.terminal(), _ -> new TreeMap<>())
            .put(row.firstSeq(), row));
    unit.recordKeys().forEach(row -> table(row.site()).recordKeys
        .computeIfAbsent(row.terminal(), _ -> new TreeMap<>()).put(row.seq(), row));
    unit.forks().forEach(row -> table(row.site()).forks.computeIfAbsent(row.terminal(), _ -> new HashMap<>())
        .putIfAbsent(new SiteTables.BranchKey(row.seq(), row.hash()), row));
  }

  private void applyAccounts(CommitUnit unit) {
    unit.accounts().forEach(row -> table(row.site()).accounts.put(row.account(), row));
    unit.cards().forEach(row -> table(row.site()).put(row));
    unit.profiles().forEach(row -> table(row.site()).profiles.put(row));
    unit.saleLines().forEach(row -> table(row.site()).saleLines
        .computeIfAbsent(row.transaction(), _ -> new ArrayList<>()).add(row));
    unit.places().forEach(row -> table(row.site()).places.put(row.terminal(), row));
    unit.conditions().forEach(row -> table(row.site()).conditions.put(row.terminal(), row));
    unit.purses().forEach(row -> table(row.site()).purses.put(row.ledger(), row));
    unit.passwords().forEach(row -> table(row.site()).profiles.put(row));
    unit.permissions().forEach(row -> table(row.site()).profiles.put(row));
    unit.relations().forEach(row -> table(row.site()).profiles.put(row));
    unit.accountEvents().forEach(row -> table(row.site()).profiles.log(row));
    unit.importedAccounts().forEach(row -> table(row.site()).profiles.put(row));
  }

  @Override
  public List<TerminalConditionRow> conditions(int site) {
    return List.copyOf(table(site).conditions.values());
  }

  @Override
  public Optional<TerminalConditionRow> condition(int site, int terminal) {
    return Optional.ofNullable(table(site).conditions.get(terminal));
  }

  @Override
  public RechargeReads recharges() {
    return recharges;
  }

  @Override
  public AccountReads profiles() {
    return profiles;
  }

  private void applyMoney(CommitUnit unit) {
    unit.ledgerAccounts().forEach(row -> table(row.site()).put(row));
    unit.transfers().forEach(row -> table(row.site()).insert(row));
    unit.transactions().forEach(row -> table(row.site()).insert(row));
    unit.tillReferences().forEach(row -> table(row.site()).tillReferences
        .computeIfAbsent(row.terminal(), _ -> new HashMap<>()).put(row.reference(), row));
    unit.authorizations().forEach(row -> table(row.site()).authorizations.put(row.transaction(), row));
    unit.holds().forEach(row -> table(row.site()).put(row));
    unit.intents().forEach(row -> table(row.site()).put(row));
    unit.notes().forEach(row -> table(row.site()).notes.put(row.transaction(), row));
    unit.transferLines().forEach(row -> table(row.site()).transferLines
        .computeIfAbsent(row.order(), _ -> new ArrayList<>()).add(row));
    unit.freezes().forEach(row -> table(row.site()).freezes.put(row.number(), row));
    unit.moneyRequests().forEach(row -> table(row.site()).moneyRequests.put(row.number(), row));
    unit.predebits().forEach(row -> table(row.site()).predebits.put(row.number(), row));
    meals.apply(unit);
    unit.gatewayOrders().forEach(row -> table(row.site()).gatewayOrders.put(row.transaction(), row));
    unit.arrivals().forEach(row -> table(row.site()).arrivals.put(row.number(), row));
  }

  private void applyExceptions(CommitUnit unit) {
    for (ExceptionRow row : unit.exceptions()) {
      SiteTables site = table(row.site());
      if (site.exceptionsByKey.putIfAbsent(row.key(), row.exception()) == null) {
        site.exceptions.put(row.exception(), row);
      }
    }
    unit.resolutions().forEach(row -> table(row.site()).exceptions.put(row.exception(), row));
  }

  SiteTables table(int site) {
    SiteTables known = tables.get(site);
    if (known == null) {
      known = new SiteTables();
      tables.put(site, known);
    }
    return known;
  }

  Optional<EnrolmentCodeRow> code(Hash hash) {
    return Optional.ofNullable(codes.get(hash));
  }

  @Override
  public List<SiteRow> sites() {
    return new ArrayList<>(sites.values());
  }

  @Override
  public Optional<SiteRow> site(int site) {
    return Optional.ofNullable(sites.get(site));
  }

  @Override
  public Optional<String> setting(int site, String name) {
    return Optional.ofNullable(table(site).settings.get(name));
  }

  @Override
  public Counters counters(int site) {
    SiteTables t = table(site);
    return new Counters(t.terminals.isEmpty() ? 0 : t.terminals.lastKey(), last(t.accounts), last(t.cards),
        last(t.ledgers), last(t.transfers), last(t.exceptions),
        t.accountChangesByVersion.isEmpty() ? 0 : t.accountChangesByVersion.lastKey().version(),
        t.denialsByVersion.isEmpty() ? 0 : t.denialsByVersion.lastKey().version());
  }

  private static long last(NavigableMap<Long, ?> rows) {
    return rows.isEmpty() ? 0 : rows.lastKey();
  }

  @Override
  public Optional<TerminalRow> terminal(int site, int terminal) {
    return Optional.ofNullable(table(site).terminals.get(terminal));
  }

  @Override
  public Optional<TerminalRow> terminal(TerminalId terminalId) {
    return Optional.ofNullable(terminalsById.get(terminalId));
  }

  @Override
  public List<TerminalRow> terminals(int site) {
    return new ArrayList<>(table(site).terminals.values());
  }

  @Override
  public Optional<HeadRow> head(int site, int terminal) {
    return Optional.ofNullable(table(site).heads.get(terminal));
  }

  @Override
  public List<HeadRow> heads(int site) {
    return new ArrayList<>(table(site).heads.values());
  }

  @Override
  public List<TerminalKeyRow> terminalKeys(int site, int terminal) {
    return table(site).terminalKeys.getOrDefault(terminal, Map.of()).values().stream()
        .sorted(Comparator.comparingLong(TerminalKeyRow::fromSeq)).toList();
  }

  @Override
  public List<EpochRow> epochs(int site, int terminal) {
    NavigableMap<Integer, EpochRow> rows = table(site).epochs.get(terminal);
    return rows == null ? new ArrayList<>() : new ArrayList<>(rows.values());
  }

  @Override
  public Optional<EnrolmentCodeRow> enrolmentCode(Hash codeHash) {
    return code(codeHash);
  }

  @Override
  public Optional<RecordKeyRow> recordKey(int site, int terminal, long seq) {
    NavigableMap<Long, RecordKeyRow> rows = table(site).recordKeys.get(terminal);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.get(seq));
  }

  @Override
  public List<RecordKeyRow> recordKeys(int site, int terminal, long fromSeq, long toSeq) {
    NavigableMap<Long, RecordKeyRow> rows = table(site).recordKeys.get(terminal);
    return rows == null || fromSeq > toSeq
        ? new ArrayList<>()
        : new ArrayList<>(rows.subMap(fromSeq, true, toSeq, true).values());
  }

  @Override
  public List<RecordBatchRow> batches(int site, int terminal, long fromSeq, int limit) {
    NavigableMap<Long, RecordBatchRow> rows = table(site).batches.get(terminal);
    if (rows == null) {
      return new ArrayList<>();
    }
    Long first = rows.floorKey(fromSeq);
    List<RecordBatchRow> found = new ArrayList<>();
    for (RecordBatchRow row : rows.tailMap(first == null ? fromSeq : first, true).values()) {
      if (found.size() == limit) {
        break;
      }
      if (row.lastSeq() >= fromSeq) {
        found.add(row);
      }
    }
    return found;
  }

  @Override
  public List<ForkRow> forks(int site, int terminal) {
    return table(site).forks.getOrDefault(terminal, Map.of()).values().stream()
        .sorted(Comparator.comparingLong(ForkRow::seq).thenComparing(ForkRow::losing)
            .thenComparing(row -> row.hash().toString()))
        .toList();
  }

  @Override
  public Optional<AccountRow> account(int site, long account) {
    return Optional.ofNullable(table(site).accounts.get(account));
  }

  @Override
  public List<AccountRow> accounts(int site, long after, int limit) {
    return first(table(site).accounts.tailMap(after, false).values(), limit);
  }

  @Override
  public Optional<CardRow> card(int site, CardToken token) {
    return Optional.ofNullable(table(site).cardsByToken.get(token));
  }

  @Override
  public List<CardRow> cardsOf(int site, long account) {
    SiteTables t = table(site);
    List<CardRow> rows = new ArrayList<>();
    for (long id : t.cardsByAccount.getOrDefault(account, List.of())) {
      CardRow row = t.cards.get(id);
      if (row != null) {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparingLong(CardRow::card));
    return rows;
  }

  @Override
  public List<CardRow> operatorCards(int site) {
    return cardsOf(site, 0).stream().filter(CardRow::operatorCard).toList();
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, long ledger) {
    return Optional.ofNullable(table(site).ledgers.get(ledger));
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, LedgerKind kind, long owner, String asset) {
    SiteTables t = table(site);
    Long ledger = t.ledgersByOwner.get(new SiteTables.OwnerKey(kind, owner, asset));
    return ledger == null ? Optional.empty() : Optional.ofNullable(t.ledgers.get(ledger));
  }

  @Override
  public List<LedgerAccountRow> ledgerAccounts(int site) {
    return new ArrayList<>(table(site).ledgers.values());
  }

  @Override
  public List<TransferRow> transfers(int site, long after, int limit) {
    return first(table(site).transfers.tailMap(after, false).values(), limit);
  }

  @Override
  public List<TransferRow> transfersOf(int site, TransactionId transaction) {
    return new ArrayList<>(table(site).transfersByTransaction.getOrDefault(transaction, List.of()));
  }

  @Override
  public List<TransactionRow> transactions(int site, Collection<TransactionId> ids) {
    return existing(table(site).transactions, ids);
  }

  @Override
  public List<TransactionRow> transactionsOf(int site, int terminal, long afterSeq, int limit) {
    NavigableMap<Long, TransactionRow> rows = table(site).transactionsByRecord.get(terminal);
    return rows == null ? new ArrayList<>() : first(rows.tailMap(afterSeq, false).values(), limit);
  }

  @Override
  public Optional<TransactionRow> reversalOf(int site, TransactionId original) {
    return Optional.ofNullable(table(site).reversals.get(original));
  }

  @Override
  public List<TransactionRow> transactionsOfAccount(int site, long account, long afterTransfer, int limit) {
    return changesOf(site, account).filter(row -> row.firstTransfer() > afterTransfer).limit(limit).toList();
  }

  @Override
  public List<TransactionRow> transactions(int site, TransactionSearch search, TransactionSearch.Place after,
      int limit) {
    Stream<TransactionRow> rows = search.account() == 0
        ? table(site).transactions.values().stream()
        : changesOf(site, search.account());
    return rows.filter(row -> search.fits(row) && after.isBefore(row) && sales.fits(row, search.where()))
        .sorted(Comparator.comparingLong(TransactionRow::atMs).thenComparing(TransactionRow::transaction)
            .reversed())
        .limit(limit).toList();
  }

  @Override
  public Optional<TransactionRow> lastOfAccount(int site, long account, long atMs) {
    return changesOf(site, account).filter(row -> row.atMs() <= atMs).reduce((_, later) -> later);
  }

  /// Looked through whole: nobody asks often here.
  private Stream<TransactionRow> changesOf(int site, long account) {
    return table(site).transactions.values().stream()
        .filter(row -> account > 0 && row.firstTransfer() > 0 && touches(row, account))
        .sorted(Comparator.comparingLong(TransactionRow::firstTransfer));
  }

  private boolean touches(TransactionRow row, long account) {
    TransactionNoteRow note = table(row.site()).notes.get(row.transaction());
    return row.account() == account || note != null && note.otherAccount() == account;
  }

  @Override
  public MoneyReads money() {
    return money;
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
  public List<TransactionRow> refundsOf(int site, TransactionId original) {
    return new ArrayList<>(table(site).refunds.getOrDefault(original, List.of()));
  }

  @Override
  public Optional<TillReferenceRow> tillReference(int site, int terminal, String reference) {
    return Optional.ofNullable(table(site).tillReferences.get(terminal)).map(rows -> rows.get(reference));
  }

  @Override
  public List<AuthorizationRow> authorizations(int site, Collection<TransactionId> ids) {
    return existing(table(site).authorizations, ids);
  }

  @Override
  public List<HoldRow> openHolds(int site) {
    return new ArrayList<>(table(site).openHolds.values());
  }

  @Override
  public List<IntentRow> openIntents(int site, int terminal) {
    return table(site).openIntents.values().stream().filter(row -> row.terminal() == terminal).toList();
  }

  @Override
  public List<IntentRow> unaskedIntents(int site, long atMs, int limit) {
    return table(site).openIntents.values().stream().filter(row -> row.asked() == 0 && row.atMs() <= atMs)
        .limit(limit).toList();
  }

  @Override
  public Optional<HoldRow> holdOf(int site, TransactionId transaction) {
    SiteTables t = table(site);
    Long hold = t.holdsByTransaction.get(transaction);
    return hold == null ? Optional.empty() : Optional.ofNullable(t.holds.get(hold));
  }

  @Override
  public List<ExceptionRow> exceptions(int site, boolean openOnly, long after, int limit) {
    return table(site).exceptions.tailMap(after, false).values().stream()
        .filter(row -> !openOnly || row.isOpen())
        .limit(limit).toList();
  }

  @Override
  public Optional<ExceptionRow> exception(int site, long exception) {
    return Optional.ofNullable(table(site).exceptions.get(exception));
  }

  @Override
  public List<AccountChangeRow> accountsChangedAfter(int site, long version, int limit) {
    return first(
        table(site).accountChangesByVersion.tailMap(SiteTables.VersionKey.after(version), false).values(),
        limit);
  }

  @Override
  public List<DenyRow> deniesChangedAfter(int site, long version, int limit) {
    return first(table(site).denialsByVersion.tailMap(SiteTables.VersionKey.after(version), false).values(),
        limit);
  }

  private static <T> List<T> first(Collection<T> rows, int limit) {
    List<T> found = new ArrayList<>();
    for (T row : rows) {
      if (found.size() == limit) {
        break;
      }
      found.add(row);
    }
    return found;
  }

  private static <K, V> List<V> existing(Map<K, V> rows, Collection<K> ids) {
    List<V> found = new ArrayList<>();
    for (K id : ids) {
      V row = rows.get(id);
      if (row != null) {
        found.add(row);
      }
    }
    return found;
  }

  @Override
  public ReadView openReader() {
    // One thread, and units are applied whole: there is nothing uncommitted to hide.
    return this;
  }

  @Override
  public void close() {
    // Nothing outside the heap is held.
  }
}
