package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.core.LifeSigns;
import dev.counterfoil.terminal.core.LifeSigns.Sign;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.ServiceNotices;
import dev.counterfoil.terminal.line.Watchdog;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the terminal's parts at regular times and gives signs of life, as [LifeSigns] decides, to the machine's watchdog and
/// the service manager.
///
/// Threads: one of its own, which is the only one that touches the watchdog until it has ended. It does nothing else, so that it
/// can be seen when another one hangs.
final class LifeKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LifeKeeper.class);
  private static final String NAME = "watchdog";
  /// A sign may come late by the reader's longest pause and still be in time.
  private static final long LOOKS_IN_A_TIMEOUT = 4;
  private static final long LEAST_PAUSE_MILLIS = 100;
  /// Without anybody who wants signs, looks are for what the log says.
  private static final long USUAL_PAUSE_MILLIS = 5_000;

  /// What it sees of the terminal. Called on its thread; must not block.
  interface Parts {

    /// Makes parts that sleep go on once, so that the next look finds them further.
    void nudge();

    LifeSigns.Progress progress();

    String health();
  }

  private final Parts parts;
  private final Optional<Watchdog> watchdog;
  private final ServiceNotices manager;
  private final MonotonicClock clock;
  private final long pauseMillis;
  private final Consumer<Optional<FaultCode>> watchdogTold;
  private final LifeSigns signs = new LifeSigns();
  private final Thread thread = Thread.ofPlatform().name(NAME).daemon().unstarted(this::run);
  private @Nullable FaultCode told;

  /// @param timeoutMillis within how long the watchdog wants a sign; 0 without one
  /// @param watchdogTold  told what is wrong with the watchdog at each change, empty when it works
  LifeKeeper(Parts parts, Optional<Watchdog> watchdog, long timeoutMillis, ServiceNotices manager,
      MonotonicClock clock, Consumer<Optional<FaultCode>> watchdogTold) {
    this.parts = parts;
    this.watchdog = watchdog;
    this.manager = manager;
    this.clock = clock;
    this.watchdogTold = watchdogTold;
    this.pauseMillis = pause(timeoutMillis, manager.watchdogMillis());
  }

  static long pause(long watchdogMillis, long managerMillis) {
    long wanted = Math.min(watchdogMillis == 0 ? Long.MAX_VALUE : watchdogMillis,
        managerMillis == 0 ? Long.MAX_VALUE : managerMillis);
    return Math.min(USUAL_PAUSE_MILLIS, Math.max(LEAST_PAUSE_MILLIS, wanted / LOOKS_IN_A_TIMEOUT));
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        turn();
        clock.await(pauseMillis);
      }
    } catch (InterruptedException _) {
      LOG.debug("the watchdog's thread stops");
    }
  }

  /// One look.
  void turn() {
    boolean armed = watchdog.isPresent() && arm(watchdog.get());
    for (var sign : signs.look(parts.progress(), parts.health())) {
      give(sign, armed);
    }
    parts.nudge();
  }

  private boolean arm(Watchdog device) {
    try {
      device.arm();
      tell(null);
      return true;
    } catch (DeviceFaultException e) {
      failed(e);
      return false;
    }
  }

  private void failed(DeviceFaultException e) {
    if (told != e.fault().code()) {
      LOG.warn("event=device_fault detail=\"{}\"", e.fault().describe());
    }
    tell(e.fault().code());
  }

  private void tell(@Nullable FaultCode code) {
    if (code != told) {
      told = code;
      watchdogTold.accept(Optional.ofNullable(code));
    }
  }

  private void give(Sign sign, boolean armed) {
    switch (sign) {
      case Sign.Alive() -> alive(armed);
      case Sign.Status(var health) -> manager.say("STATUS=" + health);
      case Sign.Held(var behind) ->
        LOG.error("event=watchdog_held stuck={} detail=\"no sign of life is given until they go on\"",
            behind);
    }
  }

  private void alive(boolean armed) {
    if (armed && watchdog.isPresent()) {
      try {
        watchdog.get().keepAlive();
      } catch (DeviceFaultException e) {
        failed(e);
      }
    }
    if (manager.watchdogMillis() > 0) {
      manager.say("WATCHDOG=1");
    }
  }

  /// Sales are possible from now on: units that wait for this one begin now, not at the next look. Any thread.
  void ready() {
    manager.say("READY=1");
  }

  /// The terminal is going to stop, whatever for.
  void stopping() {
    manager.say("STOPPING=1");
  }

  /// Stops the watchdog's clock: everything has ended as it should. Only after [#endThread].
  void endInOrder() {
    watchdog.ifPresent(Watchdog::disarm);
  }

  /// Lets go of the watchdog. Its clock, if it was not stopped, runs on. Only after [#endThread].
  @Override
  public void close() {
    watchdog.ifPresent(Watchdog::close);
  }

  /// Gives no more signs: what ends cannot be looked after. Whatever hangs from here on, the watchdog ends.
  void endThread() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
