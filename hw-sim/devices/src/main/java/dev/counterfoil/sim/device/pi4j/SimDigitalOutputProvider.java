package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;

/// Makes outputs on lines of a simulated board.
final class SimDigitalOutputProvider extends DigitalOutputProviderBase {
  private final BoardLink board;

  SimDigitalOutputProvider(BoardLink board) {
    super("counterfoil-sim-output", "Counterfoil simulated GPIO output");
    this.board = board;
  }

  @Override
  public int getPriority() {
    return SimPlugin.PRIORITY;
  }

  @Override
  public DigitalOutput create(DigitalOutputConfig config) {
    SimDigitalOutput output = new SimDigitalOutput(this, config, board);
    context.registry().add(output);
    return output;
  }
}
