package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;

/// Makes inputs on lines of the header's chip.
final class LinuxDigitalInputProvider extends DigitalInputProviderBase {

  private final GpioChips chips;
  private final GpioEvents events;

  LinuxDigitalInputProvider(GpioChips chips, GpioEvents events) {
    super("counterfoil-linux-input", "Counterfoil GPIO input by gpiochip");
    this.chips = chips;
    this.events = events;
  }

  @Override
  public int getPriority() {
    return LinuxPlugin.PRIORITY;
  }

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    var input = new LinuxDigitalInput(this, config, chips, events);
    context.registry().add(input);
    return input;
  }
}
