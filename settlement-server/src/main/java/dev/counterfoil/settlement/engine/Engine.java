package dev.counterfoil.settlement.engine;

import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancelled;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.authorization.PasswordTry;
import dev.counterfoil.settlement.authorization.PurchaseAnswer;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.snapshot.News;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import dev.counterfoil.settlement.terminals.Greeting;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.TerminalWord;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The core with its threads: what sessions, operators and background work ask, in the order in which a customer would
/// want it. All methods that sessions call return at once; answers come on the core's thread and must not block it.
public final class Engine implements AutoCloseable, CoreAccess, CoreThread.Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /// What the engine needs from around it.
  ///
  /// @param jitter spreads those who are sent away
  /// @param passwords compares those of holders
  /// @param registry looks at the registry after operators' and enrolment work, on the core's thread
  /// @param fatal  called once when the store can no longer be trusted; stops the server
  public record Surroundings(InstantSource clock, LongSupplier monotonicMillis, RandomGenerator jitter,
      SignatureVerifier signatures, ServerMetrics metrics, PasswordCheck passwords,
      Consumer<SettlementCore> registry,
      Consumer<StoreException> fatal) {}

  /// What the engine tells sessions unasked. Called on any thread; must not block.
  public interface Watcher {

    TerminalId terminal();

    void marksRose(Signed ack);

    void versionsRose();

    void end(ReasonCode reason, String facts);
  }

  /// Records read back.
  ///
  /// @param end nothing of what was asked for follows
  public record ReadBack(List<byte[]> bytes, boolean end) {}

  private final SettlementCore core;
  private final EngineSettings settings;
  private final Surroundings around;
  private final LiveSessions<? extends Watcher> live;
  private final ExecutorService verifiers;
  private final IngestLanes lanes;
  private final ReturnSlots slots;
  private final PasswordLane passwords;
  private final CoreThread thread;
  private final Background background;
  private final ExceptionLog exceptions;
  private final TerminalStates states = new TerminalStates();
  private volatile @Nullable StoreException broken;
  private boolean changed;
  private long othersDoings;

  public Engine(SettlementCore core, EngineSettings settings, Surroundings around,
      LiveSessions<? extends Watcher> live, Background.Copying copying) {
    this.core = core;
    this.settings = settings;
    this.around = around;
    this.live = live;
    this.slots = new ReturnSlots(around.jitter());
    this.passwords = new PasswordLane(around.passwords());
    this.verifiers = Executors.newFixedThreadPool(settings.verifiers(),
        Thread.ofPlatform().name("verifier-", 0).factory());
    ThreadLocal<BatchVerifier> verifier = ThreadLocal
        .withInitial(() -> new BatchVerifier(around.signatures()));
    this.thread = new CoreThread(settings.deskRequests(), this, around.monotonicMillis());
    this.lanes = new IngestLanes(settings.ingestBatches(), verifiers, verifier::get, thread::wake);
    this.background = new Background(this, copying, around);
    this.exceptions = new ExceptionLog(core, around.metrics());
  }

  public void start() {
    thread.start();
    background.start(call(server -> server.reads().sites().stream()
        .flatMap(site -> server.reads().terminals(site.site()).stream()).map(row -> row.terminalId())
        .toList()));
  }

  /// The server's time, by which a session notes when something came. Any thread.
  public long nowMillis() {
    return around.clock().millis();
  }

  /// Judges a greeting.
  ///
  /// @return false when the server has too much to do; nothing was asked then
  public boolean hello(TerminalId terminal, Greeting greeting, Consumer<HelloAnswer> answer) {
    Runnable task = () -> {
      HelloAnswer judged = core.hello(terminal, greeting, around.clock().millis());
      core.verificationBase(terminal).ifPresent(lanes::standsAt);
      answer.accept(judged);
    };
    return greeting.hello().getChannel() == Channel.CHANNEL_DESK ? thread.offerDesk(task)
        : thread.offer(task);
  }

  public void confirm(TerminalId terminal, EpochId epoch) {
    thread.offer(() -> {
      boolean taken = core.confirmEpoch(terminal, epoch);
      core.verificationBase(terminal).ifPresent(lanes::standsAt);
      LOG.info("event=epoch_confirmed terminal={} epoch={} taken={}", terminal, epoch.number(), taken);
    });
  }

  /// Takes a batch in; the answer comes after its commit. When the storage fails there is none, and the session ends.
  public void push(IngestRequest batch, Consumer<IngestResult> answer) {
    lanes.add(new PushedBatch(batch.receivedAt(around.clock().millis()), answer));
  }

  /// @return true when so many batches wait that reading should stop until `resume` is called
  public boolean awaitRoom(TerminalId terminal, Runnable resume) {
    return lanes.awaitRoom(terminal, resume);
  }

  /// The journal session of a terminal is gone.
  public void left(TerminalId terminal) {
    lanes.forget(terminal);
    states.left(terminal);
  }

  public void read(TerminalId terminal, long fromSeq, long toSeq, LinkLimits limits,
      Consumer<ReadBack> answer) {
    thread.offer(() -> {
      List<JournalRecord> records = core.fetch(terminal, fromSeq, toSeq, limits.maxBatchRecords(),
          limits.maxBatchBytes());
      boolean end = records.isEmpty() || records.getLast().seq() >= toSeq;
      answer.accept(new ReadBack(records.stream().map(JournalRecord::bytes).toList(), end));
    });
  }

  /// Decides a purchase. In overload there is no answer: the terminal's own 800 ms are over sooner, and it decides.
  public void authorize(TerminalId terminal, TransactionId id, Authorize question,
      Consumer<Decision> answer) {
    long asked = System.nanoTime();
    decide(terminal, id, question, Optional.empty(), decision -> {
      answer.accept(decision);
      around.metrics().decision(decision.getOutcome().name());
      around.metrics().deskAnswer(System.nanoTime() - asked);
    });
  }

  private void decide(TerminalId terminal, TransactionId id, Authorize question, Optional<PasswordTry> tried,
      Consumer<Decision> answer) {
    desk(() -> {
      changed = true;
      switch (attempt(terminal, id, question, tried)) {
        case PurchaseAnswer.Decided(var decision) -> answer.accept(decision);
        case PurchaseAnswer.Compare(var stored) -> compare(terminal, id, question, stored, answer);
      }
    });
  }

  /// A defect while deciding costs nobody money and leaves nobody without an answer. What the storage does is another matter:
  /// then nothing can be kept, and the terminal decides.
  private PurchaseAnswer attempt(TerminalId terminal, TransactionId id, Authorize question,
      Optional<PasswordTry> tried) {
    try {
      return core.authorize(terminal, id, question, tried, around.clock().millis());
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("event=payment_failed terminal={} transaction={}", terminal, id, e);
      return new PurchaseAnswer.Decided(
          core.paymentFailed(terminal, id, question, e.toString(), around.clock().millis()));
    }
  }

  /// Off this thread, then the same question again.
  private void compare(TerminalId terminal, TransactionId id, Authorize question, String stored,
      Consumer<Decision> answer) {
    boolean taken = passwords.offer(stored, question.getPassword().toCharArray(),
        right -> decide(terminal, id, question, Optional.of(new PasswordTry(stored, right)), answer));
    if (!taken) {
      answer.accept(Decision.newBuilder().setTransactionId(Wire.bytes(id))
          .setOutcome(Outcomes.OUTCOMES_DECLINED).setReason(DeclineReason.SYSTEM_BUSY.name()).build());
    }
  }

  public void cancel(TerminalId terminal, TransactionId id, Consumer<Cancelled> answer) {
    desk(() -> {
      answer.accept(core.cancel(terminal, id, around.clock().millis()));
      changed = true;
    });
  }

  /// Does what somebody at a counter wants besides a purchase.
  public void errand(TerminalId terminal, Errand errand, Consumer<ErrandAnswer> answer) {
    desk(() -> {
      answer.accept(core.errand(terminal, errand, around.clock().millis()));
      changed = true;
    });
  }

  /// Looks what a terminal lacks of accounts and blocked cards.
  ///
  /// @return false when the server has too much to do; nothing was asked then
  public boolean refresh(TerminalId terminal, SnapshotRequest have, Consumer<News> answer) {
    return thread.offer(() -> answer.accept(core.newsFor(terminal, have, around.clock().millis())));
  }

  /// A terminal's sign of life; a change of its state is worth a line.
  public void heard(TerminalId terminal, @Nullable ChainPosition head, String state) {
    if (!state.isEmpty() && states.says(terminal, state)) {
      LOG.info("event=terminal_state terminal={} state={} head={}", terminal,
          state.replaceAll("[^A-Z_]", "?"),
          head == null ? "unknown" : head.seq());
    }
  }

  /// A terminal's word about itself. In overload it is passed over: the next one says the same.
  public void heard(TerminalId terminal, TerminalWord word) {
    states.is(terminal, word.condition());
    thread.offer(() -> core.heard(terminal, word, around.clock().millis()).ifPresent(cause -> {
      around.metrics().terminalStarted(cause);
      LOG.info("event=terminal_started terminal={} cause={} starts={}", terminal, cause,
          word.condition().getStarts());
    }));
  }

  /// What connected terminals say of themselves.
  public TerminalStates states() {
    return states;
  }

  /// Runs work on the core's thread behind the terminals' questions. Not for event loops.
  @Override
  public <T> T call(Function<SettlementCore, T> work) {
    return thread.call(() -> {
      changed = true;
      T result = core.inTurn(work);
      around.registry().accept(core);
      return result;
    });
  }

  @Override
  public void movedOn(TerminalId terminal) {
    quietly(server -> {
      server.verificationBase(terminal).ifPresent(lanes::standsAt);
      marksRose(terminal);
      return terminal;
    });
    background.look(List.of(terminal));
  }

  @Override
  public <T> T quietly(Function<SettlementCore, T> work) {
    return thread.call(() -> core.inTurn(work));
  }

  /// Whether a terminal waits for an answer.
  boolean isBusy() {
    return lanes.size() > 0 || thread.deskWaiting() > 0;
  }

  public boolean isOverloaded() {
    return lanes.isFull() || thread.ordinaryWaiting() > 1024;
  }

  /// Whether a terminal that is welcome should hold back what waits in it.
  public boolean isBusyWithBatches() {
    return lanes.isBusy();
  }

  /// When somebody who is sent away should come back: everybody at another time.
  public long comeBackMillis() {
    return slots.draw(around.monotonicMillis().getAsLong());
  }

  /// Why the server cannot do its work, if so.
  public Optional<String> problem() {
    StoreException failed = broken;
    if (failed != null) {
      return Optional.of(failed.fault().name());
    }
    return thread.isAlive() ? Optional.empty() : Optional.of("CORE_STUCK");
  }

  public Background background() {
    return background;
  }

  public int batchesWaiting() {
    return lanes.size();
  }

  public int deskWaiting() {
    return thread.deskWaiting();
  }

  /// Settles what waits, then ends all threads.
  @Override
  public void close() {
    background.close();
    passwords.close();
    verifiers.shutdown();
    thread.close();
    verifiers.shutdownNow();
  }

  @Override
  public boolean commit() {
    List<PushedBatch> batches = lanes.take(settings.commitBatches(), settings.commitRecords());
    if (!batches.isEmpty()) {
      settle(batches);
    }
    return !batches.isEmpty();
  }

  @Override
  public void tick() {
    long nowMs = around.clock().millis();
    StoreException failed = broken;
    if (failed != null && passes(failed.fault())) {
      core.touchStore(nowMs);
      broken = null;
      LOG.info("event=store_recovered");
    }
    changed |= core.tick(nowMs) > 0;
    followOthers();
    exceptions.look();
    background.measure(core);
    if (changed) {
      changed = false;
      live.all(Channel.CHANNEL_DESK).forEach(Watcher::versionsRose);
    }
  }

  /// What other servers on the database did: terminals that enrolled or were revoked there, accounts that changed.
  private void followOthers() {
    long doings = core.othersDoings();
    if (core.isShared() && doings != othersDoings) {
      othersDoings = doings;
      around.registry().accept(core);
      changed = true;
    }
  }

  @Override
  public void defect(RuntimeException problem) {
    if (problem instanceof StoreException failed) {
      storeFailed(failed);
    } else if (!(problem instanceof RefusedException)) {
      LOG.error("event=core_defect", problem);
    }
  }

  /// Tells a terminal that a mark rose; called on the core's thread.
  void marksRose(TerminalId terminal) {
    live.current(terminal, Channel.CHANNEL_JOURNAL)
        .ifPresent(session -> session.marksRose(core.acknowledgement(terminal, around.clock().millis())));
  }

  private void settle(List<PushedBatch> batches) {
    long started = System.nanoTime();
    try {
      List<IngestResult> results = core.push(batches.stream().map(PushedBatch::request).toList(),
          around.clock().millis());
      broken = null;
      answer(batches, results, started);
    } catch (StoreException e) {
      storeFailed(e);
      batches.forEach(batch -> end(batch.request().terminal(), "the storage failed"));
    } catch (RuntimeException e) {
      alone(batches, e);
    }
  }

  /// A batch that nobody can digest must not hold up those that came with it.
  private void alone(List<PushedBatch> batches, RuntimeException problem) {
    if (batches.size() > 1) {
      batches.forEach(batch -> settle(List.of(batch)));
      return;
    }
    TerminalId terminal = batches.getFirst().request().terminal();
    LOG.error("event=batch_defect terminal={} old_seq={}", terminal, batches.getFirst().request().oldSeq(),
        problem);
    end(terminal, "the batch cannot be processed");
  }

  private void answer(List<PushedBatch> batches, List<IngestResult> results, long started) {
    long records = 0;
    Set<TerminalId> terminals = new HashSet<>();
    for (int i = 0; i < batches.size(); i++) {
      PushedBatch batch = batches.get(i);
      terminals.add(batch.request().terminal());
      switch (results.get(i)) {
        case IngestResult.Acknowledged _ -> records += batch.records();
        case IngestResult.Refused(var reason, _, var bad) -> {
          around.metrics().batchRefused(reason.name());
          LOG.warn("event=batch_refused terminal={} reason={} bad_seq={}", batch.request().terminal(), reason,
              bad);
        }
      }
      batch.answer().accept(results.get(i));
    }
    terminals.forEach(terminal -> core.verificationBase(terminal).ifPresent(lanes::standsAt));
    background.look(terminals);
    changed = true;
    around.metrics().recordsReceived(records);
    around.metrics().recordsSettled(records);
    around.metrics().commit(System.nanoTime() - started, records);
  }

  private void end(TerminalId terminal, String facts) {
    live.current(terminal, Channel.CHANNEL_JOURNAL)
        .ifPresent(session -> session.end(ReasonCode.SERVER_BUSY, facts));
  }

  /// A full disk passes, and so does the failover of a database server; anything else means that what is on the disk can no longer be trusted, and nobody retries a
  /// failed sync.
  private void storeFailed(StoreException problem) {
    boolean first = broken == null;
    broken = problem;
    if (first) {
      LOG.error("event=store_failed code={} detail=\"{}\"", problem.fault(), problem.getMessage());
    }
    if (!passes(problem.fault())) {
      around.fatal().accept(problem);
    }
  }

  private static boolean passes(StoreFault fault) {
    return switch (fault) {
      // Terminals keep what they have and come again; the next commit that works clears the alarm.
      case STORE_FULL, STORE_UNREACHABLE -> true;
      case STORE_LOCKED, STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT, STORE_UNREADABLE,
          STORE_REFUSED, STORE_IO ->
        false;
    };
  }

  private void desk(Runnable task) {
    if (!thread.offerDesk(task)) {
      around.metrics().decision("SHED");
    }
  }
}
