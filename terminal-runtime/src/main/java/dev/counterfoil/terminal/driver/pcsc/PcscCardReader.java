package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.PolledReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PcscPort;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PC/SC reader as a [CardReader]: one thread that watches and talks in turns, so that neither waits for the other.
///
/// Two cards at once are the reader's own business: PC/SC tells of one.
public final class PcscCardReader implements PolledReader {

  private static final Logger LOG = LoggerFactory.getLogger(PcscCardReader.class);
  private static final long AFTER_BUG_MILLIS = 1000;

  private final PcscPort port;
  private final String wanted;
  private final MonotonicClock clock;
  private final CardProver prover;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final AtomicLong turns = new AtomicLong();
  private volatile boolean closing;

  /// @param port   closed still, and used by nobody else
  /// @param wanted a part of the reader's name, or its number in the service's list
  /// @param prover decides about each card
  public PcscCardReader(PcscPort port, String wanted, MonotonicClock clock, CardProver prover) {
    this.port = port;
    this.wanted = wanted;
    this.clock = clock;
    this.prover = prover;
  }

  @Override
  public void start(Consumer<ReaderEvent> listener) {
    var polling = new PcscPolling(port, wanted, clock, prover, listener);
    var worker = Thread.ofPlatform().name("reader " + wanted).daemon().unstarted(() -> run(polling));
    if (!thread.compareAndSet(null, worker)) {
      throw new IllegalStateException("reader " + wanted + " was started before");
    }
    worker.start();
  }

  private void run(PcscPolling polling) {
    try {
      while (!closing) {
        turn(polling);
        turns.incrementAndGet();
      }
    } catch (InterruptedException e) {
      LOG.debug("reader {} stops", wanted);
    } finally {
      polling.stop();
    }
  }

  private void turn(PcscPolling polling) throws InterruptedException {
    try {
      polling.turn();
    } catch (RuntimeException e) {
      // A terminal without its reader is worth nothing: whatever the mistake, let go of the reader and go on.
      LOG.error("reader {} met a mistake in the program", wanted, e);
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
      worker.interrupt();
      port.cancel();
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
