package dev.counterfoil.terminal.input;

import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.scale.ModbusScaleSettings;
import dev.counterfoil.terminal.driver.scale.Nau7802Settings;
import dev.counterfoil.terminal.driver.scale.WeighingRule;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandSettings;
import java.util.Optional;

/// Which further inputs this terminal has and how they are connected.
public record InputSetup(Optional<Scanner> scanner, Optional<SerialKeys> keys,
    Optional<ScaleSetup> scale, Optional<WiegandSettings> wiegand,
    Optional<Wedge> wedge) {

  /// A terminal with reader and keypad alone.
  public static final InputSetup NONE = new InputSetup(Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(),
      Optional.empty());

  /// @param port serial device; a name under /dev/serial/by-id survives re-plugging
  /// @param baud bits per second
  public record Scanner(String port, int baud, ScannerSettings settings) {}

  /// @param port serial device
  /// @param baud bits per second
  public record SerialKeys(String port, int baud, SerialKeypadSettings settings) {}

  /// A scale, and when its weight counts as still.
  public record ScaleSetup(ScaleWires wires, WeighingRule rule) {}

  /// @param device the keyboard that it pretends to be, best by its name under /dev/input/by-id
  public record Wedge(String device, WedgeSettings settings) {}

  /// How a scale is connected.
  public sealed interface ScaleWires {

    /// @param port serial device
    record Modbus(String port, ModbusScaleSettings settings) implements ScaleWires {}

    record LoadCell(Nau7802Settings settings) implements ScaleWires {}
  }
}
