package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.Scale;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [Scale] that is asked for its weight again and again.
public final class PolledScale implements Scale {

  private final Function<Consumer<ScaleEvent>, ScaleWork> works;
  private final KeptDevice<ScaleEvent> kept;
  private @Nullable ScaleWork work;

  /// @param works makes the work that tells a listener
  public PolledScale(Function<Consumer<ScaleEvent>, ScaleWork> works, MonotonicClock clock) {
    this.works = works;
    this.kept = new KeptDevice<>("the scale", clock, this::begin, ScaleEvent.ScaleFault::new,
        new ScaleEvent.ScaleRecovered());
  }

  private synchronized ScaleWork begin(Consumer<ScaleEvent> listener) {
    var begun = works.apply(listener);
    work = begun;
    return begun;
  }

  @Override
  public void start(Consumer<ScaleEvent> listener) {
    kept.start(listener);
  }

  @Override
  public synchronized void tare() {
    if (work != null) {
      work.tare();
    }
  }

  @Override
  public void close() {
    kept.close();
  }
}
