package dev.counterfoil.terminal.driver.upkeep;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one device open: opens it, lets it work, and after a fault opens it again, first after a quarter of a second,
/// then ever later up to five seconds. A fault is told once for as long as its code stays the same.
///
/// Threads: [#start()] makes the one thread that does all [Work]; it alone opens and closes, so that nothing is closed
/// under its hands. The other methods may be called from any thread.
public final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /// Who is told, on the device's thread; must not block.
  public interface Listener {

    /// It does not work.
    void failed(DeviceFault fault);

    /// It works, for the first time or again.
    void works();

    /// Tells both in the words of a device.
    static <E> Listener telling(Consumer<E> listener, Function<DeviceFault, E> fault, E recovered) {
      return new Listener() {
        @Override
        public void failed(DeviceFault found) {
          listener.accept(fault.apply(found));
        }

        @Override
        public void works() {
          listener.accept(recovered);
        }
      };
    }
  }

  private final Work work;
  private final MonotonicClock clock;
  private final Listener listener;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  private boolean working;
  private boolean toldWorking;
  private @Nullable FaultCode told;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  public Upkeep(Work work, MonotonicClock clock, Listener listener) {
    this.work = work;
    this.clock = clock;
    this.listener = listener;
  }

  /// Starts the thread. Returns at once.
  ///
  /// @throws IllegalStateException if started before
  public void start() {
    var worker = Thread.ofPlatform().name(work.name()).daemon().unstarted(this::run);
    if (!thread.compareAndSet(null, worker)) {
      throw new IllegalStateException(work.name() + " was started before");
    }
    worker.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        guardedTurn();
      }
    } catch (InterruptedException _) {
      LOG.debug("{} stops", work.name());
    } finally {
      work.close();
    }
  }

  private void guardedTurn() throws InterruptedException {
    try {
      turn();
    } catch (RuntimeException e) {
      // A mistake of ours with one device must not end the others: let go and begin anew.
      LOG.error("{} met a mistake in the program", work.name(), e);
      working = false;
      work.close();
      clock.await(LONGEST_PAUSE_MILLIS);
    }
  }

  /// One turn: opens the device if need be and lets it work once. Called by the device's thread, or by a test instead of
  /// [#start()].
  ///
  /// @throws InterruptedException if asked to stop
  public void turn() throws InterruptedException {
    try {
      if (!working) {
        work.open();
        working = true;
        pauseMillis = FIRST_PAUSE_MILLIS;
        well();
      }
      work.turn();
    } catch (DeviceFaultException e) {
      // Being asked to stop breaks some calls; that is no fault of the device.
      if (Thread.interrupted()) {
        throw new InterruptedException("asked to stop");
      }
      failed(e.fault());
    }
  }

  private void well() {
    told = null;
    if (!toldWorking) {
      toldWorking = true;
      LOG.info("{} works", work.name());
      listener.works();
    }
  }

  private void failed(DeviceFault fault) throws InterruptedException {
    working = false;
    work.close();
    if (fault.code() != told) {
      told = fault.code();
      toldWorking = false;
      LOG.warn("event=device_fault detail=\"{}\"", fault.describe());
      listener.failed(fault);
    }
    clock.await(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  /// Stops. Blocks until the thread has ended. Idempotent.
  @Override
  public void close() {
    var worker = thread.get();
    if (worker == null) {
      return;
    }
    worker.interrupt();
    try {
      worker.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
