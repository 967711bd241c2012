package dev.counterfoil.sim.world.terminal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.FaultKind;
import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.MachineCrashed;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.disk.DiskFault;
import dev.counterfoil.sim.world.disk.JournalImage;
import dev.counterfoil.sim.world.disk.ModelJournalStore;
import dev.counterfoil.sim.world.disk.ModelMirror;
import dev.counterfoil.sim.world.oracle.GroundTruth;
import dev.counterfoil.sim.world.oracle.OfflineExposure;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.JournalDesk;
import dev.counterfoil.terminal.core.JournalTask;
import dev.counterfoil.terminal.core.Moment;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.core.TerminalSetup;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.WriteResult;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A terminal's board: its medium, its mirror, its clock, its power. Runs of the program come and go on it.
///
/// The medium survives everything but the faults that name it; what a run had in memory survives nothing.
public final class TerminalMachine {
  /// How long the power stays away when [#boot] alone brings it back.
  public static final long UNTIL_SWITCHED_ON = Long.MAX_VALUE;
  private static final long SERVICE_MICROS = 2_500;
  private static final long STALL_MICROS = 10_000_000;
  private static final int BACKUPS = 6;
  /// Records that the mirror may owe its medium: a round of syncing, and what one commit adds to it.
  public static final int MOST_UNSYNCED = 110;

  private final World world;
  private final int place;
  private final Enrolment enrolment;
  private final ServerDoor server;
  private final GroundTruth truth;
  private final int line;
  private final Fittings fittings;
  private final SplittableRandom random;
  private final UnaryOperator<JournalStore> port;
  private final List<JournalImage> backups = new ArrayList<>();

  private final ListSeen lists = new ListSeen();
  private JournalImage image;
  private ModelMirror mirror;
  private @Nullable TerminalRun run;
  private long bootedAtMicros;
  private long clockOffsetMillis;
  private DiskFault armed = DiskFault.NONE;
  private int writesUntilFault;
  private DiskFault errorAtSale = DiskFault.NONE;
  private boolean cutAfterCommit;
  private long offMicros;
  private int cutsLeft;
  private long fullUntil;
  private long stalledUntil;
  private long killWhenAsked;
  private long outageAfterDecision;
  private boolean faultless;
  private boolean retired;

  /// @param place index of its network connection, unique in the world
  /// @param line index of its true line within `truth`
  /// @param port wraps the store that a run sees; the identity, except where a test replaces the medium by a bad one
  /// @param fittings what is set up, and who looks on
  public TerminalMachine(World world, int place, Enrolment enrolment, ServerDoor server, GroundTruth truth,
      int line, UnaryOperator<JournalStore> port, Fittings fittings) {
    this.world = world;
    this.place = place;
    this.enrolment = enrolment;
    this.server = server;
    this.truth = truth;
    this.line = line;
    this.port = port;
    this.fittings = fittings;
    this.random = world.random(11, place);
    this.image = new JournalImage(
        JournalState.enrolled(ChainPosition.beforeGenesis(enrolment.certificateHash()),
            enrolment.firstEpoch()));
    this.mirror = new ModelMirror(place % 2 == 0);
  }

  /// The first record, as enrolment writes it.
  public void writeGenesis() {
    BootId boot = new BootId(random.nextLong(), random.nextLong());
    JournalStore store = new ModelJournalStore(image, () -> DiskFault.NONE, this::durable, this::removed);
    JournalWriter writer = new JournalWriter(store, mirror, terminalId(), Optional.of(enrolment.signer()),
        world.signers().verifier(), JournalSettings.DEFAULT);
    new JournalRecovery(store, writer).start(boot, "sim");
    var now = new RecordCircumstances(world.trueMillis(), TimeQuality.LOCAL_CLOCK, 0, 0, 0);
    Genesis genesis = Genesis.newBuilder().setBoardSerial(enrolment.boardSerial()).setSoftware("sim")
        .setBootId(ByteString.copyFrom(boot.bytes())).build();
    InvariantViolation.require(
        writer.append(Entry.of(RecordKind.GENESIS, genesis), now) instanceof WriteResult.Committed,
        "set-up", "terminal " + place + " could not begin its journal");
    writer.stop(now);
  }

  /// A board of its own with a copy of this one's medium in it: the same certificate and key, another serial.
  ///
  /// @param lies its software reports the serial of the original board
  public TerminalMachine cloneAt(int otherPlace, boolean lies) {
    String serial = lies ? enrolment.boardSerial() : "board-" + otherPlace;
    Enrolment copied = new Enrolment(enrolment.trust(), enrolment.signer(), serial,
        enrolment.certificateHash(), enrolment.firstEpoch());
    GroundTruth own = new GroundTruth(1, OfflineExposure.Caps.NONE);
    TerminalMachine clone = new TerminalMachine(world, otherPlace, copied, server, own, 0, port,
        Fittings.STANDARD);
    clone.image = image.copy();
    clone.mirror = mirror.copy();
    image.records().values().forEach(record -> own.durable(0, record.bytes()));
    return clone;
  }

  // --- power ---

  public boolean isOn() {
    return run != null;
  }

  /// Power comes on: recovery, then the program.
  public void boot() {
    if (run != null || retired) {
      return;
    }
    bootedAtMicros = world.queue().nowMicros();
    if (cutsLeft > 0) {
      cutsLeft--;
      arm(cutsLeft % 2 == 0 ? DiskFault.CUT_BEFORE : DiskFault.CUT_AFTER, random.nextInt(4), 400_000);
    }
    try {
      begin();
    } catch (MachineCrashed crash) {
      world.script().counted(FaultKind.CUT_IN_RECOVERY);
      powerLost(crash.where());
    }
  }

  private void begin() {
    truth.startsWith(line, image.state().head().seq());
    BootId boot = new BootId(random.nextLong(), random.nextLong());
    JournalStore store = port
        .apply(new ModelJournalStore(image, this::nextFault, this::durable, this::removed));
    JournalWriter writer = new JournalWriter(store, mirror, terminalId(), Optional.of(enrolment.signer()),
        world.signers().verifier(), JournalSettings.DEFAULT);
    JournalRecovery recovery = new JournalRecovery(store, writer);
    JournalRecovery.Started started = recovery.start(boot, "sim");
    if (started.refusal().isEmpty()) {
      truth.startsWith(line, writer.state().head().seq());
    }
    recovered(started);
    JournalDesk desk = new JournalDesk(writer, recovery, store);
    TerminalSetup setup = setup(boot);
    TerminalCore core = new TerminalCore(setup, moment(), writer.state(), started.refusal(), random);
    TerminalRun fresh = new TerminalRun(world, this, core, desk, new Glass(world, truth, line));
    run = fresh;
    fittings.bystander().began();
    fresh.start();
  }

  private void recovered(JournalRecovery.Started started) {
    switch (started.action()) {
      case dev.counterfoil.terminal.journal.RecoveryAction.RebuildMirror() ->
        world.coverage().reach(NamedState.MIRROR_REBUILT);
      case dev.counterfoil.terminal.journal.RecoveryAction.Reinsert _ ->
        world.coverage().reach(NamedState.MIRROR_SUPPLIED_RECORDS);
      default -> {
        // Agreement and questions to the server show elsewhere.
      }
    }
  }

  private TerminalSetup setup(BootId boot) {
    SaleSettings sale = place < world.scale().mealCounters() ? MealCounter.settings(World.CURRENCY)
        : SaleSettings.of(new SaleMode.Keyed(), World.CURRENCY);
    return fittings.of(new TerminalSetup(enrolment.trust(), "sim", enrolment.boardSerial(), boot,
        sale, OfflineCaps.UNLIMITED, world.limits(), Backoff.DEFAULT,
        ZoneOffset.UTC, place % 3 == 0, false, world.limits().ping().toMillis() / 4));
  }

  /// The process is killed; the medium keeps what was written, synced or not.
  public void kill(long offForMicros) {
    if (run != null) {
      mirror.cutPower(Integer.MAX_VALUE);
      down(offForMicros);
    }
  }

  /// Power ended in the middle of something.
  void powerLost(String where) {
    world.trace().effect(place, where, image.state().head().seq());
    if (mirror.cutPower(random.nextInt(mirror.unsynced() + 1)) > 0) {
      world.script().counted(FaultKind.MIRROR_BEHIND);
    }
    down(offMicros);
  }

  private void down(long offForMicros) {
    TerminalRun dying = run;
    run = null;
    armed = DiskFault.NONE;
    cutAfterCommit = false;
    if (dying != null) {
      witness(dying);
      dying.die();
      fittings.bystander().ended();
    }
    if (offForMicros != UNTIL_SWITCHED_ON) {
      world.queue().after(offForMicros, EventTag.TERMINAL_BOOT, place, this::boot);
    }
  }

  private void witness(TerminalRun dying) {
    if (dying.glass().waitsForServer()) {
      world.coverage().reach(NamedState.CRASH_WITH_OPEN_AUTHORIZATION);
    }
    if (dying.isAdopting()) {
      world.coverage().reach(NamedState.CUT_BETWEEN_OFFER_AND_CONFIRM);
    }
    if (dying.glass().waitsForVoid()) {
      world.coverage().reach(NamedState.CRASH_BEFORE_TAKE_BACK);
    }
    if (dying.glass().isRecording()) {
      world.coverage().reach(NamedState.CRASH_AFTER_APPROVAL_BEFORE_GLASS);
    }
  }

  // --- faults ---

  /// The `writes`-th write from now fails in this way.
  public void arm(DiskFault fault, int writes, long offForMicros) {
    armed = fault;
    writesUntilFault = writes;
    offMicros = offForMicros;
  }

  /// The next write while a sale is being recorded fails in this way; half of the time, power ends soon after.
  public void armErrorAtSale(DiskFault fault) {
    errorAtSale = fault;
  }

  public void armSeries(int cuts) {
    cutsLeft = cuts;
    arm(DiskFault.CUT_BEFORE, 0, 400_000);
  }

  /// Power ends after the next commit and before the program hears of it.
  public void armCutBetweenCommitAndAck(long offForMicros) {
    cutAfterCommit = true;
    offMicros = offForMicros;
  }

  /// The program is killed while its next question to the server is open.
  public void armKillWhenAsked(long offForMicros) {
    killWhenAsked = offForMicros;
  }

  /// The link breaks for so long right after the server's next answer to a purchase.
  public void armOutageAfterDecision(long forMicros) {
    outageAfterDecision = forMicros;
  }

  void asksServer() {
    if (killWhenAsked > 0 && !faultless) {
      long off = killWhenAsked;
      killWhenAsked = 0;
      world.queue().after(300, EventTag.TERMINAL_FAULT, place, () -> kill(off));
    }
  }

  void hearsDecision() {
    if (outageAfterDecision > 0 && !faultless) {
      world.network().partition(place, true, true, outageAfterDecision);
      outageAfterDecision = 0;
    }
  }

  boolean cutsBetweenCommitAndAck() {
    boolean now = cutAfterCommit && run != null && run.glass().isRecording();
    if (now) {
      world.script().counted(FaultKind.CUT_BETWEEN_COMMIT_AND_ACK);
    }
    return now;
  }

  public void fill(long durationMicros) {
    fullUntil = world.queue().nowMicros() + durationMicros;
  }

  public void stall(long durationMicros) {
    stalledUntil = world.queue().nowMicros() + durationMicros;
  }

  public void stepClock(long millis) {
    clockOffsetMillis += millis;
  }

  public void loseMirror() {
    mirror.wipe();
  }

  /// Remembers the medium as it is now, for a later roll-back.
  public void backUp() {
    backups.add(image.copy());
    if (backups.size() > BACKUPS) {
      backups.removeFirst();
    }
  }

  /// Puts an older image of itself into the slot. The mirror stays, unless the server has everything anyway.
  ///
  /// @return false if there is none
  public boolean rollBack() {
    return !backups.isEmpty() && rollBack(backups.remove(random.nextInt(backups.size())));
  }

  /// The same with the image that was remembered last.
  public void rollBackToNewest() {
    if (!backups.isEmpty()) {
      rollBack(backups.removeLast());
    }
  }

  private boolean rollBack(JournalImage older) {
    // After an earlier roll-back the mirror may know more than the medium.
    long head = Math.max(image.state().head().seq(), mirror.newestSeq());
    kill(5_000_000);
    image = older.copy();
    backups.clear();
    truth.rolledBackTo(line, image.state().head().seq());
    server.gapsForgotten(terminalId(), image.state().head().seq());
    if (server.receivedSeq(terminalId()) >= head && random.nextBoolean()) {
      mirror.wipe();
    }
    if (mirror.newestSeq() < head) {
      server.holdsAlone();
    }
    return true;
  }

  /// Switched off for good.
  public void retire() {
    retired = true;
    kill(0);
  }

  /// Nothing of the medium or the power fails any more.
  public void heal() {
    faultless = true;
    armed = DiskFault.NONE;
    errorAtSale = DiskFault.NONE;
    cutsLeft = 0;
    cutAfterCommit = false;
    fullUntil = 0;
    stalledUntil = 0;
  }

  private DiskFault nextFault() {
    if (faultless) {
      return DiskFault.NONE;
    }
    if (errorAtSale != DiskFault.NONE && run != null && run.glass().isRecording()) {
      return errorAtSale();
    }
    if (armed != DiskFault.NONE && writesUntilFault-- <= 0) {
      DiskFault now = armed;
      armed = DiskFault.NONE;
      return now;
    }
    return world.queue().nowMicros() < fullUntil ? DiskFault.FULL : DiskFault.NONE;
  }

  private DiskFault errorAtSale() {
    DiskFault now = errorAtSale;
    errorAtSale = DiskFault.NONE;
    world.script().counted(now == DiskFault.ERROR_KEPT
        ? FaultKind.WRITE_ERROR_KEPT
        : FaultKind.WRITE_ERROR_NOT_KEPT);
    if (random.nextBoolean()) {
      arm(random.nextBoolean() ? DiskFault.CUT_BEFORE : DiskFault.CUT_AFTER, random.nextInt(3), 5_000_000);
    }
    return now;
  }

  private void removed(List<JournalRecord> gone) {
    gone.forEach(record -> truth.pruned(line, record.seq(), server.isCopied(terminalId(), record)));
  }

  private void durable(CommitUnit unit) {
    if (line == place) {
      truth.serverHas(line, server.receivedSeq(terminalId()));
    }
    for (JournalRecord record : unit.records()) {
      if (record.is(RecordKind.CHECKPOINT_SEEN)) {
        world.coverage().reach(NamedState.CHECKPOINT_BOUND);
      }
      if (record.is(RecordKind.GAP) && line == place) {
        server.gapDeclared(terminalId(), record.seq());
      }
      world.trace().bytes(record.bytes());
      truth.durable(line, record.bytes());
      fittings.bystander().durable(record);
    }
    fittings.bystander().written();
  }

  // --- what a run asks of its board ---

  /// Time that the medium takes for the next thing asked of it.
  long serviceMicros() {
    long now = world.queue().nowMicros();
    return now < stalledUntil ? STALL_MICROS : SERVICE_MICROS;
  }

  Moment moment() {
    return new Moment((world.queue().nowMicros() - bootedAtMicros) / 1000,
        world.trueMillis() + clockOffsetMillis);
  }

  long microsOfBoot(long bootMillis) {
    return bootedAtMicros + bootMillis * 1000;
  }

  void alerted(String code, String detail) {
    switch (code) {
      case "ROLLED_BACK" -> world.coverage().reach(NamedState.ROLLED_BACK_DETECTED);
      case "CLONE" -> world.coverage().reach(NamedState.CLONE_REFUSED);
      case "FORK" -> world.coverage().reach(NamedState.FORK_DETECTED);
      case "SALE_TAKEN_BACK" -> world.coverage().reach(NamedState.SALE_TAKEN_BACK);
      case "SERVER_RESTORED" -> world.coverage().reach(NamedState.SERVER_RESTORED_SEEN);
      default -> {
        // Others are for people.
      }
    }
    boolean accusation = code.equals("ROLLED_BACK") || code.equals("CLONE") || code.equals("FORK");
    InvariantViolation.require(!accusation || truth.terminal(line).mayBeFlagged() || line != place, "I-14",
        "honest terminal " + place + " is told " + code + " " + detail);
  }

  // --- people in front of it ---

  /// Something is done to the terminal's devices. Nothing happens while it is dark.
  public void input(SaleEvent event) {
    TerminalRun present = run;
    if (present != null) {
      lists.has(world.queue().nowMicros(), image.state().versions().deny());
      present.input(event);
    }
  }

  /// A device tells something that is not part of a sale. Nothing happens while the terminal is dark.
  public void happens(Event event) {
    if (run != null) {
      run.happens(event);
    }
  }

  /// What the program says of itself; empty while it is dark.
  public Optional<String> health() {
    return Optional.ofNullable(run).map(TerminalRun::health);
  }

  /// Whether purchases are decided by the server right now.
  public boolean isOnline() {
    return run != null && run.isOnline();
  }

  /// The program is about to record a sale.
  void sells(JournalTask.RecordSale sale) {
    if (sale.sale().getOffline() && sale.token().isPresent()) {
      server.soldOffline(sale.sale().getCardToken(),
          lists.obeyed(world.queue().nowMicros(), image.state().versions().deny()));
    }
  }

  public int unsyncedMirror() {
    return mirror.unsynced();
  }

  public JournalImage image() {
    return image;
  }

  public TerminalId terminalId() {
    return enrolment.trust().terminal();
  }

  public int place() {
    return place;
  }

  LinkLimits limits() {
    return world.limits();
  }

  Bystander bystander() {
    return fittings.bystander();
  }

  ServerDoor server() {
    return server;
  }
}
