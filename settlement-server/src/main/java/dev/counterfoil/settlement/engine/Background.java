package dev.counterfoil.settlement.engine;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.copy.CopySteps;
import dev.counterfoil.settlement.copy.SafeCopy;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.store.HeadRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that nobody waits for: checks every single signature (one thread a core, lowest priority) and keeps the verified
/// copy (one thread, a round a second). Both ask the core for the next piece and hand the result back, so a crash at
/// any point repeats work and loses none.
public final class Background implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final int RANGE_RECORDS = 500;
  private static final int COPY_RECORDS = 2000;
  private static final int COPY_BYTES = 4 << 20;
  private static final long ROUND_MILLIS = 1000;
  private static final long REST_MILLIS = 20;
  private static final int TICKS_BETWEEN_MEASURES = 5;

  /// Where SAFE comes from.
  public sealed interface Copying {

    /// No `safe.path`: SAFE stays 0, terminals keep everything.
    record None() implements Copying {}

    /// @param sameDevice the copy is on the database's own device, by permission
    record Into(SafeCopy copy, boolean sameDevice) implements Copying {}
  }

  private final Engine engine;
  private final Copying copying;
  private final Engine.Surroundings around;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<TerminalId> toVerify = new LinkedHashSet<>();
  private final Set<TerminalId> beingVerified = new LinkedHashSet<>();
  private final Set<TerminalId> toCopy = new LinkedHashSet<>();
  private final List<Thread> threads;
  private volatile boolean running = true;
  private volatile @Nullable String copyProblem;
  private static final int LEFT_AT_ONCE = 100;

  private volatile long unverified;
  private volatile long notSafe;
  private int tick;

  Background(Engine engine, Copying copying, Engine.Surroundings around) {
    this.engine = engine;
    this.copying = copying;
    this.around = around;
    Stream<Thread> verifying = IntStream.range(0, Runtime.getRuntime().availableProcessors())
        .mapToObj(i -> Thread.ofPlatform().name("signature-check-" + i).priority(Thread.MIN_PRIORITY).daemon()
            .unstarted(() -> verifyUntilStopped(i > 0)));
    Thread copier = Thread.ofPlatform().name("safe-copy").daemon().unstarted(this::copyUntilStopped);
    this.threads = Stream.concat(verifying, Stream.of(copier)).toList();
  }

  void start(Collection<TerminalId> all) {
    look(all);
    threads.forEach(Thread::start);
  }

  /// There is something new of these terminals.
  void look(Collection<TerminalId> terminals) {
    lock.lock();
    try {
      toVerify.addAll(terminals);
      toCopy.addAll(terminals);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What the copy is worth, for people: empty without one.
  public Optional<String> copyNote() {
    return switch (copying) {
      case Copying.None _ -> Optional.empty();
      case Copying.Into(_, var sameDevice) -> Optional.of(sameDevice ? "SAFE(same disk)" : "SAFE");
    };
  }

  /// Why the copy does not go on, if so.
  public Optional<String> copyProblem() {
    return Optional.ofNullable(copyProblem);
  }

  /// Settled records whose own signature is not checked yet.
  public long unverified() {
    return unverified;
  }

  /// Settled records that are not in the copy yet.
  public long notSafe() {
    return notSafe;
  }

  /// Counts what lags behind, every few ticks because it reads all heads; on the core's thread.
  void measure(SettlementCore core) {
    if (tick++ % TICKS_BETWEEN_MEASURES != 0) {
      return;
    }
    long behind = 0;
    long unsafe = 0;
    var left = new ArrayList<TerminalId>();
    for (var site : core.reads().sites()) {
      for (HeadRow head : core.reads().heads(site.site())) {
        behind += head.settled().seq() - head.verifiedSeq();
        unsafe += head.settled().seq() - head.safe().seq();
        if (core.isShared() && isLeftOver(head) && left.size() < LEFT_AT_ONCE) {
          core.reads().terminal(head.site(), head.terminal()).ifPresent(row -> left.add(row.terminalId()));
        }
      }
    }
    unverified = behind;
    notSafe = unsafe;
    if (!left.isEmpty()) {
      look(left);
    }
  }

  /// Another server took these records and may be gone, or it keeps no copy.
  private boolean isLeftOver(HeadRow head) {
    return head.settled().seq() > head.verifiedSeq()
        || copying instanceof Copying.Into && head.verifiedSeq() > head.safe().seq() && head.badSeq() == 0;
  }

  /// Lets every thread finish what it has in hand: an interrupt in the middle of a write would close the file.
  @Override
  public void close() {
    running = false;
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (copying instanceof Copying.Into(var copy, _)) {
      copy.close();
    }
  }

  /// @param polite rests while terminals wait; thread priorities mean nothing to most Linux machines
  private void verifyUntilStopped(boolean polite) {
    var verifier = new ChainVerifier(around.signatures());
    while (running) {
      try {
        Optional<TerminalId> terminal = nextToVerify(polite && engine.isBusy());
        terminal.ifPresent(next -> verify(next, verifier));
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        stumbled("signature_check", e);
      }
    }
  }

  /// Waits for something to do, but not for ever.
  private Optional<TerminalId> nextToVerify(boolean rest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<TerminalId> next = rest ? Optional.empty()
          : toVerify.stream().filter(terminal -> !beingVerified.contains(terminal)).findFirst();
      if (next.isPresent()) {
        toVerify.remove(next.get());
        beingVerified.add(next.get());
      } else if (running) {
        boolean _ = changed.await(rest ? REST_MILLIS : ROUND_MILLIS, TimeUnit.MILLISECONDS);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void verify(TerminalId terminal, ChainVerifier verifier) {
    boolean more = false;
    try {
      Optional<InnerVerification.Range> range = engine
          .quietly(core -> core.innerVerification().next(terminal, RANGE_RECORDS));
      if (range.isPresent()) {
        long bad = InnerVerification.firstBad(range.get(), verifier);
        engine.quietly(core -> {
          core.innerVerification().verified(range.get(), bad, around.clock().millis());
          return bad;
        });
        around.metrics().signaturesVerified(range.get().records().size());
        more = true;
      }
    } finally {
      verified(terminal, more);
    }
  }

  private void verified(TerminalId terminal, boolean more) {
    lock.lock();
    try {
      beingVerified.remove(terminal);
      if (more) {
        toVerify.add(terminal);
        toCopy.add(terminal);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void copyUntilStopped() {
    if (!(copying instanceof Copying.Into(var copy, _))) {
      return;
    }
    while (running) {
      try {
        restARound();
        tellOfCopy(copyRound(copy));
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        stumbled("copy", e);
      }
    }
  }

  /// Copies what waits. One terminal whose copy is at fault holds up no other.
  ///
  /// @return the first fault
  private @Nullable CopyException copyRound(SafeCopy copy) {
    CopyException first = null;
    for (TerminalId terminal : takeToCopy()) {
      try {
        copyAll(copy, terminal);
      } catch (CopyException e) {
        first = first == null ? e : first;
      }
    }
    return first;
  }

  private void tellOfCopy(@Nullable CopyException fault) {
    String problem = fault == null ? null : String.valueOf(fault.getMessage());
    if (problem != null && !problem.equals(copyProblem)) {
      LOG.error("event=copy_failed detail=\"{}\"", problem);
    }
    copyProblem = problem;
  }

  private void restARound() throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
    lock.lockInterruptibly();
    try {
      while (running && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<TerminalId> takeToCopy() {
    lock.lock();
    try {
      List<TerminalId> taken = List.copyOf(toCopy);
      toCopy.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void copyAll(SafeCopy copy, TerminalId terminal) {
    try {
      var row = engine.quietly(core -> core.reads().terminal(terminal).orElseThrow());
      boolean more = true;
      while (more && running) {
        ChainPosition at = copy.position(row.site(), row.terminal());
        if (!engine.quietly(core -> core.copySteps().isOurs(terminal, at))) {
          throw new CopyException(
              "COPY_DIFFERS: the copy of terminal " + row.terminal() + " of site " + row.site()
                  + " holds another record " + at.seq() + " than the database");
        }
        Optional<CopySteps.Work> work = engine
            .quietly(core -> core.copySteps().next(terminal, at, COPY_RECORDS, COPY_BYTES));
        work.ifPresent(next -> copy.append(next.site(), next.number(), next.records()));
        ChainPosition now = copy.position(row.site(), row.terminal());
        engine.quietly(core -> {
          if (core.copySteps().copied(terminal, now)) {
            around.metrics().recordsSafe(work.map(next -> next.records().size()).orElse(0));
            engine.marksRose(terminal);
          }
          return now;
        });
        more = work.isPresent();
      }
    } catch (RuntimeException e) {
      // Nothing is lost by a failed round: the terminal is looked at again in the next one.
      look(List.of(terminal));
      throw e;
    }
  }

  private void stumbled(String what, RuntimeException problem) {
    if (running) {
      LOG.error("event=background_stumbled what={}", what, problem);
    }
  }
}
