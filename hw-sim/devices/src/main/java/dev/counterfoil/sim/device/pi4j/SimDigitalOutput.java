package dev.counterfoil.sim.device.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.counterfoil.sim.device.board.BoardProtocol;

/// One output line. A change is on the line when the call returns (one round trip).
final class SimDigitalOutput extends DigitalOutputBase {
  private final BoardLink board;
  private final int bcm;

  SimDigitalOutput(DigitalOutputProvider provider, DigitalOutputConfig config, BoardLink board) {
    super(provider, config);
    this.board = board;
    this.bcm = config.bcm();
  }

  @Override
  public DigitalOutput initialize(Context context) {
    // The level is written before the line becomes an output, so that it does not glitch.
    DigitalState initial = config.initialState();
    if (initial != null && initial != DigitalState.UNKNOWN) {
      write(initial);
    }
    byte[] level = board.callAndRemember(SimDigitalInput.name(bcm),
        new byte[] {BoardProtocol.GPIO_OUTPUT, (byte) bcm});
    state = level[0] != 0 ? DigitalState.HIGH : DigitalState.LOW;
    return super.initialize(context);
  }

  @Override
  public DigitalOutput state(DigitalState state) {
    write(state);
    return super.state(state);
  }

  private void write(DigitalState state) {
    byte[] request = {BoardProtocol.GPIO_WRITE, (byte) bcm, (byte) (state.isHigh() ? 1 : 0)};
    board.callAndRemember("level" + bcm, request);
  }

  @Override
  public DigitalOutput shutdownInternal(Context context) {
    DigitalOutput shutDown = super.shutdownInternal(context);
    board.forget(SimDigitalInput.name(bcm));
    board.forget("level" + bcm);
    return shutDown;
  }
}
