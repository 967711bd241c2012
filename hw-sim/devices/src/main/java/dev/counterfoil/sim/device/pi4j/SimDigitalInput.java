package dev.counterfoil.sim.device.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.counterfoil.sim.device.board.BoardProtocol;
import org.jspecify.annotations.Nullable;

/// One input line. `state()` asks the board (one round trip); listeners hear edges on the events thread.
///
/// The board is asked for edges only while somebody listens, so that scanning a matrix without listeners
/// causes no event traffic. There is no debouncing: contacts bounce as the model makes them bounce.
final class SimDigitalInput extends DigitalInputBase {
  private final BoardLink board;
  private final LineEvents events;
  private final int bcm;
  private boolean watched;
  private boolean lastLevel;

  SimDigitalInput(DigitalInputProvider provider, DigitalInputConfig config, BoardLink board,
      LineEvents events) {
    super(provider, config);
    this.board = board;
    this.events = events;
    this.bcm = config.bcm();
  }

  @Override
  public DigitalInput initialize(Context context) {
    super.initialize(context);
    byte[] reply = board.callAndRemember(name(bcm),
        new byte[] {BoardProtocol.GPIO_INPUT, (byte) bcm, pullCode()});
    setLast(reply[0] != 0);
    return this;
  }

  static String name(int bcm) {
    return "gpio" + bcm;
  }

  private byte pullCode() {
    PullResistance pull = config.pull();
    return (byte) (pull == PullResistance.PULL_UP ? 2 : pull == PullResistance.PULL_DOWN ? 1 : 0);
  }

  @Override
  public DigitalState state() {
    byte[] reply = board.call(request -> request.put(BoardProtocol.GPIO_READ).put((byte) bcm));
    return reply[0] != 0 ? DigitalState.HIGH : DigitalState.LOW;
  }

  private synchronized void setLast(boolean level) {
    lastLevel = level;
  }

  private void onLevel(boolean level) {
    synchronized (this) {
      if (level == lastLevel) {
        return;
      }
      lastLevel = level;
    }
    dispatch(new DigitalStateChangeEvent<>(this, level ? DigitalState.HIGH : DigitalState.LOW));
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
  public DigitalInput bind(com.pi4j.io.binding.@Nullable DigitalBinding... bindings) {
    super.bind(bindings);
    watchWhileHeard();
    return this;
  }

  @Override
  public DigitalInput unbind(com.pi4j.io.binding.@Nullable DigitalBinding... bindings) {
    super.unbind(bindings);
    watchWhileHeard();
    return this;
  }

  private void watchWhileHeard() {
    boolean heard = hasListenersOrBindings();
    if (heard && !watched) {
      // Edges before anybody listened belong to nobody; what counts from here on is a difference to now.
      setLast(state().isHigh());
      events.watch(bcm, this::onLevel);
    } else if (!heard && watched) {
      events.unwatch(bcm);
    }
    watched = heard;
  }

  @Override
  public DigitalInput shutdownInternal(Context context) {
    events.unwatch(bcm);
    board.forget(name(bcm));
    return super.shutdownInternal(context);
  }
}
