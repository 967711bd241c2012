package dev.counterfoil.settlement.core;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.contact.ContactDesk;
import dev.counterfoil.settlement.refund.RefundApplications;
import dev.counterfoil.settlement.machine.MachineDesk;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancelled;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.DenyList;
import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.settlement.authorization.PasswordTry;
import dev.counterfoil.settlement.authorization.PredebitDesk;
import dev.counterfoil.settlement.authorization.PredebitSettlement;
import dev.counterfoil.settlement.authorization.PurchaseAnswer;
import dev.counterfoil.settlement.subsidy.SubsidyDesk;
import java.util.function.Function;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.ingest.SyncLog;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotDelta;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.adjustment.AdjustmentDesk;
import dev.counterfoil.settlement.approval.ApprovalDesk;
import dev.counterfoil.settlement.authorization.AuthorizationDesk;
import dev.counterfoil.settlement.card.CardDesk;
import dev.counterfoil.settlement.copy.CopySteps;
import dev.counterfoil.settlement.exceptions.ExceptionDesk;
import dev.counterfoil.settlement.freeze.FreezeDesk;
import dev.counterfoil.settlement.imports.ImportDesk;
import dev.counterfoil.settlement.ingest.AckDesk;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.ingest.Intake;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.CollectionDesk;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.request.AuditDays;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.KeyedRequest;
import dev.counterfoil.settlement.request.Reply;
import dev.counterfoil.settlement.request.RequestDesk;
import dev.counterfoil.settlement.staff.OperatorDesk;
import dev.counterfoil.settlement.snapshot.News;
import dev.counterfoil.settlement.snapshot.SnapshotFeed;
import dev.counterfoil.settlement.mealorder.MealOrderDesk;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ServerGeneration;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SettingRow;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.terminals.ConditionDesk;
import dev.counterfoil.settlement.terminals.EpochOffers;
import dev.counterfoil.settlement.terminals.Greeting;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.PresenceDesk;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import dev.counterfoil.settlement.terminals.RestoreEvidence;
import dev.counterfoil.settlement.terminals.TerminalWord;
import dev.counterfoil.settlement.transfer.TransferDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The server without its edges: everything that the network, the operator's commands and the clock can cause, as
/// plain calls. The network edge drives it in production, the fleet simulator in tests.
///
/// One thread calls it at a time. It has no clock, thread, socket or SQL of its own: every method that needs the time
/// takes it, and all state is in the store. Methods block as long as a commit takes. Any of them may throw
/// {@link dev.counterfoil.settlement.store.StoreException}; then nothing was changed and nothing may be answered.
public final class SettlementCore {

  private final StoreMemory memory;
  private final ServerGeneration generation;
  private final Intake intake;
  private final PresenceDesk presence;
  private final ConditionDesk conditions;
  private final AuthorizationDesk authorizations;
  private final ErrandDesk errands;
  private final PredebitDesk predebits;
  private final PredebitSettlement predebitSettlement;
  private final RegistryDesk registry;
  private final AccountDesk accounts;
  private final CardDesk cards;
  private final RefundDesk refunds;
  private final OperatorDesk operators;
  private final ApprovalDesk approvals;
  private final MachineDesk machines;
  private final RefundApplications refundApplications;
  private final ContactDesk contacts;
  private final RequestDesk requests;
  private final TransferDesk transfers;
  private final SubsidyDesk subsidies;
  private final FreezeDesk freezes;
  private final WithdrawalDesk withdrawals;
  private final AdjustmentDesk adjustments;
  private final CollectionDesk collections;
  private final ArrivalDesk arrivals;
  private final ImportDesk imports;
  private final MealOrderDesk meals;
  private final AuditDays auditDays;
  private final SnapshotFeed snapshots;
  private final ExceptionDesk exceptions;
  private final InnerVerification inner;
  private final CopySteps copies;
  private final EpochOffers offers;
  private final RestoreEvidence evidence;
  private final SyncLog syncs = new SyncLog();
  /// Since this database was opened; nobody can put one back under a running server.
  private boolean restoreNoticed;

  /// @param ackKey the installation's key for acknowledgements, offers, anchors and snapshots
  /// @param random source of epoch nonces and server generations; cryptographically strong in production
  public SettlementCore(SettlementStore store, CoreSettings settings, Signer ackKey,
      SignatureVerifier signatures,
      RandomGenerator random) {
    this.memory = new StoreMemory(store);
    this.generation = new ServerGeneration(memory, random);
    this.offers = new EpochOffers(ackKey, signatures);
    this.evidence = new RestoreEvidence(memory, generation, ackKey.key(), signatures);
    var acks = new AckDesk(settings, ackKey);
    this.intake = new Intake(memory, settings, new BatchVerifier(signatures), acks, generation, syncs);
    this.presence = new PresenceDesk(memory, settings, acks, offers, generation, ackKey, random);
    this.conditions = new ConditionDesk(memory, settings);
    this.authorizations = new AuthorizationDesk(memory, settings);
    this.predebits = new PredebitDesk(memory, settings);
    this.predebitSettlement = new PredebitSettlement(memory, settings);
    this.registry = new RegistryDesk(memory, settings, random);
    this.accounts = new AccountDesk(memory, settings);
    this.cards = new CardDesk(memory);
    this.refunds = new RefundDesk(memory, settings);
    this.errands = new ErrandDesk(memory, refunds);
    this.operators = new OperatorDesk(memory, settings.signIn());
    this.approvals = new ApprovalDesk(memory);
    this.machines = new MachineDesk(memory);
    this.refundApplications = new RefundApplications(memory, settings, refunds);
    this.contacts = new ContactDesk(memory);
    this.requests = new RequestDesk(memory);
    this.transfers = new TransferDesk(memory, settings);
    this.subsidies = new SubsidyDesk(memory);
    this.freezes = new FreezeDesk(memory, accounts);
    this.withdrawals = new WithdrawalDesk(memory, settings);
    this.adjustments = new AdjustmentDesk(memory);
    this.collections = new CollectionDesk(memory, settings, accounts);
    this.arrivals = new ArrivalDesk(memory, settings, accounts);
    this.imports = new ImportDesk(memory, settings);
    this.meals = new MealOrderDesk(memory, settings);
    this.snapshots = new SnapshotFeed(memory, settings, ackKey);
    this.auditDays = new AuditDays(memory, settings, ackKey);
    this.exceptions = new ExceptionDesk(memory);
    this.inner = new InnerVerification(memory);
    this.copies = new CopySteps(memory);
  }

  // What terminals ask.

  /// Judges a Hello; see {@link PresenceDesk#hello}. One that carries an acknowledgement which this database does not know
  /// of proves that the database was put back; then {@link #restored} comes first.
  public HelloAnswer hello(TerminalId terminal, Greeting greeting, long nowMs) {
    return memory.inTurn(() -> greeted(terminal, greeting, nowMs));
  }

  /// Judges a Hello that comes at this moment.
  public HelloAnswer hello(TerminalId terminal, Hello hello, OtherSession other, long nowMs) {
    return hello(terminal, new Greeting(hello, other, nowMs), nowMs);
  }

  private HelloAnswer greeted(TerminalId terminal, Greeting greeting, long nowMs) {
    Hello hello = greeting.hello();
    if (evidence.provesRestore(terminal, hello)) {
      restored(nowMs);
    }
    HelloAnswer answer = presence.hello(terminal, greeting, nowMs);
    if (hello.getFailures() > 0 && hello.getChannel() == Channel.CHANNEL_JOURNAL) {
      memory.terminal(terminal).ifPresent(known -> syncs.failed(failed(known, hello, nowMs)));
    }
    return answer;
  }

  /// What the terminal tells of its tries in vain (SYN-03).
  private static SyncRow failed(TerminalMemory known, Hello hello, long nowMs) {
    return new SyncRow(known.row().site(), 0, known.row().terminal(), SyncRow.FAILED, nowMs, nowMs,
        known.head().received().seq() + 1, hello.getHead().getSeq(),
        Integer.toUnsignedLong(hello.getUnsent()),
        0, Math.max(0, hello.getFailures()));
  }

  /// Takes what a terminal says of itself; see {@link ConditionDesk#heard}.
  public Optional<String> heard(TerminalId terminal, TerminalWord word, long nowMs) {
    return memory.inTurn(() -> conditions.heard(terminal, word, nowMs));
  }

  /// Takes an EpochConfirm; see {@link PresenceDesk#confirm}.
  public boolean confirmEpoch(TerminalId terminal, EpochId epoch) {
    return memory.inTurn(() -> presence.confirm(terminal, epoch));
  }

  /// Takes pushed batches of any number of terminals into one commit unit; see {@link Intake#take}.
  public List<IngestResult> push(List<IngestRequest> batches, long nowMs) {
    return memory.inTurn(() -> intake.take(batches, nowMs));
  }

  /// What another thread needs to verify a terminal's next batch beforehand; empty for an unknown one.
  public Optional<TerminalMemory> verificationBase(TerminalId terminal) {
    return memory.terminal(terminal);
  }

  /// The newest acknowledgement, for sending when a mark rose without a batch.
  public Signed acknowledgement(TerminalId terminal, long nowMs) {
    return switch (memory.inTurn(() -> intake.acknowledge(terminal, nowMs))) {
      case IngestResult.Acknowledged(var ack, _) -> ack;
      case IngestResult.Refused refused -> throw new IllegalStateException("cannot be refused: " + refused);
    };
  }

  /// A terminal's own records, for one that lost them.
  public List<JournalRecord> fetch(TerminalId terminal, long fromSeq, long toSeq, int maxRecords,
      int maxBytes) {
    TerminalMemory known = memory.terminal(terminal).orElseThrow();
    return RecordRun.read(memory.reads(), known.row().site(), known.row().terminal(), fromSeq, toSeq,
        maxRecords,
        maxBytes);
  }

  /// Decides a purchase; see {@link AuthorizationDesk#authorize}.
  public PurchaseAnswer authorize(TerminalId terminal, TransactionId transaction, Authorize question,
      Optional<PasswordTry> tried, long nowMs) {
    return memory.inTurn(() -> authorizations.authorize(terminal, transaction, question, tried, nowMs));
  }

  /// Keeps that deciding a purchase failed; see {@link AuthorizationDesk#failed}.
  public Decision paymentFailed(TerminalId terminal, TransactionId transaction, Authorize question,
      String why,
      long nowMs) {
    return memory.inTurn(() -> {
      memory.forget();
      return authorizations.failed(terminal, transaction, question, why, nowMs);
    });
  }

  /// Decides a purchase whose question has no password.
  public Decision authorize(TerminalId terminal, TransactionId transaction, Authorize question, long nowMs) {
    return switch (authorize(terminal, transaction, question, Optional.empty(), nowMs)) {
      case PurchaseAnswer.Decided(var decision) -> decision;
      case PurchaseAnswer.Compare _ -> throw new IllegalArgumentException("the question has a password");
    };
  }

  /// Ends what was reserved for a purchase.
  public Cancelled cancel(TerminalId terminal, TransactionId transaction, long nowMs) {
    return memory.inTurn(() -> authorizations.cancel(terminal, transaction, nowMs));
  }

  /// Does what somebody at a counter wants besides a purchase; a refusal is told by its code.
  public ErrandAnswer errand(TerminalId terminal, Errand errand, long nowMs) {
    return memory.inTurn(() -> errands.answer(terminal, errand, nowMs));
  }

  /// What a terminal lacks of accounts and blocked cards.
  public News newsFor(TerminalId terminal, SnapshotRequest have, long nowMs) {
    return memory.inTurn(() -> snapshots.newsFor(terminal, have, nowMs));
  }

  /// The next part of the account snapshot; empty when `haveVersion` is the newest.
  public Optional<SnapshotDelta> snapshotFor(TerminalId terminal, long haveVersion, long nowMs) {
    return memory.inTurn(() -> snapshots.accountsFor(terminal, haveVersion, nowMs));
  }

  /// The next part of the deny list; empty when `haveVersion` is the newest.
  public Optional<DenyList> denyFor(TerminalId terminal, long haveVersion, long nowMs) {
    return memory.inTurn(() -> snapshots.deniesFor(terminal, haveVersion, nowMs));
  }

  // What time causes.

  /// Does what time does to holds, freezes, cabinets, accounts and cards of all sites. Call about once a second.
  ///
  /// @return how many ended
  public int tick(long nowMs) {
    int ended = 0;
    for (SiteRow site : memory.reads().sites()) {
      ended += memory.inTurn(() -> authorizations.expireHolds(site.site(), nowMs));
      ended += memory.inTurn(() -> predebitSettlement.expire(site.site(), nowMs));
      ended += memory.inTurn(() -> freezes.expire(site.site(), nowMs));
      ended += memory.inTurn(() -> subsidies.lapse(site.site(), nowMs));
      inTurn(() -> intake.askOverdueIntents(site.site(), nowMs));
      inTurn(() -> accounts.clock().run(site.site(), nowMs));
      inTurn(() -> cards.expire(site.site(), nowMs));
      ended += memory.inTurn(() -> arrivals.run(site.site(), nowMs));
      inTurn(() -> auditDays.tick(site.site(), nowMs));
      inTurn(() -> requests.forget(site.site(), nowMs));
      inTurn(() -> machines.forget(site.site(), nowMs));
    }
    inTurn(() -> logFailedSyncs(nowMs));
    inTurn(() -> conditions.tick(nowMs));
    return ended;
  }

  /// Writes a row that nobody reads, to learn whether the disk takes anything again.
  ///
  /// @throws dev.counterfoil.settlement.store.StoreException if it does not
  public void touchStore(long nowMs) {
    inTurn(() -> memory.commit(new CommitUnit()
        .putSetting(new SettingRow(SettingRow.SERVER, SettingRow.STORE_TOUCHED, Long.toString(nowMs)))));
  }

  private void inTurn(Runnable work) {
    memory.inTurn(() -> {
      work.run();
      return true;
    });
  }

  private void logFailedSyncs(long nowMs) {
    List<SyncRow> due = syncs.due(nowMs);
    if (!due.isEmpty()) {
      var unit = new CommitUnit();
      due.forEach(unit::logSync);
      if (memory.commit(unit).isCommitted()) {
        syncs.written(nowMs);
      }
    }
  }

  /// This database was put back to an earlier state: a new generation begins, and terminals send again from the mark.
  public void restored(long nowMs) {
    inTurn(() -> renewed(nowMs));
    generation.forget();
    restoreNoticed = true;
  }

  private void renewed(long nowMs) {
    memory.forget();
    var unit = new CommitUnit();
    String next = generation.renew(unit);
    for (SiteRow site : memory.reads().sites()) {
      memory.site(site.site()).renumberVersions(unit);
      var books = new Books(memory.site(site.site()), memory.reads(), unit, nowMs);
      books.raise(ExceptionKind.SERVER_RESTORED, next, 0, 0, Optional.empty(), 0, 0,
          "database was restored; generation " + next
              + " begins, server-born changes since the backup are lost");
      books.close();
    }
    if (!memory.commit(unit).isCommitted()) {
      throw new IllegalStateException("cannot begin a new server generation");
    }
  }

  /// Takes verified records that follow the terminal's last one out of the safe copy, by the way that pushed ones take.
  /// The copy is only ever written after the database, so records that are missing here prove that this database was
  /// put back: unless that was noticed since it was opened, {@link #restored} comes first.
  ///
  /// @param oldSeq the record they follow
  public IngestResult takeBack(TerminalId terminal, long oldSeq, List<JournalRecord> records, long nowMs) {
    if (!restoreNoticed) {
      restored(nowMs);
    }
    presence.vouchFor(terminal, records, nowMs);
    return judgeCopied(terminal, oldSeq, records, nowMs);
  }

  /// Shows the intake records of the copy that are not what they should be, so that they leave the trace that pushed
  /// ones would.
  public IngestResult judgeCopied(TerminalId terminal, long oldSeq, List<JournalRecord> records, long nowMs) {
    TerminalMemory known = memory.terminal(terminal).orElseThrow();
    EpochId stands = known.head().epoch();
    EpochId last = records.getLast().epoch();
    boolean later = last.isAfter(stands) && known.knows(last);
    return push(List.of(IngestRequest.raw(terminal, later ? last : stands, oldSeq,
        records.getFirst().previous(), records.stream().map(JournalRecord::bytes).toList())), nowMs)
        .getFirst();
  }

  /// Whether other servers work on the same database.
  public boolean isShared() {
    return memory.isShared();
  }

  /// Another number after other servers changed something.
  public long othersDoings() {
    return memory.forgotten();
  }

  /// 16 hexadecimal digits.
  public String serverGeneration() {
    return generation.current();
  }

  // Background work.

  public InnerVerification innerVerification() {
    return inner;
  }

  public CopySteps copySteps() {
    return copies;
  }

  // What operators ask.

  /// Does an operator's work; if it changes something, the same commit says in his log who did it (AUD-02).
  public <T> T byOperator(AdminRow deed, Function<SettlementCore, T> work) {
    return memory.inTurn(() -> {
      memory.attribute(deed);
      try {
        return work.apply(this);
      } finally {
        memory.attribute(null);
      }
    });
  }

  /// Does work at the desks below; if another server disturbs it before its first commit, from its beginning again. Work
  /// that a store of several servers is behind must come this way or by {@link #byOperator}.
  public <T> T inTurn(Function<SettlementCore, T> work) {
    return memory.inTurn(() -> work.apply(this));
  }

  public RegistryDesk registry() {
    return registry;
  }

  public AccountDesk accounts() {
    return accounts;
  }

  public CardDesk cards() {
    return cards;
  }

  public RefundDesk refunds() {
    return refunds;
  }

  public OperatorDesk operators() {
    return operators;
  }

  public MachineDesk machines() {
    return machines;
  }

  public RefundApplications refundApplications() {
    return refundApplications;
  }

  public ContactDesk contacts() {
    return contacts;
  }

  /// Writes rows that hold what they held before, sealed with another key.
  public void sealAnew(CommitUnit unit) {
    RefusedException.unlessCommitted(memory.commit(unit));
  }

  public ApprovalDesk approvals() {
    return approvals;
  }

  /// Does what a caller asks, once for its key; see {@link RequestDesk#once}.
  public Reply once(KeyedRequest request, Function<SettlementCore, Done> work) {
    return memory.inTurn(() -> requests.once(request, () -> work.apply(this)));
  }

  /// Enters into the trail that a caller's request was refused; see {@link RequestDesk#refused}.
  public boolean noteRefusal(KeyedRequest request, String action, String target, RefusedException why) {
    return memory.inTurn(() -> requests.refused(request, action, target, why));
  }

  public TransferDesk transfers() {
    return transfers;
  }

  /// Makes provisional charges.
  public PredebitDesk predebits() {
    return predebits;
  }

  /// Ends them.
  public PredebitSettlement predebitSettlement() {
    return predebitSettlement;
  }

  public SubsidyDesk subsidies() {
    return subsidies;
  }

  public FreezeDesk freezes() {
    return freezes;
  }

  public WithdrawalDesk withdrawals() {
    return withdrawals;
  }

  public AdjustmentDesk adjustments() {
    return adjustments;
  }

  /// Recharges by payment gateway.
  public CollectionDesk collections() {
    return collections;
  }

  /// Recharges that banks, machines and employers bring.
  public ArrivalDesk arrivals() {
    return arrivals;
  }

  /// Files of accounts and of another system's sales.
  public ImportDesk imports() {
    return imports;
  }

  public MealOrderDesk meals() {
    return meals;
  }

  public ExceptionDesk exceptions() {
    return exceptions;
  }

  /// Signs epoch offers, such as the first one in an EnrolReply.
  public EpochOffers epochOffers() {
    return offers;
  }

  /// For queries, on the core's thread. Other threads open a reader of the store.
  public SettlementReads reads() {
    return memory.reads();
  }
}
