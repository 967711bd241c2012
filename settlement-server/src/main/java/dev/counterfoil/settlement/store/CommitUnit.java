package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Everything that one step of the server changes, as pure data: either all of it becomes durable or none of it.
///
/// A store applies the lists in the order of the accessors below; within a list, in the order of adding. A failed
/// head comparison or a key that is not new undoes everything (see {@link CommitOutcome}). Built by one thread and
/// handed over; a store does not change it, so the same unit may be looked at after a failure.
public final class CommitUnit {

  private List<SiteRow> sites = List.of();
  private List<TerminalRow> terminals = List.of();
  private List<TerminalKeyRow> terminalKeys = List.of();
  private List<EpochRow> epochs = List.of();
  private List<HeadUpdate> heads = List.of();
  private List<RecordBatchRow> batches = List.of();
  private List<RecordKeyRow> recordKeys = List.of();
  private List<ForkRow> forks = List.of();
  private List<AccountRow> accounts = List.of();
  private List<CardRow> cards = List.of();
  private List<AccountProfileRow> profiles = List.of();
  private List<SaleLineRow> saleLines = List.of();
  private List<TerminalPlaceRow> places = List.of();
  private List<TerminalConditionRow> conditions = List.of();
  private List<PurseRow> purses = List.of();
  private List<PredebitRow> predebits = List.of();
  private List<MealOrderRow> mealOrders = List.of();
  private List<MealCollectionRow> mealCollections = List.of();
  private List<AccountPasswordRow> passwords = List.of();
  private List<PermissionRow> permissions = List.of();
  private List<RelationRow> relations = List.of();
  private List<AccountEventRow> accountEvents = List.of();
  private List<ImportedAccountRow> importedAccounts = List.of();
  private List<LedgerAccountRow> ledgerAccounts = List.of();
  private List<TransferRow> transfers = List.of();
  private List<TransactionRow> transactions = List.of();
  private List<TillReferenceRow> tillReferences = List.of();
  private List<AuthorizationRow> authorizations = List.of();
  private List<HoldRow> holds = List.of();
  private List<IntentRow> intents = List.of();
  private List<ExceptionRow> exceptions = List.of();
  private List<ExceptionRow> resolutions = List.of();
  private List<AccountChangeRow> accountChanges = List.of();
  private List<DenyRow> denials = List.of();
  private List<EnrolmentCodeRow> enrolmentCodes = List.of();
  private List<EnrolmentCodeRow> enrolmentCodeUses = List.of();
  private List<SettingRow> settings = List.of();
  private List<SyncRow> syncs = List.of();
  private List<AdminRow> deeds = List.of();
  private List<AnswerRow> answers = List.of();
  private List<AnswersBefore> oldAnswers = List.of();
  private List<OperatorRow> operators = List.of();
  private List<Session.State.Active> sessions = List.of();
  private List<Session.State.Ended> sessionEnds = List.of();
  private List<ApprovalRow> approvals = List.of();
  private List<TransactionNoteRow> notes = List.of();
  private List<TransferLineRow> transferLines = List.of();
  private List<FreezeRow> freezes = List.of();
  private List<MoneyRequestRow> moneyRequests = List.of();
  private List<GatewayOrderRow> gatewayOrders = List.of();
  private List<ArrivalRow> arrivals = List.of();
  private List<MachineRow> machines = List.of();
  private List<NonceRow> nonces = List.of();
  private List<NonceRow.Before> oldNonces = List.of();
  private List<RefundApplicationRow> refundApplications = List.of();
  private List<NoticeRow> notices = List.of();
  private List<ContactRow> contacts = List.of();
  private List<AuditChain.Link> auditLinks = List.of();
  private List<AuditRoot.Signed> auditRoots = List.of();

  private List<Integer> touched = List.of();
  private SortedMap<Integer, Long> expectedVersions = Collections.emptySortedMap();

  /// Every row comes in here, so that the unit knows whose it is. Most units fill few of the lists, and simulators keep
  /// millions of units, so a list is made for its first row.
  private <T> List<T> with(List<T> rows, T row, int site) {
    if (!touched.contains(site)) {
      touched = longer(touched, site);
    }
    return longer(rows, row);
  }

  private static <T> List<T> longer(List<T> rows, T row) {
    List<T> kept = rows.isEmpty() ? new ArrayList<>(1) : rows;
    kept.add(row);
    return kept;
  }

  /// The sites that a row belongs to, ascending, perhaps with {@link SettingRow#SERVER}.
  public SortedSet<Integer> touchedSites() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(touched));
  }

  /// The unit was decided on what was read of a site when that many units had been committed to it; a shared store writes
  /// it only if there are not more by now.
  public void expectVersion(int site, long version) {
    var longer = new TreeMap<>(expectedVersions);
    longer.put(site, version);
    expectedVersions = longer;
  }

  /// By site; a touched site that is not in it is written to in any case.
  public SortedMap<Integer, Long> expectedVersions() {
    return Collections.unmodifiableSortedMap(expectedVersions);
  }

  /// Inserted or replaced by site.
  public CommitUnit putSite(SiteRow row) {
    sites = with(sites, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal); the terminal id is unique.
  public CommitUnit putTerminal(TerminalRow row) {
    terminals = with(terminals, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal, key id).
  public CommitUnit putTerminalKey(TerminalKeyRow row) {
    terminalKeys = with(terminalKeys, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal, number).
  public CommitUnit putEpoch(EpochRow row) {
    epochs = with(epochs, row, row.site());
    return this;
  }

  /// Compare-and-set; a mismatch is {@link CommitOutcome.HeadMoved}.
  public CommitUnit moveHead(HeadUpdate row) {
    heads = with(heads, row, row.next().site());
    return this;
  }

  /// New by (site, terminal, first seq).
  public CommitUnit insertBatch(RecordBatchRow row) {
    batches = with(batches, row, row.site());
    return this;
  }

  /// New by (site, terminal, seq).
  public CommitUnit insertRecordKey(RecordKeyRow row) {
    recordKeys = with(recordKeys, row, row.site());
    return this;
  }

  /// Inserted; an existing (site, terminal, seq, hash) is left alone.
  public CommitUnit keepFork(ForkRow row) {
    forks = with(forks, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putAccount(AccountRow row) {
    accounts = with(accounts, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putProfile(AccountProfileRow row) {
    profiles = with(profiles, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putPassword(AccountPasswordRow row) {
    passwords = with(passwords, row, row.site());
    return this;
  }

  /// New by (site, transaction, line).
  public CommitUnit insertSaleLine(SaleLineRow row) {
    saleLines = with(saleLines, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal).
  public CommitUnit putPlace(TerminalPlaceRow row) {
    places = with(places, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal).
  public CommitUnit putCondition(TerminalConditionRow row) {
    conditions = with(conditions, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, ledger); (site, account, name) is unique.
  public CommitUnit putPurse(PurseRow row) {
    purses = with(purses, row, row.site());
    return this;
  }

  /// Inserted by (site, number), (site, transaction) is unique; or the end of one that is held.
  public CommitUnit putPredebit(PredebitRow row) {
    predebits = with(predebits, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); (site, source, reference) is unique where there is a reference.
  public CommitUnit putMealOrder(MealOrderRow row) {
    mealOrders = with(mealOrders, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal, seq).
  public CommitUnit putMealCollection(MealCollectionRow row) {
    mealCollections = with(mealCollections, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account, number).
  public CommitUnit putPermission(PermissionRow row) {
    permissions = with(permissions, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, main account, number).
  public CommitUnit putRelation(RelationRow row) {
    relations = with(relations, row, row.site());
    return this;
  }

  /// Appended to the accounts' log; the store numbers it.
  public CommitUnit logAccount(AccountEventRow row) {
    accountEvents = with(accountEvents, row, row.site());
    return this;
  }

  /// New by (site, source, reference).
  public CommitUnit insertImportedAccount(ImportedAccountRow row) {
    importedAccounts = with(importedAccounts, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, card); the token is unique within the site.
  public CommitUnit putCard(CardRow row) {
    cards = with(cards, row, row.site());
    return this;
  }

  /// Version 1 is new; a higher one replaces exactly the version before it, else key conflict.
  public CommitUnit putLedgerAccount(LedgerAccountRow row) {
    ledgerAccounts = with(ledgerAccounts, row, row.site());
    return this;
  }

  /// New by (site, transfer); a `pending` other than 0 is unique.
  public CommitUnit insertTransfer(TransferRow row) {
    transfers = with(transfers, row, row.site());
    return this;
  }

  /// New by (site, transaction); a `reverses` is unique.
  public CommitUnit insertTransaction(TransactionRow row) {
    transactions = with(transactions, row, row.site());
    return this;
  }

  /// New by (site, terminal, reference).
  public CommitUnit insertTillReference(TillReferenceRow row) {
    tillReferences = with(tillReferences, row, row.site());
    return this;
  }

  /// New by (site, transaction).
  public CommitUnit insertAuthorization(AuthorizationRow row) {
    authorizations = with(authorizations, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, hold).
  public CommitUnit putHold(HoldRow row) {
    holds = with(holds, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, terminal, seq).
  public CommitUnit putIntent(IntentRow row) {
    intents = with(intents, row, row.site());
    return this;
  }

  /// Inserted; an existing (site, key) is left alone.
  public CommitUnit keepException(ExceptionRow row) {
    exceptions = with(exceptions, row, row.site());
    return this;
  }

  /// Replaces an open exception by (site, exception); one that is not open is a key conflict.
  public CommitUnit resolveException(ExceptionRow row) {
    resolutions = with(resolutions, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putAccountChange(AccountChangeRow row) {
    accountChanges = with(accountChanges, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, token).
  public CommitUnit putDenial(DenyRow row) {
    denials = with(denials, row, row.site());
    return this;
  }

  /// New by code hash.
  public CommitUnit insertEnrolmentCode(EnrolmentCodeRow row) {
    enrolmentCodes = with(enrolmentCodes, row, row.site());
    return this;
  }

  /// Replaces an unused code; a used or unknown one is a key conflict.
  public CommitUnit useEnrolmentCode(EnrolmentCodeRow row) {
    enrolmentCodeUses = with(enrolmentCodeUses, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, name).
  public CommitUnit putSetting(SettingRow row) {
    settings = with(settings, row, row.site());
    return this;
  }

  /// Appended to the sync log; the store numbers it.
  public CommitUnit logSync(SyncRow row) {
    syncs = with(syncs, row, row.site());
    return this;
  }

  /// Appended to the operators' log; the store numbers it.
  public CommitUnit logDeed(AdminRow row) {
    deeds = with(deeds, row, row.site());
    return this;
  }

  /// Appended to the site's audit trail; a number that is not the next one is a key conflict.
  public CommitUnit appendAudit(AuditChain.Link row) {
    auditLinks = with(auditLinks, row, row.event().site());
    return this;
  }

  /// New by (site, day).
  public CommitUnit insertAuditRoot(AuditRoot.Signed row) {
    auditRoots = with(auditRoots, row, row.root().last().site());
    return this;
  }

  /// New by (site, caller, key).
  public CommitUnit insertAnswer(AnswerRow row) {
    answers = with(answers, row, row.site());
    return this;
  }

  /// Deletes the site's answers of before a moment, if there are any.
  public CommitUnit forgetAnswers(AnswersBefore row) {
    oldAnswers = with(oldAnswers, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); the name is unique within the site.
  public CommitUnit putOperator(OperatorRow row) {
    operators = with(operators, row, row.operator().site());
    return this;
  }

  /// A live session is inserted or replaced by (site, token), an ended one ends what is live; anything else is a key
  /// conflict.
  public CommitUnit putSession(Session.State row) {
    switch (row) {
      case Session.State.Active active -> sessions = with(sessions, active, active.site());
      case Session.State.Ended ended -> sessionEnds = with(sessionEnds, ended, ended.site());
    }
    return this;
  }

  /// Inserted or replaced by (site, number); a request that is closed, or is another one, is a key conflict.
  public CommitUnit putApproval(ApprovalRow row) {
    approvals = with(approvals, row, row.approval().site());
    return this;
  }

  /// New by (site, transaction).
  public CommitUnit insertNote(TransactionNoteRow row) {
    notes = with(notes, row, row.site());
    return this;
  }

  /// New by (site, order, line).
  public CommitUnit insertTransferLine(TransferLineRow row) {
    transferLines = with(transferLines, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); one that has ended, or is another one, is a key conflict.
  public CommitUnit putFreeze(FreezeRow row) {
    freezes = with(freezes, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); one that is closed, or is another one, is a key conflict.
  public CommitUnit putMoneyRequest(MoneyRequestRow row) {
    moneyRequests = with(moneyRequests, row, row.site());
    return this;
  }

  /// Version 1 is new by (site, transaction); a higher one replaces exactly the version before it, else key conflict.
  public CommitUnit putGatewayOrder(GatewayOrderRow row) {
    gatewayOrders = with(gatewayOrders, row, row.site());
    return this;
  }

  /// New by (site, number) and, unless cancelled, by (site, method, reference), or the end of a pending one; anything else
  /// is a key conflict.
  public CommitUnit putArrival(ArrivalRow row) {
    arrivals = with(arrivals, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); name and token are unique within the site.
  public CommitUnit putMachine(MachineRow row) {
    machines = with(machines, row, row.site());
    return this;
  }

  /// New by (site, machine, nonce).
  public CommitUnit insertNonce(NonceRow row) {
    nonces = with(nonces, row, row.site());
    return this;
  }

  /// Deletes the site's nonces of before a moment.
  public CommitUnit forgetNonces(NonceRow.Before row) {
    oldNonces = with(oldNonces, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, number); one that is decided, or is another one, is a key conflict.
  public CommitUnit putRefundApplication(RefundApplicationRow row) {
    refundApplications = with(refundApplications, row, row.site());
    return this;
  }

  /// New by (site, number).
  public CommitUnit insertNotice(NoticeRow row) {
    notices = with(notices, row, row.site());
    return this;
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putContact(ContactRow row) {
    contacts = with(contacts, row, row.site());
    return this;
  }

  /// Says of every transaction born on the server who did it and why (BAL-05), unless its note does already, and of every
  /// line of the accounts' log who did it.
  public void sign(String operator, String reason) {
    Set<TransactionId> noted = notes.stream().map(TransactionNoteRow::transaction)
        .collect(Collectors.toSet());
    transactions.stream().filter(row -> row.terminal() == 0 && !noted.contains(row.transaction()))
        .forEach(row -> insertNote(TransactionNoteRow.of(row, operator, reason)));
    accountEvents = new ArrayList<>(accountEvents.stream().map(row -> row.signed(operator)).toList());
  }

  public List<SiteRow> sites() {
    return Collections.unmodifiableList(sites);
  }

  public List<TerminalRow> terminals() {
    return Collections.unmodifiableList(terminals);
  }

  public List<TerminalKeyRow> terminalKeys() {
    return Collections.unmodifiableList(terminalKeys);
  }

  public List<EpochRow> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  public List<HeadUpdate> heads() {
    return Collections.unmodifiableList(heads);
  }

  public List<RecordBatchRow> batches() {
    return Collections.unmodifiableList(batches);
  }

  public List<RecordKeyRow> recordKeys() {
    return Collections.unmodifiableList(recordKeys);
  }

  public List<ForkRow> forks() {
    return Collections.unmodifiableList(forks);
  }

  public List<AccountRow> accounts() {
    return Collections.unmodifiableList(accounts);
  }

  public List<AccountProfileRow> profiles() {
    return Collections.unmodifiableList(profiles);
  }

  public List<SaleLineRow> saleLines() {
    return Collections.unmodifiableList(saleLines);
  }

  public List<TerminalPlaceRow> places() {
    return Collections.unmodifiableList(places);
  }

  public List<TerminalConditionRow> conditions() {
    return Collections.unmodifiableList(conditions);
  }

  public List<PurseRow> purses() {
    return Collections.unmodifiableList(purses);
  }

  public List<PredebitRow> predebits() {
    return Collections.unmodifiableList(predebits);
  }

  public List<MealOrderRow> mealOrders() {
    return Collections.unmodifiableList(mealOrders);
  }

  public List<MealCollectionRow> mealCollections() {
    return Collections.unmodifiableList(mealCollections);
  }

  public List<AccountPasswordRow> passwords() {
    return Collections.unmodifiableList(passwords);
  }

  public List<PermissionRow> permissions() {
    return Collections.unmodifiableList(permissions);
  }

  public List<RelationRow> relations() {
    return Collections.unmodifiableList(relations);
  }

  public List<AccountEventRow> accountEvents() {
    return Collections.unmodifiableList(accountEvents);
  }

  public List<ImportedAccountRow> importedAccounts() {
    return Collections.unmodifiableList(importedAccounts);
  }

  public List<CardRow> cards() {
    return Collections.unmodifiableList(cards);
  }

  public List<LedgerAccountRow> ledgerAccounts() {
    return Collections.unmodifiableList(ledgerAccounts);
  }

  public List<TransferRow> transfers() {
    return Collections.unmodifiableList(transfers);
  }

  public List<TransactionRow> transactions() {
    return Collections.unmodifiableList(transactions);
  }

  public List<TillReferenceRow> tillReferences() {
    return Collections.unmodifiableList(tillReferences);
  }

  public List<AuthorizationRow> authorizations() {
    return Collections.unmodifiableList(authorizations);
  }

  public List<HoldRow> holds() {
    return Collections.unmodifiableList(holds);
  }

  public List<IntentRow> intents() {
    return Collections.unmodifiableList(intents);
  }

  public List<ExceptionRow> exceptions() {
    return Collections.unmodifiableList(exceptions);
  }

  public List<ExceptionRow> resolutions() {
    return Collections.unmodifiableList(resolutions);
  }

  public List<AccountChangeRow> accountChanges() {
    return Collections.unmodifiableList(accountChanges);
  }

  public List<DenyRow> denials() {
    return Collections.unmodifiableList(denials);
  }

  public List<EnrolmentCodeRow> enrolmentCodes() {
    return Collections.unmodifiableList(enrolmentCodes);
  }

  public List<EnrolmentCodeRow> enrolmentCodeUses() {
    return Collections.unmodifiableList(enrolmentCodeUses);
  }

  public List<SettingRow> settings() {
    return Collections.unmodifiableList(settings);
  }

  public List<SyncRow> syncs() {
    return Collections.unmodifiableList(syncs);
  }

  public List<AdminRow> deeds() {
    return Collections.unmodifiableList(deeds);
  }

  public List<AuditChain.Link> auditLinks() {
    return Collections.unmodifiableList(auditLinks);
  }

  public List<AuditRoot.Signed> auditRoots() {
    return Collections.unmodifiableList(auditRoots);
  }

  public List<AnswerRow> answers() {
    return Collections.unmodifiableList(answers);
  }

  public List<AnswersBefore> oldAnswers() {
    return Collections.unmodifiableList(oldAnswers);
  }

  public List<OperatorRow> operators() {
    return Collections.unmodifiableList(operators);
  }

  public List<Session.State.Active> sessions() {
    return Collections.unmodifiableList(sessions);
  }

  public List<Session.State.Ended> sessionEnds() {
    return Collections.unmodifiableList(sessionEnds);
  }

  public List<ApprovalRow> approvals() {
    return Collections.unmodifiableList(approvals);
  }

  public List<TransactionNoteRow> notes() {
    return Collections.unmodifiableList(notes);
  }

  public List<TransferLineRow> transferLines() {
    return Collections.unmodifiableList(transferLines);
  }

  public List<FreezeRow> freezes() {
    return Collections.unmodifiableList(freezes);
  }

  public List<GatewayOrderRow> gatewayOrders() {
    return Collections.unmodifiableList(gatewayOrders);
  }

  public List<ArrivalRow> arrivals() {
    return Collections.unmodifiableList(arrivals);
  }

  public List<MoneyRequestRow> moneyRequests() {
    return Collections.unmodifiableList(moneyRequests);
  }

  public List<MachineRow> machines() {
    return Collections.unmodifiableList(machines);
  }

  public List<NonceRow> nonces() {
    return Collections.unmodifiableList(nonces);
  }

  public List<NonceRow.Before> oldNonces() {
    return Collections.unmodifiableList(oldNonces);
  }

  public List<RefundApplicationRow> refundApplications() {
    return Collections.unmodifiableList(refundApplications);
  }

  public List<NoticeRow> notices() {
    return Collections.unmodifiableList(notices);
  }

  public List<ContactRow> contacts() {
    return Collections.unmodifiableList(contacts);
  }

  /// Whether there is nothing to write.
  public boolean isEmpty() {
    return touched.isEmpty();
  }
}
