package dev.counterfoil.terminal.driver.keypad;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.Keypad;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A matrix keypad as a [Keypad]. Its thread sleeps until a key makes an edge, looks every 5 ms while one is
/// down, and sleeps again.
public final class MatrixKeypad implements Keypad {

  private static final Logger LOG = LoggerFactory.getLogger(MatrixKeypad.class);
  private static final String NAME = "keypad";

  private static final long LOOK_MILLIS = 5;
  /// A jammed key may stay down for days; it must not cost more than the rest of the terminal.
  private static final long JAMMED_LOOK_MILLIS = 250;
  private static final long RETRY_MILLIS = 1000;

  private final KeypadMatrix matrix;
  private final MonotonicClock clock;
  private final KeypadSettings settings;
  private final KeypadContacts contacts;
  private final Semaphore edge = new Semaphore(0);
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  private KeypadContacts.State state = new KeypadContacts.State.Idle();
  private boolean wiresFailed;

  public MatrixKeypad(KeypadMatrix matrix, MonotonicClock clock, KeypadSettings settings) {
    this.matrix = matrix;
    this.clock = clock;
    this.settings = settings;
    this.contacts = new KeypadContacts(settings);
  }

  @Override
  public void start(Consumer<KeypadEvent> listener) {
    var worker = Thread.ofPlatform().name(NAME).daemon().unstarted(() -> run(listener));
    if (!thread.compareAndSet(null, worker)) {
      throw new IllegalStateException("keypad was started before");
    }
    matrix.onEdge(edge::release);
    worker.start();
  }

  private void run(Consumer<KeypadEvent> listener) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        turn(listener);
      }
    } catch (InterruptedException e) {
      LOG.debug("keypad stops");
    } catch (RuntimeException e) {
      LOG.error("keypad met a mistake in the program and is dead", e);
    }
  }

  private void turn(Consumer<KeypadEvent> listener) throws InterruptedException {
    try {
      matrix.arm();
      recovered(listener);
      awaitTouch();
      followUntilReleased(listener);
    } catch (DeviceFaultException e) {
      if (!wiresFailed) {
        LOG.warn("{}", e.fault().describe());
        listener.accept(new KeypadEvent.KeypadFault(e.fault()));
      }
      wiresFailed = true;
      clock.await(RETRY_MILLIS);
    }
  }

  /// Edges that came while scanning are our own doing and are forgotten before the columns are looked at once more;
  /// a key that goes down after that look makes a new edge.
  private void awaitTouch() throws DeviceFaultException, InterruptedException {
    edge.drainPermits();
    while (matrix.touchedColumns() == 0) {
      edge.acquire();
      edge.drainPermits();
    }
  }

  private void followUntilReleased(Consumer<KeypadEvent> listener)
      throws DeviceFaultException, InterruptedException {
    do {
      var step = nextStep();
      state = step.state();
      report(step.report(), listener);
      clock.await(pauseMillis());
    } while (!(state instanceof KeypadContacts.State.Idle));
  }

  private KeypadContacts.Step nextStep() throws DeviceFaultException {
    return state instanceof KeypadContacts.State.Steady(int columns)
        ? contacts.scanned(matrix.scan(columns), clock.millis())
        : contacts.looked(state, matrix.touchedColumns(), clock.millis());
  }

  private long pauseMillis() {
    return switch (state) {
      case KeypadContacts.State.Idle _,KeypadContacts.State.Steady _ -> 0;
      case KeypadContacts.State.Settling _,KeypadContacts.State.Held _ -> LOOK_MILLIS;
      case KeypadContacts.State.Jammed _ -> JAMMED_LOOK_MILLIS;
    };
  }

  private void recovered(Consumer<KeypadEvent> listener) {
    if (wiresFailed) {
      wiresFailed = false;
      listener.accept(new KeypadEvent.KeypadRecovered());
    }
  }

  private void report(KeypadContacts.Report report, Consumer<KeypadEvent> listener) {
    switch (report) {
      case KeypadContacts.Report.Nothing _ -> {
      }
      case KeypadContacts.Report.Key(int contact) ->
        listener.accept(new KeypadEvent.KeyPressed(key(contact)));
      case KeypadContacts.Report.Jam _ -> {
        var fault = new DeviceFault(FaultCode.KEYPAD_STUCK, NAME,
            "a key has been down for " + settings.stuckMillis() / 1000 + " s");
        LOG.warn("{}", fault.describe());
        listener.accept(new KeypadEvent.KeypadFault(fault));
      }
      case KeypadContacts.Report.Recovery _ -> listener.accept(new KeypadEvent.KeypadRecovered());
    }
  }

  private char key(int contact) {
    return settings.layout().key(contact / KeypadLayout.COLUMNS, contact % KeypadLayout.COLUMNS);
  }

  @Override
  public void close() {
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
