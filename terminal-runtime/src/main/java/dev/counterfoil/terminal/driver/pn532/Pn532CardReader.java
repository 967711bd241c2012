package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.PolledReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PN532 as a [CardReader]: the thread that owns the wire to it.
///
/// The thread opens, reads and closes the wire all by itself, so a port is never closed under a reading thread.
public final class Pn532CardReader implements PolledReader {

  private static final Logger LOG = LoggerFactory.getLogger(Pn532CardReader.class);
  private static final long AFTER_BUG_MILLIS = 1000;

  private final Pn532Wire wire;
  private final MonotonicClock clock;
  private final Pn532Settings settings;
  private final Optional<ReaderReset> reset;
  private final CardProver prover;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final AtomicLong turns = new AtomicLong();
  private volatile boolean closing;

  /// @param wire  closed still, and used by nobody else
  /// @param reset a way to restart the reader by hardware, where one is wired
  /// @param prover decides about each card
  public Pn532CardReader(Pn532Wire wire, MonotonicClock clock, Pn532Settings settings,
      Optional<ReaderReset> reset, CardProver prover) {
    this.wire = wire;
    this.clock = clock;
    this.settings = settings;
    this.reset = reset;
    this.prover = prover;
  }

  /// A reader that takes cards by their UID.
  public Pn532CardReader(Pn532Wire wire, MonotonicClock clock, Pn532Settings settings,
      Optional<ReaderReset> reset) {
    this(wire, clock, settings, reset, CardProver.UID);
  }

  @Override
  public void start(Consumer<ReaderEvent> listener) {
    var polling = new Pn532Polling(wire, clock, settings, reset, prover, listener);
    var worker = Thread.ofPlatform().name("reader " + wire.name()).daemon().unstarted(() -> run(polling));
    if (!thread.compareAndSet(null, worker)) {
      throw new IllegalStateException("reader " + wire.name() + " was started before");
    }
    worker.start();
  }

  private void run(Pn532Polling polling) {
    try {
      while (!closing) {
        turn(polling);
        turns.incrementAndGet();
      }
    } catch (InterruptedException e) {
      LOG.debug("reader {} stops", wire.name());
    } finally {
      polling.stop();
    }
  }

  private void turn(Pn532Polling polling) throws InterruptedException {
    try {
      polling.turn();
    } catch (RuntimeException e) {
      // A terminal without its reader is worth nothing: whatever the mistake, let go of the wire and go on.
      LOG.error("reader {} met a mistake in the program", wire.name(), e);
      polling.stop();
      clock.await(AFTER_BUG_MILLIS);
    }
  }

  @Override
  public long turns() {
    return turns.get();
  }

  @Override
  public void close() {
    closing = true;
    var worker = thread.get();
    if (worker != null) {
      stop(worker);
    }
  }

  private static void stop(Thread worker) {
    worker.interrupt();
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
