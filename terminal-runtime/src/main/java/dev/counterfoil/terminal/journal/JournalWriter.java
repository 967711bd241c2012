package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.EpochClose;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.KeyRotations;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import dev.counterfoil.protocol.journal.RecordSealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The one writer of a terminal's journal: decide, sign, commit durably, and only then release the effect.
///
/// Invariants:
/// - A sequence number is signed and committed, or the whole attempt is dropped. After a failed commit nothing is
///   signed until [#reopen] has read the medium again and verified what it found, because the attempt may have
///   become durable all the same; a failed sync is never retried.
/// - RESUME is the first record of a run, but is written only with the first other record or on [#resume]: a
///   terminal started from an older image must not take the number of a record that it has forgotten before the
///   server could tell it so.
/// - Epoch numbers never fall along the chain, and the first record of each epoch that the server offered (a RESUME, or a
///   CHECKPOINT_SEEN while the program runs on) carries the signed offer.
/// - While sales are barred ([Refusal#MIRROR_AHEAD], [Refusal#ROLLED_BACK]) nothing is appended at all.
///
/// Driven by one thread, in production the journal writer thread; every call blocks as long as the store
/// does. It has no thread, clock or randomness of its own, so that the fleet simulator runs this same class.
public final class JournalWriter {

  /// The oldest records that the mirror is rebuilt from.
  private static final int MIRROR_RECORDS = 10_000;
  private static final int MIRROR_READ_BYTES = 16 * 1024 * 1024;
  private static final StateChange RELEASED = new StateChange.DeclineHeld(Optional.empty());

  private final JournalStore store;
  private final AgeSearch ages;
  private final YoungWindow young = new YoungWindow();
  private final MirrorKeeper mirror;
  private final JournalSettings settings;
  private final RecordSealer sealer;
  private final TailCheck tailCheck;
  private final CheckpointRule checkpoints;
  private final TerminalId terminal;
  private final SigningKeys keys;

  private Optional<Fault> fault = Optional.empty();
  private Optional<Resume> pendingResume = Optional.empty();
  /// This run's RESUME is written and the run not yet closed.
  private boolean resumed;
  private boolean declineOfEarlierRun;
  private List<JournalRecord> attempt = List.of();
  private Optional<EpochId> headEpoch = Optional.empty();
  private long unverified;
  private long mirrored;

  /// A standing refusal and what to write into the log about it.
  public record Fault(Refusal refusal, String detail) {}

  /// What a re-opened journal turned out to hold.
  ///
  /// @param refusal why it still cannot be written, empty if it can
  /// @param known whether it could be read and verified, without which nobody knows what became of the attempt
  /// @param landed records of the failed attempt that are in the journal after all, told once. Their effect was
  ///     never released, so the caller takes a SALE among them back by a VOID before anything else.
  public record Reopened(Optional<Refusal> refusal, boolean known, List<JournalRecord> landed) {}

  /// @param signer the one key; empty if its file is missing or sealed for another board
  public JournalWriter(JournalStore store, JournalMirror mirror, TerminalId terminal, Optional<Signer> signer,
      SignatureVerifier signatures, JournalSettings settings) {
    this(store, mirror, terminal, SigningKeys.fixed(signer), signatures, settings);
  }

  public JournalWriter(JournalStore store, JournalMirror mirror, TerminalId terminal, SigningKeys keys,
      SignatureVerifier signatures, JournalSettings settings) {
    this.store = store;
    this.ages = new AgeSearch(store);
    this.mirror = new MirrorKeeper(mirror, settings);
    this.settings = settings;
    this.sealer = new RecordSealer(terminal);
    this.tailCheck = new TailCheck(terminal, signatures, keys);
    this.checkpoints = new CheckpointRule(store, settings);
    this.terminal = terminal;
    this.keys = keys;
  }

  /// The durable state.
  public JournalState state() {
    return store.state();
  }

  /// The limits it keeps.
  public JournalSettings settings() {
    return settings;
  }

  /// Why no sale can be written now; the first by precedence.
  public Optional<Refusal> refusal() {
    return Stream.of(writeRefusal(), lockRefusal(true), capacityRefusal(1, settings.capacityRecords()))
        .flatMap(Optional::stream).min(Refusal::compareTo);
  }

  /// The fault behind a refusal, for log and diagnosis.
  public Optional<Fault> fault() {
    return fault;
  }

  /// Why the mirror is not kept any more; sales go on without it.
  public Optional<String> mirrorFault() {
    return mirror.fault();
  }

  /// Share of the capacity in use, percent.
  public int fillPercent() {
    return (int) (state().recordCount() * 100 / settings.capacityRecords());
  }

  /// Whether the capacity in use calls for a warning.
  public boolean isNearlyFull() {
    return fillPercent() >= settings.warnPercent();
  }

  /// Writes one record. See [#append(List, RecordCircumstances)].
  public WriteResult append(Entry entry, RecordCircumstances now) {
    return append(List.of(entry), now);
  }

  /// Writes records that truly waited together as one durable unit: all or none. Before them go what is due:
  /// RESUME, a held decline, CHECKPOINT_SEEN.
  public WriteResult append(List<Entry> entries, RecordCircumstances now) {
    return rejection(entries).or(() -> refusalOf(entries)).orElseGet(() -> attempt(unit -> {
      addDue(unit, now);
      var asked = new ArrayList<JournalRecord>(entries.size());
      entries.forEach(entry -> asked.add(add(unit, entry, now)));
      return asked;
    }));
  }

  /// Makes state durable without a record: an acknowledgement, an epoch, a part of a snapshot, run time.
  /// Possible while sales are barred.
  public WriteResult keep(List<StateChange> changes) {
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    return commit(CommitUnit.ofState(state().head(), changes), List.of());
  }

  /// Makes a decline durable. It counts into the one held if that is equal, else it takes its place; it
  /// becomes a record when its window ends. Once this is committed the decline may be shown.
  ///
  /// @param decline the body; its count is set here
  public WriteResult decline(Decline decline, RecordCircumstances now) {
    Optional<WriteResult> stop = refusalOf(List.of());
    if (stop.isPresent()) {
      return stop.get();
    }
    var held = state().heldDecline();
    if (held.isEmpty()) {
      return keep(List.of(hold(DeclineWindow.opened(decline, now))));
    }
    if (!declineOfEarlierRun
        && DeclineWindow.covers(held.get(), decline, now, settings.declineWindowMillis())) {
      return keep(List.of(hold(DeclineWindow.counted(held.get()))));
    }
    return attempt(unit -> {
      addDue(unit, now);
      unit.change(hold(DeclineWindow.opened(decline, now)));
      return List.of();
    });
  }

  /// Lets time pass: turns a held decline into a record once its window is over. To be called about once a
  /// second; writes nothing when nothing is due.
  public void tick(RecordCircumstances now) {
    var held = state().heldDecline();
    boolean waitsForResume = declineOfEarlierRun && pendingResume.isPresent();
    if (held.isPresent() && !waitsForResume && refusalOf(List.of()).isEmpty()
        && DeclineWindow.isOver(held.get(), now, settings.declineWindowMillis())) {
      resume(now);
    }
  }

  /// Writes RESUME and what is held, if that is still to be done: once the server has said that this
  /// terminal's head is where it left it.
  public WriteResult resume(RecordCircumstances now) {
    return append(List.of(), now);
  }

  /// What need not happen between a tap and its answer: mirror sync, verification of the tail, checkpointing
  /// of the database. To be called whenever no tap waits, at least once a second.
  public void rest(RecordCircumstances now) {
    mirror.syncWhenDue(now.bootMillis());
    if (fault.isPresent()) {
      return;
    }
    try {
      if (unverified >= settings.verifyEvery()) {
        verifyTail();
      }
      if (mirrored >= MIRROR_RECORDS) {
        rebuildMirror();
      }
      store.rest();
    } catch (StoreException e) {
      fail(e);
    }
  }

  /// Removes what [Pruning] allows, one step at a time.
  ///
  /// @return whether anything was removed, so that another step may be due
  public boolean prune() {
    if (fault.isPresent()) {
      return false;
    }
    // This runs after every sale: what was once found too young is not read again before its time.
    if (!Pruning.mayRemove(state()) || young.holds(state())) {
      return false;
    }
    try {
      var window = store.records(state().origin().seq() + 1, Pruning.STEP_RECORDS, Pruning.STEP_BYTES);
      var anchor = Pruning.next(state(), window).or(() -> ages.next(state(), window));
      anchor.ifPresentOrElse(store::prune, () -> young.remember(state(), window));
      return anchor.isPresent();
    } catch (StoreException e) {
      fail(e);
      return false;
    }
  }

  /// Ends the run in order: EPOCH_CLOSE is its last record, in one unit with the mark that the next RESUME calls clean. A
  /// run that wrote no RESUME has nothing to close, and must not take a number before the server agrees.
  public void stop(RecordCircumstances now) {
    boolean closes = resumed && refusalOf(List.of()).isEmpty();
    WriteResult stopped = closes ? attempt(unit -> {
      addDue(unit, now);
      unit.add(RecordDraft.of(RecordKind.EPOCH_CLOSE, EpochClose.newBuilder().setReason("STOP").build()), now,
          _ -> List.of(new StateChange.Stopped()));
      resumed = false;
      return List.of();
    }) : keep(List.of(new StateChange.Stopped()));
    if (stopped instanceof WriteResult.Committed) {
      mirror.sync(now.bootMillis());
    }
  }

  /// Reads the journal anew after a fault, verifies it and tries one harmless write.
  public Reopened reopen() {
    boolean known = false;
    List<JournalRecord> landed = List.of();
    try {
      JournalState found = store.reopen();
      young.forget();
      fault = Optional.empty();
      headEpoch = Optional.empty();
      verifyTail();
      if (fault.isEmpty()) {
        landed = attempt.stream().filter(this::isStored).toList();
        known = true;
        attempt = List.of();
        mirror.add(landed);
        store.commit(CommitUnit.ofState(found.head(), List.of()));
      }
    } catch (StoreException e) {
      fail(e);
    }
    return new Reopened(fault.map(Fault::refusal), known, landed);
  }

  /// Hands the chain over to a new key: makes the key durable, then commits KEY_ROTATE signed by the present one, then
  /// signs with the new one. A power cut anywhere leaves a chain whose end says which key goes on.
  ///
  /// @return [WriteResult.Committed] with the KEY_ROTATE record; [WriteResult.Refused] with [Refusal#KEY_MISSING] if the
  ///     new key cannot be kept, then nothing was written and a retry is safe
  public WriteResult rotate(RecordCircumstances now) {
    Optional<WriteResult> stop = refusalOf(List.of());
    if (stop.isPresent()) {
      return stop.get();
    }
    try {
      Signer next = keys.prepare();
      WriteResult result = append(Entry.of(RecordKind.KEY_ROTATE, KeyRotations.body(terminal, next)), now);
      if (result instanceof WriteResult.Committed) {
        keys.take(next.key().id());
      }
      return result;
    } catch (Signer.SignerException e) {
      return new WriteResult.Refused(Refusal.KEY_MISSING, String.valueOf(e.getMessage()));
    }
  }

  /// What only a GAP can account for.
  ///
  /// @param upTo last lost record, as the mirror knows it
  record Lost(ChainPosition upTo, RecordDraft gap) {}

  void expectResume(Resume resume) {
    pendingResume = Optional.of(resume);
    declineOfEarlierRun = state().heldDecline().isPresent();
  }

  List<MirrorEntry> loadMirror() {
    return mirror.load();
  }

  ChainVerdict judge(ChainPosition head, List<JournalRecord> records) {
    return tailCheck.judge(head, store.record(head.seq()), records);
  }

  /// Commits records that come back, not records of this run.
  WriteResult commitRecovered(CommitUnit unit) {
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    var resume = pendingResume;
    boolean earlier = declineOfEarlierRun;
    WriteResult result = commit(unit, List.of());
    pendingResume = resume;
    declineOfEarlierRun = earlier;
    if (result instanceof WriteResult.Committed) {
      followChain();
    }
    return result;
  }

  /// Lifts what barred sales: adopts the epoch, declares what is lost for good, and resumes.
  WriteResult release(EpochHeld epoch, Optional<Lost> lost, RecordCircumstances now) {
    if (fault.isPresent() || keys.signer().isEmpty()) {
      return new WriteResult.Refused(refusal().orElse(Refusal.JOURNAL_FAULT), "while records are missing");
    }
    if (endsOnEarlierKey()) {
      return new WriteResult.Refused(Refusal.ROLLED_BACK,
          "record " + state().head().seq()
              + " is older than a rotation of the key, and nobody has that record");
    }
    return attempt(unit -> {
      unit.adopt(epoch);
      unit.change(new StateChange.Barred(Optional.empty()));
      lost.ifPresent(gone -> {
        unit.skipTo(gone.upTo());
        unit.add(gone.gap(), now, seq -> List.of(new StateChange.GapDeclared(seq)));
      });
      addDue(unit, now);
      return List.of();
    });
  }

  WriteResult broken(String detail) {
    var standing = new Fault(Refusal.CHAIN_BROKEN, detail);
    fault = Optional.of(standing);
    return refused(standing);
  }

  private boolean isStored(JournalRecord record) {
    return store.record(record.seq()).map(record::equals).orElse(false);
  }

  private WriteResult attempt(Function<UnitDraft, List<JournalRecord>> fill) {
    try {
      var unit = new UnitDraft(sealer, keys.signer().orElseThrow(), state());
      List<JournalRecord> asked = fill.apply(unit);
      return commit(unit.unit(), asked);
    } catch (Signer.SignerException e) {
      // Nothing was committed, so nothing of this attempt exists; the key store may answer the next one.
      return new WriteResult.Refused(Refusal.KEY_MISSING, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return fail(e);
    }
  }

  private WriteResult commit(CommitUnit unit, List<JournalRecord> asked) {
    if (unit.records().isEmpty() && unit.changes().isEmpty()) {
      return new WriteResult.Committed(List.of(), state());
    }
    attempt = unit.records();
    try {
      store.commit(unit);
    } catch (StoreException e) {
      fail(e);
      return new WriteResult.Refused(e.failure().refusal(), String.valueOf(e.getMessage()), true);
    }
    attempt = List.of();
    committed(unit.records());
    return new WriteResult.Committed(asked, state());
  }

  private void committed(List<JournalRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    mirror.add(records);
    headEpoch = Optional.of(records.getLast().epoch());
    unverified += records.size();
    mirrored += records.size();
    // Whatever was appended went after RESUME and what was held.
    resumed |= pendingResume.isPresent();
    pendingResume = Optional.empty();
    declineOfEarlierRun = false;
  }

  WriteResult fail(StoreException e) {
    var standing = new Fault(e.failure().refusal(), String.valueOf(e.getMessage()));
    fault = Optional.of(standing);
    return refused(standing);
  }

  private static WriteResult refused(Fault standing) {
    return new WriteResult.Refused(standing.refusal(), standing.detail());
  }

  void verifyTail() {
    List<JournalRecord> tail = store.freshTail(settings.verifyEvery() + 1);
    unverified = 0;
    if (keys.signer().isEmpty()) {
      return;
    }
    tailCheck.problem(state(), tail).ifPresentOrElse(found -> fault = Optional.of(found), this::followChain);
  }

  /// The end of the verified chain decides which key signs: a rotation that power cut short is completed here.
  private void followChain() {
    keyDue().filter(due -> !signs(due) && keys.isPrepared(due.id())).map(VerificationKey::id)
        .ifPresent(keys::take);
  }

  /// Whether the chain ends before a rotation that this terminal has been through.
  boolean endsOnEarlierKey() {
    return keyDue().filter(due -> !signs(due)).isPresent();
  }

  private Optional<VerificationKey> keyDue() {
    return store.record(state().head().seq()).flatMap(tailCheck::keyAfter);
  }

  private boolean signs(VerificationKey key) {
    return keys.signer().filter(signer -> signer.key().equals(key)).isPresent();
  }

  void rebuildMirror() {
    long from = Math.max(1, state().head().seq() - MIRROR_RECORDS / 2 + 1);
    mirror.rebuild(store.records(from, MIRROR_RECORDS, MIRROR_READ_BYTES));
    mirrored = 0;
  }

  private void addDue(UnitDraft unit, RecordCircumstances now) {
    firstOfEpoch(unit.epoch()).ifPresent(first -> unit.add(first, now, _ -> List.of()));
    state().heldDecline().ifPresent(held -> {
      // Monotonic time of an earlier run means nothing in this one.
      var when = declineOfEarlierRun ? now : held.first();
      add(unit, new Entry(RecordDraft.of(RecordKind.DECLINE, held.decline()), _ -> List.of(RELEASED)), when);
    });
  }

  /// The server's offer stands in the first record of each epoch: whoever gets these records back one day gets the
  /// proof of their epoch with them.
  private Optional<RecordDraft> firstOfEpoch(EpochHeld epoch) {
    if (pendingResume.isPresent()) {
      return pendingResume.map(resume -> RecordDraft.of(RecordKind.RESUME,
          resume.toBuilder().setEpochOffer(epoch.offer()).build()));
    }
    return headEpoch().filter(last -> !last.equals(epoch.id())).map(_ -> RecordDraft
        .of(RecordKind.CHECKPOINT_SEEN, CheckpointSeen.newBuilder().setEpochOffer(epoch.offer()).build()));
  }

  /// Epoch of the last stored record; empty before the first, whose epoch is the enrolment's.
  Optional<EpochId> headEpoch() {
    if (headEpoch.isEmpty() && state().recordCount() > 0) {
      headEpoch = store.record(state().head().seq()).map(JournalRecord::epoch);
    }
    return headEpoch;
  }

  private JournalRecord add(UnitDraft unit, Entry entry, RecordCircumstances when) {
    if (CheckpointRule.isBusiness(entry.draft().kind()) && unit.takesCheckpoint()) {
      checkpoints.due(state(), when)
          .ifPresent(seen -> unit.add(RecordDraft.of(RecordKind.CHECKPOINT_SEEN, seen), when,
              seq -> List.of(new StateChange.CheckpointBound(CheckpointRule.mark(seq, state(), when)))));
    }
    return unit.add(entry.draft(), when, entry.changes());
  }

  private static StateChange hold(PendingDecline decline) {
    return new StateChange.DeclineHeld(Optional.of(decline));
  }

  private Optional<WriteResult> rejection(List<Entry> entries) {
    long turnover = state().head().turnover();
    for (Entry entry : entries) {
      int length = entry.draft().body().length;
      if (length > RecordLayout.MAX_BODY_LENGTH) {
        return Optional.of(new WriteResult.Rejected(ReasonCode.BODY_TOO_LARGE,
            entry.draft().kind() + " body of " + length + " bytes"));
      }
      long sum = turnover + entry.draft().amount();
      if (((turnover ^ sum) & (entry.draft().amount() ^ sum)) < 0) {
        return Optional.of(new WriteResult.Rejected(ReasonCode.BAD_AMOUNT, "turnover would overflow"));
      }
      turnover = sum;
    }
    return Optional.empty();
  }

  private Optional<WriteResult> refusalOf(List<Entry> entries) {
    boolean sells = entries.stream().anyMatch(entry -> takesCapacity(entry.draft().kind()));
    long limit = settings.capacityRecords() + (sells ? 0 : JournalSettings.RESERVE_RECORDS);
    return writeRefusal().or(() -> lockRefusal(sells)).or(() -> capacityRefusal(entries.size(), limit))
        .map(reason -> new WriteResult.Refused(reason,
            fault.map(Fault::detail).orElseGet(() -> reason.meaning())));
  }

  private static boolean takesCapacity(RecordKind kind) {
    return kind == RecordKind.SALE || kind == RecordKind.INTENT;
  }

  private Optional<Refusal> writeRefusal() {
    Optional<Refusal> key = keys.signer().isPresent() ? Optional.empty() : Optional.of(Refusal.KEY_MISSING);
    return Stream.of(key, fault.map(Fault::refusal), state().barred()).flatMap(Optional::stream)
        .min(Refusal::compareTo);
  }

  private Optional<Refusal> lockRefusal(boolean sells) {
    return sells && state().locked() ? Optional.of(Refusal.LOCKED) : Optional.empty();
  }

  private Optional<Refusal> capacityRefusal(int more, long limit) {
    return state().recordCount() + more > limit ? Optional.of(Refusal.JOURNAL_FULL) : Optional.empty();
  }
}
