package dev.counterfoil.terminal.core;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.shift.ShiftTotals;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.OwnRecord;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.sale.Funds;
import dev.counterfoil.terminal.sale.SaleDesk;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One terminal: the sale, both conversations with the server, and the journal's state, as one step function.
///
/// Not thread-safe: the device's core loop, or the simulator, calls it from one thread. It has no clock, thread or
/// randomness of its own, and never blocks; [JournalTask]s and frames are done elsewhere and their outcome comes
/// back as an [Event].
///
/// Invariant (the order of truth): decide, sign, commit, and only when the journal answers that the record is durable,
/// show it. What the journal refuses is shown as failed. Where the medium failed over a write, nothing is shown until the
/// journal was read anew: what did not land has failed, and a sale that did has failed once its VOID is durable. A run
/// that ends before has shown neither, and the sale stands as any whose power ended between commit and glass.
public final class TerminalCore {

  private static final long NEVER = Long.MAX_VALUE;
  /// Run time without the server is made durable this often, so that a power cut hides no more of it.
  static final long RUN_TIME_MILLIS = Duration.ofMinutes(5).toMillis();
  /// After a write the mirror is synced within this time.
  static final long REST_MILLIS = 1_000;
  /// Pause between two tries to open a journal that failed.
  static final long REOPEN_MILLIS = 5_000;
  /// How often pruning is looked at when nothing else is written.
  static final long PRUNE_MILLIS = Duration.ofHours(1).toMillis();

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final CoreOutput output;
  private final ServerLinks links;
  private final AccountFeed feed;
  private final SaleCounter counter;
  private final ServerCommands commands;
  private final LateAnswers late = new LateAnswers();
  private final ShiftAnswers shifts;
  private final DoubtfulWrites doubtful = new DoubtfulWrites();
  private final DeviceFaults devices = new DeviceFaults();
  private final SelfReport report;
  private final RandomGenerator random;
  private final DeviceNeeds needs;

  private JournalState journal;
  private Optional<Refusal> journalRefusal;
  private boolean reopening;
  private boolean stopping;
  private boolean deskWasOpen;
  /// The newest sale of this run that was shown; noted with the next housekeeping, not before a tap is answered.
  private long untoldSeq;
  private long restAt;
  private long reopenAt = NEVER;
  private long runTimeAt;
  private long linkTickAt = NEVER;

  /// @param start   when this run began; boot milliseconds count from here
  /// @param state   of the journal after [dev.counterfoil.terminal.journal.JournalRecovery#start]
  /// @param refusal why no sale can be written yet, as that start said
  /// @param random  for transaction ids and back-off; cryptographically strong on a device
  public TerminalCore(TerminalSetup setup, Moment start, JournalState state, Optional<Refusal> refusal,
      RandomGenerator random) {
    this.setup = setup;
    this.random = random;
    this.needs = DeviceNeeds.of(setup);
    this.journal = state;
    this.journalRefusal = refusal;
    this.clock = new TerminalClock(setup, start, state);
    this.output = new CoreOutput(clock);
    this.report = new SelfReport(setup, clock, devices);
    this.links = new ServerLinks(setup, clock, output, random, state,
        report, this::business);
    this.shifts = new ShiftAnswers(output);
    this.feed = new AccountFeed(setup.trust(), output, state.versions());
    this.counter = new SaleCounter(setup, clock, output, new House(), late, random);
    this.commands = new ServerCommands(clock, output, feed, new House());
    this.restAt = start.bootMillis() + REST_MILLIS;
    this.runTimeAt = start.bootMillis() + RUN_TIME_MILLIS;
  }

  /// What sales and commands see of the rest.
  private final class House implements SaleCounter.House, ServerCommands.House {

    @Override
    public boolean online() {
      return links.deskOpen();
    }

    @Override
    public boolean serves() {
      return links.serves();
    }

    @Override
    public Optional<String> refusal() {
      return TerminalCore.this.refusal();
    }

    @Override
    public JournalState journal() {
      return journal;
    }

    @Override
    public boolean say(Frame frame) {
      return links.say(frame);
    }

    @Override
    public String health() {
      return TerminalCore.this.health();
    }

    @Override
    public StartCause startCause() {
      return setup.cause();
    }

    @Override
    public Map<String, String> failedDevices() {
      return devices.present();
    }
  }

  /// Takes one event and says what is to be done, in order.
  ///
  /// @param now never before the last one's boot time
  public List<Effect> step(Moment now, Event event) {
    clock.advance(now);
    String healthBefore = health();
    handle(event);
    links.afterWishes();
    deskChanged();
    if (!stopping) {
      links.connectWhatIsDue();
      passTime();
    }
    if (!health().equals(healthBefore)) {
      output.note("state", "state=" + health());
      counter.happen(new SaleEvent.Tick());
    }
    if (counter.isFree()) {
      shifts.untold().ifPresent(counter::happen);
    }
    linkTickAt = links.hasSession() ? Math.min(linkTickAt, boot() + setup.linkTickMillis()) : NEVER;
    return output.take();
  }

  /// Boot milliseconds at which [Event.Tick] must come if nothing else comes before; `Long.MAX_VALUE` if never.
  public long wakeAt() {
    if (stopping) {
      return NEVER;
    }
    long links = Math.min(Math.min(this.links.wakeAt(), linkTickAt),
        Math.min(feed.wakeAt(), shifts.wakeAt(journal, this.links.serves())));
    if (journalRefusal.isEmpty()) {
      links = Math.min(links, doubtful.dueAt());
    }
    return Math.min(Math.min(counter.wakeAt(), links), Math.min(Math.min(restAt, reopenAt), runTimeAt));
  }

  /// READY, or the stable code of why this terminal sells nothing now.
  public String health() {
    return refusal().orElse("READY");
  }

  /// The journal as it was last reported.
  public JournalState journal() {
    return journal;
  }

  /// Whether purchases are decided by the server right now.
  public boolean online() {
    return links.deskOpen();
  }

  /// How a terminal stands at a moment, for people.
  ///
  /// @param health        as [#health]
  /// @param online        as [#online]
  /// @param contactMillis server's time at which the present contact began, or the last one ended; 0 before the first
  public record Standing(String health, boolean online, long contactMillis, Condition condition) {}

  /// How it stands now.
  public Standing standing() {
    return new Standing(health(), online(), clock.runTime().contactWallMillis(), report.of(journal));
  }

  private Optional<String> refusal() {
    if (stopping) {
      return Optional.of("STOPPING");
    }
    Optional<String> refused = links.refusal()
        .or(() -> journalRefusal.or(this::confirmation).map(Enum::name));
    return refused.or(this::neededDevice).or(this::neededShift);
  }

  private Optional<String> neededShift() {
    return setup.sale().counter().needsShift() && !journal.shift().isOpen()
        ? Optional.of(SaleDesk.SHIFT_CLOSED)
        : Optional.empty();
  }

  private Optional<String> neededDevice() {
    return devices.present().entrySet().stream().filter(failed -> needs.needs(failed.getKey()))
        .map(Map.Entry::getValue).findFirst();
  }

  /// A server acknowledges nothing before the second operator has spoken, so an acknowledgement kept is the proof of it,
  /// over restarts too; each enrolment begins a journal without one.
  private Optional<Refusal> confirmation() {
    return setup.awaitsConfirmation() && !journal.ack().isPresent()
        ? Optional.of(Refusal.NOT_CONFIRMED)
        : Optional.empty();
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Started() -> {
        output.note("state", "state=" + health());
        counter.happen(new SaleEvent.Tick());
      }
      case Event.Input(var input) -> counter.input(input);
      case Event.LinkUp(var channel, var connection) -> links.up(channel, connection);
      case Event.LinkDown(var channel, var connection, var detail) -> links.down(channel, connection, detail);
      case Event.FrameArrived(var channel, var connection, var frame) ->
        links.frame(channel, connection, frame);
      case Event.Answered(var answer) -> answered(answer);
      case Event.OnScale(var heard) -> counter.weighed(heard);
      case Event.DeviceFailed(var device, var code) -> {
        devices.failed(device, code);
        output.alert("DEVICE_FAILED",
            "device=" + device + " code=" + code + " sells=" + !needs.needs(device));
      }
      case Event.DeviceWell(var device) -> {
        if (devices.well(device)) {
          output.note("device_well", "device=" + device);
        }
      }
      case Event.Tick() -> counter.happen(new SaleEvent.Tick());
      case Event.Stop() -> stop();
    }
  }

  // --- time ---

  private void passTime() {
    feed.passTime(boot(), links.deskOpen());
    shifts.question(journal, links.serves(), boot()).ifPresent(links::say);
    if (journalRefusal.isEmpty()) {
      doubtful.due(boot()).ifPresent(this::takeBack);
    }
    if (boot() >= restAt) {
      restAt = NEVER;
      noteWhatWasTold();
      output.ask(new JournalTask.Rest());
    }
    if (boot() >= reopenAt) {
      reopenAt = NEVER;
      reopening = true;
      output.ask(new JournalTask.Reopen());
    }
    if (boot() >= runTimeAt) {
      runTimeAt = boot() + RUN_TIME_MILLIS;
      if (!clock.inContact()) {
        output.ask(new JournalTask.CountRunTime());
      }
    }
    if (boot() >= linkTickAt) {
      linkTickAt = NEVER;
      links.tick(health());
    }
  }

  private void noteWhatWasTold() {
    if (untoldSeq > 0) {
      output.ask(new JournalTask.SaleTold(untoldSeq, false));
      untoldSeq = 0;
    }
  }

  private void stop() {
    if (!stopping) {
      links.goodbye();
      noteWhatWasTold();
      output.ask(new JournalTask.Stop());
      stopping = true;
    }
  }

  // --- the desk ---

  /// A desk that opened is asked for account data and told what was cancelled meanwhile; one that closed leaves an
  /// open question to the offline policy.
  private void deskChanged() {
    boolean open = links.deskOpen();
    if (open == deskWasOpen) {
      return;
    }
    deskWasOpen = open;
    if (open) {
      feed.opened(journal.versions());
      late.takeUncancelled().forEach(counter::cancel);
      counter.happen(new SaleEvent.Tick());
    } else {
      counter.happen(new SaleEvent.LinkLost());
      counter.happen(new SaleEvent.Tick());
    }
  }

  private void business(Frame frame) {
    try {
      switch (frame.getBodyCase()) {
        case DECISION -> decided(frame.getDecision());
        case CANCELLED -> output.note("cancelled", "released=" + frame.getCancelled().getReleased());
        case SNAPSHOT_DELTA -> feed.snapshot(frame.getSnapshotDelta().getStatement());
        case DENY_LIST -> feed.denyList(frame.getDenyList().getStatement());
        case COMMAND -> commands.take(frame.getCommand());
        case ERRAND_ANSWER -> errandAnswered(frame.getErrandAnswer());
        case CONFIG, CATALOGUE -> output.note("ignored", "message=" + frame.getBodyCase());
        case HELLO, WELCOME, EPOCH_CONFIRM, PUSH, ACK, NACK, FETCH, FETCHED, AUTHORIZE, CANCEL,
            SNAPSHOT_REQUEST, RESULT, ERRAND, PING, PONG, GOODBYE, ENROL_REQUEST, ENROL_REPLY, BODY_NOT_SET ->
          throw new IllegalStateException("a session let " + frame.getBodyCase() + " pass");
      }
    } catch (LinkViolation e) {
      links.close(Channel.CHANNEL_DESK, String.valueOf(e.getMessage()), 0);
    }
  }

  private void errandAnswered(ErrandAnswer answer) throws LinkViolation {
    if (counter.errandAnswered(answer)) {
      return;
    }
    switch (answer.getWhatCase()) {
      case SHIFT -> shifts.answered(answer.getShift(), journal);
      case REFUND, WHAT_NOT_SET -> shifts.refused(answer.getProblem());
    }
  }

  private void decided(Decision decision) throws LinkViolation {
    TransactionId transaction = Wire.transaction(decision.getTransactionId());
    boolean approved = decision.getOutcome() == Outcomes.OUTCOMES_APPROVED;
    Optional<Boolean> ownDecision = late.approved(transaction);
    if (ownDecision.isPresent()) {
      // The answer came after the fall-back: an approval of what was declined here leaves a hold, so it is released; an
      // approval here that the server declines is booked in full and flagged there by its record.
      output.note("late_answer", "own=" + (ownDecision.get() ? "approved" : "declined") + " server="
          + decision.getOutcome() + " reason=" + decision.getReason());
      if (approved && !ownDecision.get()) {
        counter.cancel(transaction);
      }
      return;
    }
    if (decision.getOutcome() == Outcomes.OUTCOMES_ASK_PIN) {
      counter.happen(new SaleEvent.PasswordAsked(transaction));
      return;
    }
    counter.happen(approved
        ? approval(transaction, decision)
        : new SaleEvent.Declined(transaction, reason(decision), decision.getAccountId()));
  }

  private static SaleEvent approval(TransactionId transaction, Decision decision) {
    return decision.getCardToken().size() == CardToken.LENGTH
        ? new SaleEvent.CodeApproved(transaction, CardToken.of(decision.getCardToken().toByteArray()),
            decision.getHoldId(), decision.getAccountId(), funds(decision))
        : new SaleEvent.Approved(transaction, decision.getHoldId(), decision.getAccountId(), funds(decision));
  }

  private static Funds funds(Decision decision) {
    return new Funds(decision.getBalanceMinor(), decision.getSubsidyMinor(), decision.getPointsUsed(),
        decision.getPointsMinor(), decision.getPointsEarned());
  }

  private static DeclineReason reason(Decision decision) {
    return DeclineReason.of(decision.getReason()).orElse(DeclineReason.PAYMENT_FAILED);
  }

  // --- the journal ---

  private void answered(JournalAnswer answer) {
    journal = answer.state();
    journalRefusal = answer.refusal();
    if (!reopening && reopenAt == NEVER && journalRefusal.filter(TerminalCore::mayPass).isPresent()) {
      reopenAt = boot() + (answer.outcome() instanceof JournalAnswer.Failed ? 0 : REOPEN_MILLIS);
    }
    taskDone(answer.task(), answer.outcome());
    links.stateIs(journal);
  }

  /// Faults of the medium that a fresh look may find gone. The others wait for the server or a person.
  private static boolean mayPass(Refusal refusal) {
    return switch (refusal) {
      case READ_ONLY, DISK_FULL, JOURNAL_FAULT -> true;
      case KEY_MISSING, UNKNOWN_KEY, CHAIN_BROKEN, MIRROR_AHEAD, ROLLED_BACK, FROZEN, NOT_CONFIRMED, LOCKED,
          JOURNAL_FULL, ALLOWANCE_USED_UP ->
        false;
    };
  }

  private void taskDone(JournalTask task, JournalAnswer.Outcome outcome) {
    if (outcome instanceof JournalAnswer.Failed(var code, var detail, var _)) {
      output.note("journal_failed",
          "task=" + task.getClass().getSimpleName() + " code=" + code + " " + detail);
    }
    switch (task) {
      case JournalTask.LookUp look -> counter.lookedUp(look, outcome);
      case JournalTask.FindReference find -> counter.referenced(find, outcome);
      case JournalTask.RecordSale sale -> {
        recorded(sale.transaction(), outcome);
        if (outcome instanceof JournalAnswer.Done(var records)) {
          counter.recorded(records.getLast().seq());
          untoldSeq = records.getLast().seq();
        }
      }
      case JournalTask.SaleTold(var _, var late) -> {
        if (late && outcome instanceof JournalAnswer.Done(var records)) {
          records.forEach(record -> output.add(new Effect.Print(record)));
        }
      }
      case JournalTask.RecordUse use -> recorded(use.transaction(), outcome, use.use().getOrderId() != 0);
      case JournalTask.RecordVoid taken when taken.operator().isEmpty() ->
        doubtful.takenBack(taken.original(), outcome instanceof JournalAnswer.Done, boot() + REOPEN_MILLIS)
            .ifPresent(counter::happen);
      case JournalTask.RecordVoid taken -> recorded(taken.transaction(), outcome);
      case JournalTask.RecordRefund(var transaction, var _) -> recorded(transaction, outcome);
      case JournalTask.RecordTest(var transaction, var test) -> tested(transaction, test, outcome);
      case JournalTask.RecordShift shift -> shiftRecorded(shift, outcome);
      case JournalTask.ShiftAnswered(var answer) -> {
        if (outcome instanceof JournalAnswer.Done(var records) && !records.isEmpty()) {
          shifts.kept(answer, records.getFirst());
        }
      }
      case JournalTask.KeepAck _ -> links.ackKept();
      case JournalTask.AdoptEpoch adopt -> {
        links.stateIs(journal);
        links.epochAdopted(adopt, outcome);
      }
      case JournalTask.TakeAnchor taken -> {
        if (outcome instanceof JournalAnswer.Done) {
          clock.anchored(taken.anchor());
        }
      }
      case JournalTask.KeepCache _ ->
        feed.partKept(outcome instanceof JournalAnswer.Done, journal.versions(), boot());
      case JournalTask.Load load -> {
        links.stateIs(journal);
        links.loaded(load, outcome);
      }
      case JournalTask.Restore restore -> {
        links.stateIs(journal);
        links.restored(restore, outcome);
      }
      case JournalTask.Rotate(var id) -> commands.done(id, outcome);
      case JournalTask.Lock(var id, var _) -> commands.done(id, outcome);
      case JournalTask.Diagnose(var id) -> commands.done(id, outcome);
      case JournalTask.Reopen _ -> reopened(outcome);
      case JournalTask.Rest _ ->
        restAt = boot() + (journal.heldDecline().isPresent() ? REST_MILLIS : PRUNE_MILLIS);
      case JournalTask.Stop _ -> output.add(new Effect.Stopped());
      case JournalTask.RecordDecline _,JournalTask.CountRunTime _,JournalTask.RolledBack _,JournalTask.Freeze _,JournalTask.Resume _ -> {
        // Nobody waits for these; a failure was noted and shows in the refusal.
      }
    }
    if (!(task instanceof JournalTask.Rest || task instanceof JournalTask.SaleTold)
        && outcome instanceof JournalAnswer.Done) {
      restAt = Math.min(restAt, boot() + REST_MILLIS);
    }
  }

  private void recorded(TransactionId transaction, JournalAnswer.Outcome outcome) {
    recorded(transaction, outcome, true);
  }

  private void recorded(TransactionId transaction, JournalAnswer.Outcome outcome, boolean hasReceipt) {
    if (outcome instanceof JournalAnswer.Done(var records)) {
      counter.happen(new SaleEvent.Recorded(transaction, records.getLast().seq()));
      if (hasReceipt) {
        output.add(new Effect.Print(records.getLast()));
      }
    } else if (outcome instanceof JournalAnswer.Failed failed && failed.inDoubt()) {
      doubtful.add(transaction);
      counter.happen(new SaleEvent.RecordInDoubt(transaction));
    } else {
      counter.happen(new SaleEvent.RecordFailed(transaction));
    }
  }

  private void tested(Optional<TransactionId> transaction, TestRecord test, JournalAnswer.Outcome outcome) {
    if (outcome instanceof JournalAnswer.Done(var records)) {
      transaction.ifPresent(id -> counter.tested(id, records.getLast().seq()));
    }
    transaction.ifPresent(id -> recorded(id, outcome));
    if (test.hasMode()) {
      boolean done = outcome instanceof JournalAnswer.Done;
      output.note("test_mode", "on=" + journal.testMode());
      counter.happen(done ? new SaleEvent.TestModeSet(test.getMode().getOn())
          : new SaleEvent.ShiftFailed(Refusal.JOURNAL_FAULT.name()));
    }
  }

  private void shiftRecorded(JournalTask.RecordShift task, JournalAnswer.Outcome outcome) {
    if (!(outcome instanceof JournalAnswer.Done(var records))) {
      counter.happen(new SaleEvent.ShiftFailed(
          outcome instanceof JournalAnswer.Failed failed ? failed.code() : Refusal.JOURNAL_FAULT.name()));
      return;
    }
    JournalRecord record = records.getLast();
    ShiftReport report = OwnRecord.body(record, ShiftReport.parser());
    output.note(task.opens() ? "shift_opened" : "shift_closed", "shift=" + report.getShift() + " seq="
        + record.seq() + " from=" + report.getFromSeq() + " to=" + report.getToSeq() + " sales="
        + report.getSales() + " net=" + ShiftTotals.of(report).netMinor());
    counter.happen(task.opens()
        ? new SaleEvent.ShiftOpened(report.getShift())
        : new SaleEvent.ShiftClosed(report.getShift(), ShiftTotals.of(report).netMinor()));
    output.add(new Effect.Print(record));
  }

  private void reopened(JournalAnswer.Outcome outcome) {
    reopening = false;
    if (outcome instanceof JournalAnswer.Reopened(var known, var landed) && known) {
      doubtful.found(landed, boot()).ifPresent(counter::happen);
    }
    if (journalRefusal.filter(TerminalCore::mayPass).isPresent()) {
      reopenAt = boot() + REOPEN_MILLIS;
    }
  }

  /// A sale that was never shown as approved is durable; its customer is told that it failed once this is too.
  private void takeBack(LastSale sale) {
    output.alert("SALE_TAKEN_BACK", "seq=" + sale.seq());
    output.ask(new JournalTask.RecordVoid(TransactionId.draw(clock.bestWallMillis(), random), sale,
        Optional.empty(), clock.epochDay()));
  }

  private long boot() {
    return clock.now().bootMillis();
  }
}
