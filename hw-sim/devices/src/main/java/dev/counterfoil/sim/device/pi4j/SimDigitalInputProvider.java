package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;

/// Makes inputs on lines of a simulated board.
final class SimDigitalInputProvider extends DigitalInputProviderBase {
  private final BoardLink board;
  private final LineEvents events;

  SimDigitalInputProvider(BoardLink board, LineEvents events) {
    super("counterfoil-sim-input", "Counterfoil simulated GPIO input");
    this.board = board;
    this.events = events;
  }

  @Override
  public int getPriority() {
    return SimPlugin.PRIORITY;
  }

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    SimDigitalInput input = new SimDigitalInput(this, config, board, events);
    context.registry().add(input);
    return input;
  }
}
