package dev.counterfoil.terminal.driver.indicator;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.PinOutput;

/// The three outputs; a high level means on. The buzzer must be an active one, which sounds by itself.
///
/// @param green  green lamp, "approved"
/// @param red    red lamp, "declined" and "out of order"
/// @param buzzer buzzer
public record LampPins(PinOutput green, PinOutput red, PinOutput buzzer) {

  /// Lamps and buzzer on these pins of a board, all off.
  ///
  /// @param green  BCM number of the green lamp
  /// @param red    BCM number of the red lamp
  /// @param buzzer BCM number of the buzzer
  /// @throws DeviceFaultException if the board refuses a pin
  public static LampPins on(Board board, int green, int red, int buzzer) throws DeviceFaultException {
    return new LampPins(board.output(green, false), board.output(red, false), board.output(buzzer, false));
  }

  void set(Pattern.Step step) throws DeviceFaultException {
    green.set(step.green());
    red.set(step.red());
    buzzer.set(step.buzzer());
  }
}
