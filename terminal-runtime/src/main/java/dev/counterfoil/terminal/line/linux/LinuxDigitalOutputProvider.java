package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;

/// Makes outputs on lines of the header's chip.
final class LinuxDigitalOutputProvider extends DigitalOutputProviderBase {

  private final GpioChips chips;
  private final GpioEvents events;

  LinuxDigitalOutputProvider(GpioChips chips, GpioEvents events) {
    super("counterfoil-linux-output", "Counterfoil GPIO output by gpiochip");
    this.chips = chips;
    this.events = events;
  }

  @Override
  public int getPriority() {
    return LinuxPlugin.PRIORITY;
  }

  @Override
  public DigitalOutput create(DigitalOutputConfig config) {
    var output = new LinuxDigitalOutput(this, config, chips, events);
    context.registry().add(output);
    return output;
  }
}
