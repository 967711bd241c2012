package dev.counterfoil.terminal.line.linux;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;

/// One output line. It has its level from the moment on in which it becomes an output.
final class LinuxDigitalOutput extends DigitalOutputBase {

  private final GpioLine line;

  LinuxDigitalOutput(DigitalOutputProvider provider, DigitalOutputConfig config, GpioChips chips,
      GpioEvents events) {
    super(provider, config);
    this.line = new GpioLine(chips, events, config.bcm(),
        new GpioUapi.Use.Output(config.initialState() == DigitalState.HIGH));
  }

  @Override
  public DigitalOutput initialize(Context context) {
    line.take();
    state = config.initialState() == DigitalState.HIGH ? DigitalState.HIGH : DigitalState.LOW;
    return super.initialize(context);
  }

  @Override
  public DigitalOutput state(DigitalState wanted) {
    line.set(wanted.isHigh());
    return super.state(wanted);
  }

  @Override
  public DigitalOutput shutdownInternal(Context context) {
    try {
      return super.shutdownInternal(context);
    } finally {
      line.close();
    }
  }
}
