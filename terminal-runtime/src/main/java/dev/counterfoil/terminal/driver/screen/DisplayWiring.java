package dev.counterfoil.terminal.driver.screen;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.driver.oled.OledChip;
import java.util.Locale;

/// Which display there is and how it is connected.
public sealed interface DisplayWiring {

  /// On an I2C bus of the board.
  sealed interface OnBoard extends DisplayWiring {

    int bus();

    /// 7 bits.
    int address();

    @Override
    default String where() {
      return String.format(Locale.ROOT, "%d/0x%02X", bus(), address());
    }
  }

  /// An HD44780 behind a PCF8574.
  record Characters(int bus, int address, DisplayGeometry geometry) implements OnBoard {}

  /// 128 x 64 pixels.
  ///
  /// @param turned mounted upside down
  record Pixels(OledChip chip, int bus, int address, boolean turned) implements OnBoard {}

  /// A CD5220 on a serial port.
  record Pole(String port, int baud) implements DisplayWiring {

    @Override
    public String where() {
      return port;
    }
  }

  /// What an installer knows it by.
  String where();
}
