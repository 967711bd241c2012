package dev.counterfoil.terminal.driver.indicator;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.Indicator;
import dev.counterfoil.terminal.device.Signal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lamps and buzzer as an [Indicator]: one thread that plays the pattern of the latest signal and sleeps while
/// nothing changes. Pins are driven outside the lock, so that a slow pin never holds up who shows a signal.
public final class LampIndicator implements Indicator {

  private static final Logger LOG = LoggerFactory.getLogger(LampIndicator.class);

  private final LampPins pins;
  private final Thread worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private Pattern pattern = Pattern.OFF;
  /// Counts signals, so that the same signal twice starts its pattern twice.
  private long version;
  private boolean closing;
  private boolean pinsFailed;

  private LampIndicator(LampPins pins) {
    this.pins = pins;
    this.worker = Thread.ofPlatform().name("indicator").daemon().unstarted(this::run);
  }

  /// Switches everything off and starts the thread.
  public static LampIndicator on(LampPins pins) {
    var indicator = new LampIndicator(pins);
    indicator.worker.start();
    return indicator;
  }

  @Override
  public void show(Signal signal) {
    lock.lock();
    try {
      pattern = Pattern.of(signal);
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!isClosing()) {
        playLatest();
      }
    } catch (InterruptedException e) {
      LOG.debug("indicator stops");
    } finally {
      set(Pattern.OFF.step(0));
    }
  }

  /// Plays the latest pattern until there is a later one.
  private void playLatest() throws InterruptedException {
    long playing;
    Pattern latest;
    lock.lock();
    try {
      playing = version;
      latest = pattern;
    } finally {
      lock.unlock();
    }
    int number = 0;
    do {
      set(latest.step(number));
    } while (!isSuperseded(playing, latest, number++));
  }

  /// Waits until this step is over or a new signal has come; answers whether one has.
  private boolean isSuperseded(long playing, Pattern latest, int number) throws InterruptedException {
    long left = latest.isSteadyFrom(number) ? Long.MAX_VALUE
        : TimeUnit.MILLISECONDS.toNanos(latest.step(number).millis());
    lock.lock();
    try {
      while (version == playing && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      return version != playing || closing;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void set(Pattern.Step step) {
    try {
      pins.set(step);
      pinsFailed = false;
    } catch (DeviceFaultException e) {
      if (!pinsFailed) {
        LOG.warn("{}", e.fault().describe());
      }
      pinsFailed = true;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
