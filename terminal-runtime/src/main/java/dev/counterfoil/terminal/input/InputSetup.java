package dev.counterfoil.terminal.input;

import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import java.util.Optional;

/// Which further inputs this terminal has and how they are connected.
public record InputSetup(Optional<Scanner> scanner, Optional<SerialKeys> keys) {

  /// A terminal with reader and keypad alone.
  public static final InputSetup NONE = new InputSetup(Optional.empty(), Optional.empty());

  /// @param port serial device; a name under /dev/serial/by-id survives re-plugging
  /// @param baud bits per second
  public record Scanner(String port, int baud, ScannerSettings settings) {}

  /// @param port serial device
  /// @param baud bits per second
  public record SerialKeys(String port, int baud, SerialKeypadSettings settings) {}
}
