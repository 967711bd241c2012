package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.driver.indicator.Pattern;

/// Lamps and buzzer: the shipped patterns, step by step.
public final class VirtualLamps {

  private static final long MILLI = 1_000;

  private final EventQueue queue;
  private final int actor;
  private final Sight.Onlooker onlooker;
  private Signal signal = Signal.IDLE;
  private Sight.Lamps shown = new Sight.Lamps(false, false, false);
  private int version;

  public VirtualLamps(EventQueue queue, int actor, Sight.Onlooker onlooker) {
    this.queue = queue;
    this.actor = actor;
    this.onlooker = onlooker;
  }

  public Sight.Lamps lamps() {
    return shown;
  }

  /// Begins the pattern of a signal.
  public void show(Signal wanted) {
    if (wanted != signal && wanted != Signal.KEY) {
      onlooker.sees(new Sight.Told(wanted));
    }
    signal = wanted;
    step(Pattern.of(wanted), 0, ++version);
  }

  /// The click of a key, where nothing more important is being shown.
  public void click() {
    if (signal != Signal.WAIT && signal != Signal.ERROR) {
      step(Pattern.of(Signal.KEY), 0, ++version);
    }
  }

  /// The power is gone.
  public void stop() {
    version++;
    signal = Signal.IDLE;
    set(new Sight.Lamps(false, false, false));
  }

  private void step(Pattern pattern, int number, int of) {
    if (of != version) {
      return;
    }
    var step = pattern.step(number);
    set(new Sight.Lamps(step.green(), step.red(), step.buzzer()));
    if (!pattern.isSteadyFrom(number)) {
      queue.after(step.millis() * MILLI, EventTag.TAP_STEP, actor, () -> step(pattern, number + 1, of));
    }
  }

  private void set(Sight.Lamps wanted) {
    if (!wanted.equals(shown)) {
      shown = wanted;
      onlooker.sees(wanted);
    }
  }
}
