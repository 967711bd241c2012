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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private final Condition somethingToVerify = lock.newCondition();
  private final Set<TerminalId> toVerify = new LinkedHashSet<>();
  private final Set<TerminalId> beingVerified = new LinkedHashSet<>();
  private final Set<TerminalId> toCopy = new LinkedHashSet<>();
  private final List<Thread> threads;
  private volatile boolean running = true;
  private volatile @Nullable String copyProblem;
  private volatile long unverified;
  private volatile long notSafe;

  Background(Engine engine, Copying copying, Engine.Surroundings around) {
    this.engine = engine;
    this.copying = copying;
    this.around = around;
    int cores = Runtime.getRuntime().availableProcessors();
    var verifying = java.util.stream.IntStream.range(0, cores)
        .mapToObj(i -> Thread.ofPlatform().name("signature-check-" + i).priority(Thread.MIN_PRIORITY).daemon()
            .unstarted(this::verifyForever));
    var copier = Thread.ofPlatform().name("safe-copy").daemon().unstarted(this::copyForever);
    this.threads = java.util.stream.Stream.concat(verifying, java.util.stream.Stream.of(copier)).toList();
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
      somethingToVerify.signalAll();
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

  /// Counts what lags behind; on the core's thread.
  void measure(SettlementCore core) {
    long behind = 0;
    long unsafe = 0;
    for (var site : core.reads().sites()) {
      for (HeadRow head : core.reads().heads(site.site())) {
        behind += head.settled().seq() - head.verifiedSeq();
        unsafe += head.settled().seq() - head.safe().seq();
      }
    }
    unverified = behind;
    notSafe = unsafe;
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
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

  private void verifyForever() {
    var verifier = new ChainVerifier(around.signatures());
    while (running) {
      try {
        TerminalId terminal = nextToVerify();
        verify(terminal, verifier);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        stumbled("signature_check", e);
      }
    }
  }

  private TerminalId nextToVerify() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        for (TerminalId terminal : toVerify) {
          if (!beingVerified.contains(terminal)) {
            toVerify.remove(terminal);
            beingVerified.add(terminal);
            return terminal;
          }
        }
        somethingToVerify.await();
      }
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
      somethingToVerify.signal();
    } finally {
      lock.unlock();
    }
  }

  private void copyForever() {
    if (!(copying instanceof Copying.Into(var copy, _))) {
      return;
    }
    while (running) {
      try {
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        for (TerminalId terminal : takeToCopy()) {
          copyAll(copy, terminal);
        }
        copyProblem = null;
      } catch (InterruptedException _) {
        return;
      } catch (CopyException e) {
        if (copyProblem == null) {
          LOG.error("event=copy_failed detail=\"{}\"", e.getMessage());
        }
        copyProblem = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        stumbled("copy", e);
      }
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
