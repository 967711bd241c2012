package dev.counterfoil.terminal.driver.screen;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.driver.cd5220.Cd5220Glass;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.driver.hd44780.Hd44780Glass;
import dev.counterfoil.terminal.driver.oled.OledGlass;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;

/// Makes the glass for a wiring.
///
/// @param font for displays of pixels
public record Glasses(Font font, MonotonicClock clock) {

  /// A display at the end of a serial line, which it opens by itself.
  public Glass on(SerialLine line) {
    return new Cd5220Glass(line, clock);
  }

  /// A display on a bus of the board. Does not talk to it yet.
  ///
  /// @throws DeviceFaultException if the board refuses the bus
  public Glass on(Board board, DisplayWiring.OnBoard wiring) throws DeviceFaultException {
    var wire = board.i2c(wiring.bus(), wiring.address());
    return switch (wiring) {
      case DisplayWiring.Characters(var _, var _, var geometry) -> new Hd44780Glass(wire, clock, geometry);
      case DisplayWiring.Pixels(var chip, var _, var _, var turned) ->
        new OledGlass(chip, wire, turned, font, clock);
    };
  }
}
