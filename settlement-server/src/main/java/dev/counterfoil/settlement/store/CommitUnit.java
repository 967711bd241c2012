package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Everything that one step of the server changes, as pure data: either all of it becomes durable or none of it.
///
/// A store applies the lists in the order of the accessors below; within a list, in the order of adding. A failed
/// head comparison or a key that is not new undoes everything (see {@link CommitOutcome}). Built by one thread and
/// handed over; a store does not change it, so the same unit may be looked at after a failure.
public final class CommitUnit {

  private final List<SiteRow> sites = new ArrayList<>();
  private final List<TerminalRow> terminals = new ArrayList<>();
  private final List<TerminalKeyRow> terminalKeys = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final List<HeadUpdate> heads = new ArrayList<>();
  private final List<RecordBatchRow> batches = new ArrayList<>();
  private final List<RecordKeyRow> recordKeys = new ArrayList<>();
  private final List<ForkRow> forks = new ArrayList<>();
  private final List<AccountRow> accounts = new ArrayList<>();
  private final List<CardRow> cards = new ArrayList<>();
  private final List<LedgerAccountRow> ledgerAccounts = new ArrayList<>();
  private final List<TransferRow> transfers = new ArrayList<>();
  private final List<TransactionRow> transactions = new ArrayList<>();
  private final List<TillReferenceRow> tillReferences = new ArrayList<>();
  private final List<AuthorizationRow> authorizations = new ArrayList<>();
  private final List<HoldRow> holds = new ArrayList<>();
  private final List<IntentRow> intents = new ArrayList<>();
  private final List<ExceptionRow> exceptions = new ArrayList<>();
  private final List<ExceptionRow> resolutions = new ArrayList<>();
  private final List<AccountChangeRow> accountChanges = new ArrayList<>();
  private final List<DenyRow> denials = new ArrayList<>();
  private final List<EnrolmentCodeRow> enrolmentCodes = new ArrayList<>();
  private final List<EnrolmentCodeRow> enrolmentCodeUses = new ArrayList<>();
  private final List<SettingRow> settings = new ArrayList<>();
  private final List<SyncRow> syncs = new ArrayList<>();
  private final List<AdminRow> deeds = new ArrayList<>();
  private final List<AnswerRow> answers = new ArrayList<>();
  private final List<AnswersBefore> oldAnswers = new ArrayList<>();
  private final List<OperatorRow> operators = new ArrayList<>();
  private final List<Session.State.Active> sessions = new ArrayList<>();
  private final List<Session.State.Ended> sessionEnds = new ArrayList<>();
  private final List<ApprovalRow> approvals = new ArrayList<>();
  private final List<TransactionNoteRow> notes = new ArrayList<>();
  private final List<TransferLineRow> transferLines = new ArrayList<>();
  private final List<FreezeRow> freezes = new ArrayList<>();
  private final List<MoneyRequestRow> moneyRequests = new ArrayList<>();
  private final List<AuditChain.Link> auditLinks = new ArrayList<>();
  private final List<AuditRoot.Signed> auditRoots = new ArrayList<>();

  private final TreeSet<Integer> touched = new TreeSet<>();
  private int lastTouched = Integer.MIN_VALUE;

  /// Every row comes in here, so that the unit knows whose it is.
  private <T> CommitUnit add(List<T> rows, T row, int site) {
    rows.add(row);
    if (site != lastTouched) {
      touched.add(site);
      lastTouched = site;
    }
    return this;
  }

  /// The sites that a row belongs to, ascending, perhaps with {@link SettingRow#SERVER}.
  public SortedSet<Integer> touchedSites() {
    return Collections.unmodifiableSortedSet(touched);
  }

  /// Inserted or replaced by site.
  public CommitUnit putSite(SiteRow row) {
    return add(sites, row, row.site());
  }

  /// Inserted or replaced by (site, terminal); the terminal id is unique.
  public CommitUnit putTerminal(TerminalRow row) {
    return add(terminals, row, row.site());
  }

  /// Inserted or replaced by (site, terminal, key id).
  public CommitUnit putTerminalKey(TerminalKeyRow row) {
    return add(terminalKeys, row, row.site());
  }

  /// Inserted or replaced by (site, terminal, number).
  public CommitUnit putEpoch(EpochRow row) {
    return add(epochs, row, row.site());
  }

  /// Compare-and-set; a mismatch is {@link CommitOutcome.HeadMoved}.
  public CommitUnit moveHead(HeadUpdate row) {
    return add(heads, row, row.next().site());
  }

  /// New by (site, terminal, first seq).
  public CommitUnit insertBatch(RecordBatchRow row) {
    return add(batches, row, row.site());
  }

  /// New by (site, terminal, seq).
  public CommitUnit insertRecordKey(RecordKeyRow row) {
    return add(recordKeys, row, row.site());
  }

  /// Inserted; an existing (site, terminal, seq, hash) is left alone.
  public CommitUnit keepFork(ForkRow row) {
    return add(forks, row, row.site());
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putAccount(AccountRow row) {
    return add(accounts, row, row.site());
  }

  /// Inserted or replaced by (site, card); the token is unique within the site.
  public CommitUnit putCard(CardRow row) {
    return add(cards, row, row.site());
  }

  /// Version 1 is new; a higher one replaces exactly the version before it, else key conflict.
  public CommitUnit putLedgerAccount(LedgerAccountRow row) {
    return add(ledgerAccounts, row, row.site());
  }

  /// New by (site, transfer); a `pending` other than 0 is unique.
  public CommitUnit insertTransfer(TransferRow row) {
    return add(transfers, row, row.site());
  }

  /// New by (site, transaction); a `reverses` is unique.
  public CommitUnit insertTransaction(TransactionRow row) {
    return add(transactions, row, row.site());
  }

  /// New by (site, terminal, reference).
  public CommitUnit insertTillReference(TillReferenceRow row) {
    return add(tillReferences, row, row.site());
  }

  /// New by (site, transaction).
  public CommitUnit insertAuthorization(AuthorizationRow row) {
    return add(authorizations, row, row.site());
  }

  /// Inserted or replaced by (site, hold).
  public CommitUnit putHold(HoldRow row) {
    return add(holds, row, row.site());
  }

  /// Inserted or replaced by (site, terminal, seq).
  public CommitUnit putIntent(IntentRow row) {
    return add(intents, row, row.site());
  }

  /// Inserted; an existing (site, key) is left alone.
  public CommitUnit keepException(ExceptionRow row) {
    return add(exceptions, row, row.site());
  }

  /// Replaces an open exception by (site, exception); one that is not open is a key conflict.
  public CommitUnit resolveException(ExceptionRow row) {
    return add(resolutions, row, row.site());
  }

  /// Inserted or replaced by (site, account).
  public CommitUnit putAccountChange(AccountChangeRow row) {
    return add(accountChanges, row, row.site());
  }

  /// Inserted or replaced by (site, token).
  public CommitUnit putDenial(DenyRow row) {
    return add(denials, row, row.site());
  }

  /// New by code hash.
  public CommitUnit insertEnrolmentCode(EnrolmentCodeRow row) {
    return add(enrolmentCodes, row, row.site());
  }

  /// Replaces an unused code; a used or unknown one is a key conflict.
  public CommitUnit useEnrolmentCode(EnrolmentCodeRow row) {
    return add(enrolmentCodeUses, row, row.site());
  }

  /// Inserted or replaced by (site, name).
  public CommitUnit putSetting(SettingRow row) {
    return add(settings, row, row.site());
  }

  /// Appended to the sync log; the store numbers it.
  public CommitUnit logSync(SyncRow row) {
    return add(syncs, row, row.site());
  }

  /// Appended to the operators' log; the store numbers it.
  public CommitUnit logDeed(AdminRow row) {
    return add(deeds, row, row.site());
  }

  /// Appended to the site's audit trail; a number that is not the next one is a key conflict.
  public CommitUnit appendAudit(AuditChain.Link row) {
    return add(auditLinks, row, row.event().site());
  }

  /// New by (site, day).
  public CommitUnit insertAuditRoot(AuditRoot.Signed row) {
    return add(auditRoots, row, row.root().last().site());
  }

  /// New by (site, caller, key).
  public CommitUnit insertAnswer(AnswerRow row) {
    return add(answers, row, row.site());
  }

  /// Deletes the site's answers of before a moment, if there are any.
  public CommitUnit forgetAnswers(AnswersBefore row) {
    return add(oldAnswers, row, row.site());
  }

  /// Inserted or replaced by (site, number); the name is unique within the site.
  public CommitUnit putOperator(OperatorRow row) {
    return add(operators, row, row.operator().site());
  }

  /// A live session is inserted or replaced by (site, token), an ended one ends what is live; anything else is a key
  /// conflict.
  public CommitUnit putSession(Session.State row) {
    return switch (row) {
      case Session.State.Active active -> add(sessions, active, active.site());
      case Session.State.Ended ended -> add(sessionEnds, ended, ended.site());
    };
  }

  /// Inserted or replaced by (site, number); a request that is closed, or is another one, is a key conflict.
  public CommitUnit putApproval(ApprovalRow row) {
    return add(approvals, row, row.approval().site());
  }

  /// New by (site, transaction).
  public CommitUnit insertNote(TransactionNoteRow row) {
    return add(notes, row, row.site());
  }

  /// New by (site, order, line).
  public CommitUnit insertTransferLine(TransferLineRow row) {
    return add(transferLines, row, row.site());
  }

  /// Inserted or replaced by (site, number); one that has ended, or is another one, is a key conflict.
  public CommitUnit putFreeze(FreezeRow row) {
    return add(freezes, row, row.site());
  }

  /// Inserted or replaced by (site, number); one that is closed, or is another one, is a key conflict.
  public CommitUnit putMoneyRequest(MoneyRequestRow row) {
    return add(moneyRequests, row, row.site());
  }

  /// Says of every transaction born on the server who did it and why (BAL-05), unless its note does already.
  public void sign(String operator, String reason) {
    Set<TransactionId> noted = notes.stream().map(TransactionNoteRow::transaction).collect(Collectors.toSet());
    transactions.stream().filter(row -> row.terminal() == 0 && !noted.contains(row.transaction()))
        .forEach(row -> insertNote(TransactionNoteRow.of(row, operator, reason)));
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

  public List<MoneyRequestRow> moneyRequests() {
    return Collections.unmodifiableList(moneyRequests);
  }

  /// Whether there is nothing to write.
  public boolean isEmpty() {
    return touched.isEmpty();
  }
}
