package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.font.FontFile;
import dev.counterfoil.terminal.input.InputSetup;
import java.util.List;
import java.util.Optional;

/// Which devices this terminal has and how they are wired. An absent device is not checked.
///
/// @param font what was found for displays of pixels; empty where there is none
/// @param pcsc a part of the name of a PC/SC reader, or its number
public record DeviceSetup(Optional<Pn532Place> reader, Optional<DisplayWiring> display,
    Optional<DisplayWiring> customerDisplay, Optional<FontFile.Found> font, Optional<Keypad> keypad,
    Optional<Lamps> lamps, Optional<Printer> printer, InputSetup inputs, Optional<String> pcsc) {

  /// Without a PC/SC reader.
  public DeviceSetup(Optional<Pn532Place> reader, Optional<DisplayWiring> display,
      Optional<DisplayWiring> customerDisplay, Optional<FontFile.Found> font, Optional<Keypad> keypad,
      Optional<Lamps> lamps, Optional<Printer> printer, InputSetup inputs) {
    this(reader, display, customerDisplay, font, keypad, lamps, printer, inputs, Optional.empty());
  }

  /// @param rows    BCM numbers of the four row wires
  /// @param columns BCM numbers of the four column wires
  public record Keypad(List<Integer> rows, List<Integer> columns) {

    public Keypad {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
    }
  }

  /// @param line name of its port or device file
  /// @param baud bits per second; 0 where it is a device file, which cannot be asked
  /// @param cuts it has a cutter
  public record Printer(String line, int baud, boolean cuts) {}

  /// @param green  BCM number of the green lamp
  /// @param red    BCM number of the red lamp
  /// @param buzzer BCM number of the buzzer
  public record Lamps(int green, int red, int buzzer) {}

  /// The wiring that this project's documentation shows, with the reader on this port.
  public static DeviceSetup defaults(String readerPort) {
    return new DeviceSetup(Optional.of(new Pn532Place.Serial(readerPort, 115_200)),
        Optional.of(new DisplayWiring.Characters(1, 0x27, DisplayGeometry.LCD_20X4)), Optional.empty(),
        Optional.empty(),
        Optional.of(new Keypad(List.of(5, 6, 13, 19), List.of(12, 16, 20, 21))),
        Optional.of(new Lamps(17, 27, 22)), Optional.empty(), InputSetup.NONE);
  }

  boolean needsBoard() {
    return boardDisplay(display) || boardDisplay(customerDisplay) || keypad.isPresent() || lamps.isPresent();
  }

  private static boolean boardDisplay(Optional<DisplayWiring> display) {
    return display.filter(DisplayWiring.OnBoard.class::isInstance).isPresent();
  }
}
