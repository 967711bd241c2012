package dev.counterfoil.terminal.line.linux;

import com.pi4j.context.Context;
import com.pi4j.io.binding.DigitalBinding;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.counterfoil.terminal.line.linux.GpioUapi.Edge;
import dev.counterfoil.terminal.line.linux.GpioUapi.Edges;
import dev.counterfoil.terminal.line.linux.GpioUapi.Pull;
import org.jspecify.annotations.Nullable;

/// One input line. Edges are asked of the kernel only while somebody listens, and never debounced there, whatever the
/// configuration says: that is the drivers' work (ADR 0030).
final class LinuxDigitalInput extends DigitalInputBase implements FallsOnly {

  private final GpioEvents events;
  private final GpioLine line;
  private Edges wanted = Edges.BOTH;
  private boolean watched;

  LinuxDigitalInput(DigitalInputProvider provider, DigitalInputConfig config, GpioChips chips,
      GpioEvents events) {
    super(provider, config);
    this.events = events;
    this.line = new GpioLine(chips, events, config.bcm(),
        new GpioUapi.Use.Input(pull(config.pull()), Edges.NONE));
  }

  private static Pull pull(@Nullable PullResistance wanted) {
    if (wanted == null) {
      return Pull.NONE;
    }
    return switch (wanted) {
      case PULL_UP -> Pull.UP;
      case PULL_DOWN -> Pull.DOWN;
      case OFF -> Pull.NONE;
    };
  }

  @Override
  public DigitalInput initialize(Context context) {
    super.initialize(context);
    line.take();
    return this;
  }

  @Override
  public void tellFallsOnly() {
    wanted = Edges.FALLING;
    if (watched) {
      line.tellEdges(wanted);
    }
  }

  @Override
  public DigitalState state() {
    return level(line.isHigh());
  }

  private static DigitalState level(boolean high) {
    return high ? DigitalState.HIGH : DigitalState.LOW;
  }

  @Override
  public DigitalInput addListener(DigitalStateChangeListener... listeners) {
    super.addListener(listeners);
    watchWhileHeard();
    return this;
  }

  @Override
  public DigitalInput removeListener(DigitalStateChangeListener... listeners) {
    super.removeListener(listeners);
    watchWhileHeard();
    return this;
  }

  @Override
  public DigitalInput bind(DigitalBinding @Nullable... bindings) {
    super.bind(bindings);
    watchWhileHeard();
    return this;
  }

  @Override
  public DigitalInput unbind(DigitalBinding @Nullable... bindings) {
    super.unbind(bindings);
    watchWhileHeard();
    return this;
  }

  private void watchWhileHeard() {
    boolean heard = hasListenersOrBindings();
    if (heard && !watched) {
      events.watch(line, this::changed);
      line.tellEdges(wanted);
    } else if (!heard && watched) {
      line.tellEdges(Edges.NONE);
      events.unwatch(line);
    }
    watched = heard;
  }

  private void changed(Edge edge) {
    dispatch(new StampedChange(this, level(edge.high()), edge.nanos()));
  }

  @Override
  public DigitalInput shutdownInternal(Context context) {
    events.unwatch(line);
    line.close();
    return super.shutdownInternal(context);
  }
}
