package dev.counterfoil.terminal.driver.oled;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.layout.PixelLayout;
import dev.counterfoil.terminal.line.I2cDevice;
import dev.counterfoil.terminal.line.MonotonicClock;

/// A graphic display: text drawn with a font.
public final class OledGlass implements Glass {

  /// About one hundredth of a slow bus.
  private static final long RENEW_MILLIS = 10_000;

  private final Oled oled;
  private final PixelLayout layout;
  private final MonotonicClock clock;
  private long renewedMillis;

  /// @param turned the module is mounted upside down
  public OledGlass(OledChip chip, I2cDevice wire, boolean turned, Font font, MonotonicClock clock) {
    this.oled = new Oled(chip, wire, turned);
    this.layout = new PixelLayout(DisplayGeometry.PIXELS_128X64, font);
    this.clock = clock;
    this.renewedMillis = clock.millis();
  }

  @Override
  public void draw(ScreenText text) throws DeviceFaultException {
    oled.draw(layout.draw(text));
  }

  @Override
  public void keep() throws DeviceFaultException {
    if (clock.millis() - renewedMillis < RENEW_MILLIS) {
      oled.probe();
    } else {
      oled.renew();
      renewedMillis = clock.millis();
    }
  }
}
