package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import dev.counterfoil.sim.world.Coverage;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.MachineCrashed;
import dev.counterfoil.sim.world.Ports;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.net.Endpoint;
import dev.counterfoil.sim.world.net.ModelConnection;
import dev.counterfoil.sim.world.oracle.DeliveryAudit;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PaperDeed;
import dev.counterfoil.sim.world.terminal.Enrolment;
import dev.counterfoil.sim.world.terminal.Fittings;
import dev.counterfoil.sim.world.terminal.ServerDoor;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import dev.counterfoil.terminal.journal.EpochHeld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The server's machine: its store, its second medium, its power. Runs of the server program come and go on it, and its
/// store can be put back to any earlier commit.
public final class ServerMachine implements ServerDoor {
  private static final PasswordRules PASSWORDS = new PasswordRules(false, Guesser.THRESHOLD_MINOR, 6, 5,
      Duration.ofMinutes(30));
  private static final long RESTORE_MICROS = 20_000_000;
  /// Every other backup is from just now, the others from any moment since the town was set up.
  private static final int RECENT_COMMITS = 400;

  private final World world;
  private final Ports ports;
  private final Signer ackKey;
  private final ModelCopy copy = new ModelCopy();
  private final List<TerminalId> terminals = new ArrayList<>();
  private final PaperBook paper = new PaperBook();
  private final Barred barred = new Barred();
  private final Office office;
  private final WelfareOffice welfare;
  private final Guesser guesser;
  private final Counter counter;
  private final Clerk cashier = new Clerk(3, "zhang");
  private final ServerAudit audit;
  private final GapWatch gaps;
  private ModelSettlementStore store;
  private SettlementStore port;
  private @Nullable ServerRun run;
  private int runs;
  private int setUpCommits;
  private int aloneSinceCommits;
  private long transactions;
  private long downMicros;
  private long frames;
  private String lastFrame = "";

  public ServerMachine(World world, Ports ports) {
    this.world = world;
    this.ports = ports;
    this.ackKey = world.signers().signer(0);
    this.audit = new ServerAudit(world);
    this.gaps = new GapWatch(world);
    this.office = new Office(world, this, paper);
    this.welfare = new WelfareOffice(world, this, paper);
    this.guesser = new Guesser(world, this);
    this.counter = new Counter(world, this, paper);
    this.store = new ModelSettlementStore(world.swarm().serverRestoresPerThousandDays() > 0);
    this.port = ports.settlement().apply(store);
    SettlementCore core = begin();
    core.registry().putSite(new SiteRow(World.SITE, "town", World.CURRENCY));
    for (Holder holder : world.holders().all()) {
      long account = core.accounts().open(World.SITE, "holder " + holder.index(), holder.enableOffline(),
          holder.openingMinor(), transaction(), world.trueMillis()).account();
      require(account == holder.account(), "set-up", "account " + account + " for holder " + holder);
      core.cards().issue(World.SITE, holder.card(), account, world.trueMillis());
    }
    core.accounts().passwords().set(World.SITE, guesser.account(), "only its owner knows",
        world.trueMillis());
    core.cards().issueOperatorCard(World.SITE, world.holders().operatorCard(), world.trueMillis());
    setUpCommits = store.commits();
  }

  /// A town whose few cards are tapped round the clock, hundreds of times a day: counts, hours and weekends would
  /// leave little but refusals.
  private CoreSettings settings() {
    return CoreSettings.DEFAULT.withConfirmTerminals(false).withAllowance(world.allowance())
        .withPurchases(PurchaseLimits.NONE).withPasswords(PASSWORDS);
  }

  private TransactionId transaction() {
    transactions++;
    return new TransactionId(0x0190_0000_0000_7000L + (transactions << 16),
        0x8000_0000_0000_0000L + transactions);
  }

  private SettlementCore begin() {
    SplittableRandom random = world.random(3, ++runs);
    var core = new SettlementCore(port, settings(), ackKey,
        world.signers().verifier(), random);
    ServerRun fresh = new ServerRun(this, world, core, world.limits());
    run = fresh;
    fresh.start(terminals);
    world.network().serverReachable(true);
    return core;
  }

  /// Registers the terminal with this index and makes its board.
  public TerminalMachine enrol(int index) {
    return enrol(index, Fittings.STANDARD);
  }

  /// The same, set up in a way of its own.
  public TerminalMachine enrol(int index, Fittings fittings) {
    SettlementCore core = run().core();
    var id = new TerminalId(0x7000, index + 1L);
    Signer signer = world.signers().signer(1_000 + index);
    Hash certificate = Sha256
        .hash(("certificate " + index).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Hash code = Sha256.hash(("code " + index).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    long now = world.trueMillis();
    core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(World.SITE, code, "till-" + index, 0, now, now + 900_000, 0, "admin"));
    String board = "board-" + index;
    TerminalMemory row = core.registry().enrol(code,
        new RegistryDesk.Enrolment(id, board, certificate, signer.key()), now);
    var epoch = row.row().confirmed();
    var offer = core.epochOffers().offer(id, epoch, core.serverGeneration(), now);
    terminals.add(id);
    setUpCommits = store.commits();
    var trust = new ServerTrust(id, ackKey.key(), world.signers().verifier());
    TerminalMachine machine = new TerminalMachine(world, index,
        new Enrolment(trust, signer, board, certificate, new EpochHeld(epoch, offer)),
        this, world.truth(), index, ports.journal(), fittings);
    machine.writeGenesis();
    return machine;
  }

  // --- power ---

  public boolean isUp() {
    return run != null;
  }

  private ServerRun run() {
    ServerRun present = run;
    if (present == null) {
      throw new IllegalStateException("the server is down");
    }
    return present;
  }

  /// Runs a piece of the server's work; a crash in its middle ends this run of the server, and nothing else.
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (MachineCrashed crash) {
      world.trace().effect(-1, crash.where(), store.commits());
      down(downMicros);
    }
  }

  private void down(long forMicros) {
    if (run != null) {
      switchOff();
      world.queue().after(forMicros, EventTag.SERVER_FAULT, -1, this::comeUp);
    }
  }

  private void comeUp() {
    if (run == null) {
      port = ports.settlement().apply(store);
      begin();
    }
  }

  /// Switches the server off until [#switchOn].
  public void switchOff() {
    ServerRun dying = run;
    run = null;
    if (dying != null) {
      dying.die();
      world.network().serverReachable(false);
    }
  }

  public void switchOn() {
    comeUp();
  }

  public void crashAtNextCommit(CommitFault where, long forMicros) {
    downMicros = forMicros;
    store.failNextCommit(where);
  }

  /// Puts the store back to an earlier commit, as from a backup.
  public void restore() {
    SplittableRandom draw = world.random(5, runs);
    int oldest = Math.max(aloneSinceCommits,
        draw.nextBoolean() ? setUpCommits : Math.max(setUpCommits, store.commits() - RECENT_COMMITS));
    if (run == null || store.commits() <= oldest) {
      return;
    }
    int to = oldest + draw.nextInt(store.commits() - oldest);
    for (int i = 0; i < terminals.size(); i++) {
      world.truth().serverHas(i, receivedSeq(terminals.get(i)));
    }
    down(RESTORE_MICROS);
    store = store.restoredTo(to);
    office.restoredTo(to);
    guesser.restoredTo(to);
    barred.restoredTo(to);
    audit.restored();
    port = ports.settlement().apply(store);
    SettlementCore core = new SettlementCore(port, settings(), ackKey,
        world.signers().verifier(), world.random(4, runs));
    core.restored(world.trueMillis());
  }

  public void stallCopy(long durationMicros) {
    copy.stall(true);
    world.queue().after(durationMicros, EventTag.SERVER_FAULT, -1, () -> copy.stall(false));
  }

  /// Nothing fails any more.
  public void heal() {
    store.failNextCommit(CommitFault.NONE);
    copy.stall(false);
    comeUp();
  }

  ModelCopy copy() {
    return copy;
  }

  // --- lines ---

  @Override
  public Endpoint accept(TerminalId certificate) {
    ServerRun present = run;
    if (present != null) {
      return present.accept(certificate);
    }
    return new Endpoint() {
      @Override
      public void received(ModelConnection connection, byte[] frame) {
        // Nobody is there.
      }

      @Override
      public void closed(ModelConnection connection) {
        // Nobody is there.
      }
    };
  }

  void said(TerminalId terminal, Frame frame) {
    switch (frame.getBodyCase()) {
      case PING, PONG -> {
      }
      case GOODBYE, WELCOME -> count(frame, !isFrozen(terminal));
      default -> count(frame, true);
    }
  }

  private void count(Frame frame, boolean business) {
    if (business) {
      frames++;
      lastFrame = frame.getBodyCase().name();
    }
  }

  /// Frames that the server sent beside pings, and beside sending a frozen terminal away.
  public long framesOfBusiness() {
    return frames;
  }

  public String lastBusiness() {
    return lastFrame;
  }

  void judged(List<IngestRequest> requests, List<IngestResult> results) {
    audit.judged(requests, results, store);
  }

  // --- what people do ---

  /// Something that an operator does.
  public interface Work {
    void on(SettlementCore core);
  }

  /// An operator does this as soon as the server has time; nothing happens while it is down. What is refused is not done.
  public void office(Work work) {
    ServerRun present = run;
    if (present != null) {
      present.turns().ordinary(() -> {
        try {
          work.on(present.core());
          present.changed();
        } catch (RefusedException refused) {
          world.trace().text(refused.code());
        }
      }, present.mostBatches());
    }
  }

  public void freeze(Holder holder) {
    bar(holder, core -> core.accounts().apply(World.SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "the town says so"), world.trueMillis()));
  }

  public void deny(Holder holder) {
    bar(holder, core -> core.cards().reportLost(World.SITE, holder.card(), world.trueMillis()));
  }

  private void bar(Holder holder, Work work) {
    office(core -> {
      int before = store.commits();
      try {
        work.on(core);
      } finally {
        if (store.commits() > before) {
          barred.note(holder, store.commits());
        }
      }
    });
  }

  public void recharge(Holder holder, long amountMinor) {
    counter.ask(cashier, "RECHARGE", holder.account() + " " + amountMinor, Counter.Rule.NONE,
        (core, id, now) -> {
          core.accounts().rechargeByCash(World.SITE, holder.account(), amountMinor, id, now);
          return Counter.Outcome.of(new PaperDeed.Recharged(holder.account(), amountMinor));
        });
  }

  /// Somebody at the office does his next piece of work.
  public void officeWork() {
    if (run != null) {
      office.work();
    }
  }

  /// Somebody at the welfare office does his next piece of work.
  public void welfareWork() {
    if (run != null) {
      welfare.work();
    }
  }

  /// Somebody tries a password that is not his.
  public void guess() {
    guesser.come();
  }

  /// What the office has done, as the oracle knows it.
  public PaperBook paper() {
    return paper;
  }

  TerminalId anyTerminal(SplittableRandom random) {
    return terminals.get(random.nextInt(terminals.size()));
  }

  /// Starts of the server program so far.
  int runs() {
    return runs;
  }

  int commits() {
    return store.commits();
  }

  long receivedOf(int terminal) {
    return store.head(World.SITE, terminal).map(head -> head.received().seq()).orElse(0L);
  }

  public VerificationKey auditKey() {
    return ackKey.key();
  }

  /// Sends what an attacker with a terminal's place on the wire might send; nothing of it may be taken (I-13).
  public void forge(TerminalMachine terminal) {
    world.truth().attacked(terminal.place());
    office(core -> new Forgery(world, core, terminal,
        world.random(9, (int) (world.queue().nowMillis() & 0xffff))).attempt());
  }

  // --- what is looked at ---

  public SettlementReads books() {
    return port;
  }

  @Override
  public long receivedSeq(TerminalId terminal) {
    return store.terminal(terminal).flatMap(row -> store.head(World.SITE, row.terminal()))
        .map(head -> head.received().seq()).orElse(0L);
  }

  @Override
  public void soldOffline(ByteString token, long denyVersion) {
    DenyRow row = store.table(World.SITE).denials.get(CardToken.of(token.toByteArray()));
    require(row == null || !row.denied() || row.version() > denyVersion, "I-17",
        () -> "a terminal that has deny list " + denyVersion + " took the card of " + row);
  }

  /// I-17: a terminal in contact has the newest list within one period.
  public void requireNewestList(TerminalMachine terminal) {
    long have = terminal.image().state().versions().deny();
    require(run().core().denyFor(terminal.terminalId(), have, world.trueMillis()).isEmpty(), "I-17",
        () -> "terminal " + terminal.place() + " still has deny list " + have);
  }

  @Override
  public void gapDeclared(TerminalId terminal, long seq) {
    gaps.declared(terminal, seq);
    ServerRun present = run;
    ServerLine line = present == null ? null : present.current(terminal, Channel.CHANNEL_JOURNAL);
    if (line != null) {
      line.watchGaps();
    }
  }

  @Override
  public void holdsAlone() {
    aloneSinceCommits = store.commits();
  }

  @Override
  public void gapsForgotten(TerminalId terminal, long headSeq) {
    gaps.forgotten(terminal, headSeq);
  }

  /// Decides a purchase, and sees to it that a barred card is refused at once.
  Decision decide(TerminalId terminal, TransactionId id, Authorize question) {
    boolean asksAnew = port.authorizations(World.SITE, List.of(id)).isEmpty();
    Decision decision = run().core().authorize(terminal, id, question, world.trueMillis());
    if (asksAnew && decision.getOutcome() == Outcomes.OUTCOMES_APPROVED) {
      barred.approved(question.getCardToken(), id);
    }
    return decision;
  }

  GapWatch gaps() {
    return gaps;
  }

  @Override
  public boolean isCopied(TerminalId terminal, JournalRecord record) {
    return store.terminal(terminal).filter(row -> copy.holds(row.terminal(), record)).isPresent();
  }

  public long settledSeq(TerminalId terminal) {
    return store.terminal(terminal).flatMap(row -> store.head(World.SITE, row.terminal()))
        .map(head -> head.settled().seq()).orElse(0L);
  }

  public boolean isFrozen(TerminalId terminal) {
    return store.terminal(terminal).map(row -> row.status() == TerminalStatus.FROZEN).orElse(false);
  }

  public boolean isIdle() {
    return run != null && run.isIdle();
  }

  public long settledSales() {
    return new DeliveryAudit(store, World.SITE, world.truth(), new java.util.TreeSet<>()).settledSales();
  }

  /// Checks that need the machine: marks in their order, and that SAFE means copied.
  public void audit() {
    audit.verify(store, copy);
  }

  public void coverage(Coverage coverage) {
    audit.coverage(store, coverage);
  }
}
