package dev.counterfoil.terminal.driver.hd44780;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.layout.Alphabet;
import dev.counterfoil.terminal.layout.CellLayout;
import dev.counterfoil.terminal.line.I2cDevice;
import dev.counterfoil.terminal.line.MonotonicClock;

/// A character display: text in cells, from the controller's own characters.
public final class Hd44780Glass implements Glass {

  /// The characters of the controller's ROM, all one column wide.
  public static final Alphabet ROM = codePoint -> CharacterRom.has(codePoint) ? 1 : 0;

  private final Hd44780 controller;
  private final CellLayout layout;

  public Hd44780Glass(I2cDevice wire, MonotonicClock clock, DisplayGeometry geometry) {
    this.controller = new Hd44780(wire, clock, geometry);
    this.layout = new CellLayout(geometry, ROM, false);
  }

  @Override
  public void draw(ScreenText text) throws DeviceFaultException, InterruptedException {
    controller.draw(layout.lines(text));
  }

  @Override
  public void keep() throws DeviceFaultException {
    controller.probe();
  }
}
