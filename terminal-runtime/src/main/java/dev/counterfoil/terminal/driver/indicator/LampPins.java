package dev.counterfoil.terminal.driver.indicator;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.PinOutput;

/// The three outputs; a high level means on. The buzzer must be an active one, which sounds by itself.
///
/// @param green  green lamp, "approved"
/// @param red    red lamp, "declined" and "out of order"
/// @param buzzer buzzer
public record LampPins(PinOutput green, PinOutput red, PinOutput buzzer) {

  void set(Pattern.Step step) throws DeviceFaultException {
    green.set(step.green());
    red.set(step.red());
    buzzer.set(step.buzzer());
  }
}
