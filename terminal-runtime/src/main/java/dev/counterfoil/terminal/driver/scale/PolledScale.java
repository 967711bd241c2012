package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.Scale;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [Scale] that is asked for its weight again and again.
public final class PolledScale implements Scale {

  private final Function<Consumer<ScaleEvent>, ScaleWork> works;
  private final MonotonicClock clock;
  private @Nullable ScaleWork work;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param works makes the work that tells a listener
  public PolledScale(Function<Consumer<ScaleEvent>, ScaleWork> works, MonotonicClock clock) {
    this.works = works;
    this.clock = clock;
  }

  @Override
  public synchronized void start(Consumer<ScaleEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("the scale was started before");
    }
    var begun = works.apply(listener);
    var kept = new Upkeep(begun, clock, telling(listener));
    work = begun;
    upkeep = Optional.of(kept);
    kept.start();
  }

  static Upkeep.Listener telling(Consumer<ScaleEvent> listener) {
    return new Upkeep.Listener() {
      @Override
      public void failed(DeviceFault fault) {
        listener.accept(new ScaleEvent.ScaleFault(fault));
      }

      @Override
      public void works() {
        listener.accept(new ScaleEvent.ScaleRecovered());
      }
    };
  }

  @Override
  public synchronized void tare() {
    if (work != null) {
      work.tare();
    }
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
