package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.scale.ModbusScaleSettings;
import dev.counterfoil.terminal.driver.scale.Nau7802Settings;
import dev.counterfoil.terminal.driver.scale.WeighingRule;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandSettings;
import dev.counterfoil.terminal.input.InputSetup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the tables of further inputs in `terminal.toml`. None of them is there unless it is enabled.
final class InputsConfig {

  private static final int GM65_BAUD = 9_600;
  private static final int KEYPAD_BAUD = 9_600;
  private static final int DE2120_BAUD = 115_200;
  private static final int SCALE_BAUD = 9_600;
  private static final int INPUT_REGISTERS = 4;
  private static final int HOLDING_REGISTERS = 3;
  private static final int HIGHEST_REGISTER = 0xFFFF;
  private static final long MOST_COUNTS = 8_388_607;
  /// A cell of 2 mV/V and 10 kg at a gain of 128 and 3 V.
  private static final long STANDARD_COUNTS = 420_000;
  private static final int WIEGAND_ZERO = 23;
  private static final int WIEGAND_ONE = 24;
  private static final int HIGHEST_BCM = 53;
  private static final int HIGHEST_BAUD = 921_600;

  private InputsConfig() {}

  static InputSetup read(ConfigTable root) throws ConfigException {
    return new InputSetup(scanner(root.table("scanner")), keys(root.table("serial-keypad")),
        scale(root.table("scale")), wiegand(root.table("wiegand")),
        wedge(root.table("wedge")));
  }

  private static Optional<InputSetup.Scanner> scanner(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", false);
    var family = constant(ScannerSettings.Family.class,
        table.choice("family", "gm65", List.of("gm65", "de2120", "plain")));
    var mode = constant(ScannerSettings.Mode.class,
        table.choice("mode", "continuous", List.of("continuous", "motion")));
    String port = port(table, enabled);
    int baud = table.integer("baud", family == ScannerSettings.Family.DE2120 ? DE2120_BAUD : GM65_BAUD, 1_200,
        HIGHEST_BAUD);
    long repeat = table.number("repeat-ms", ScannerSettings.DEFAULT_REPEAT_MILLIS, 500, 60_000);
    table.finish();
    return enabled
        ? Optional.of(new InputSetup.Scanner(port, baud, new ScannerSettings(family, mode, repeat)))
        : Optional.empty();
  }

  private static Optional<InputSetup.SerialKeys> keys(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", false);
    String port = port(table, enabled);
    int baud = table.integer("baud", KEYPAD_BAUD, 1_200, HIGHEST_BAUD);
    String sends = table.text("sends", SerialKeypadSettings.STANDARD);
    String means = table.text("means", SerialKeypadSettings.STANDARD);
    long repeat = table.number("repeat-ms", SerialKeypadSettings.DEFAULT_REPEAT_MILLIS, 0, 1_000);
    table.finish();
    try {
      var settings = new SerialKeypadSettings(sends, means, repeat);
      return enabled ? Optional.of(new InputSetup.SerialKeys(port, baud, settings)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw table.wrong(Code.CONFIG_NOT_ALLOWED, "sends", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<InputSetup.ScaleSetup> scale(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", false);
    boolean modbus = table.choice("kind", "modbus", List.of("modbus", "nau7802")).equals("modbus");
    var rule = new WeighingRule(table.integer("samples", WeighingRule.DEFAULT_SAMPLES, 2, 50),
        table.number("within-g", WeighingRule.DEFAULT_WITHIN_GRAMS, 0, 1_000),
        table.number("capacity-g", WeighingRule.DEFAULT_CAPACITY_GRAMS, 100, 1_000_000));
    var line = modbus(table, enabled && modbus);
    var cell = new Nau7802Settings(table.integer("bus", 1, 0, 255),
        table.number("zero-counts", 0, -MOST_COUNTS, MOST_COUNTS),
        table.number("counts-per-kg", STANDARD_COUNTS, 1, MOST_COUNTS));
    table.finish();
    InputSetup.ScaleWires wires = modbus ? line : new InputSetup.ScaleWires.LoadCell(cell);
    return enabled ? Optional.of(new InputSetup.ScaleSetup(wires, rule)) : Optional.empty();
  }

  private static InputSetup.ScaleWires.Modbus modbus(ConfigTable table, boolean used) throws ConfigException {
    String port = port(table, used);
    int baud = table.integer("baud", SCALE_BAUD, 1_200, HIGHEST_BAUD);
    boolean input = table.choice("registers", "input", List.of("input", "holding")).equals("input");
    return new InputSetup.ScaleWires.Modbus(port, new ModbusScaleSettings(baud,
        table.integer("unit", 1, 1, 247), input ? INPUT_REGISTERS : HOLDING_REGISTERS,
        table.integer("weight-register", 0, 0, HIGHEST_REGISTER), table.integer("weight-words", 2, 1, 2),
        table.number("count-mg", 1_000, 1, 1_000_000),
        table.integer("status-register", 2, ModbusScaleSettings.NONE, HIGHEST_REGISTER),
        table.integer("stable-mask", 1, 0, HIGHEST_REGISTER),
        table.integer("overload-mask", 2, 0, HIGHEST_REGISTER)));
  }

  private static Optional<WiegandSettings> wiegand(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", false);
    int bits = Integer.parseInt(table.choice("bits", "26", List.of("26", "34")));
    var settings = new WiegandSettings(table.integer("d0", WIEGAND_ZERO, 0, HIGHEST_BCM),
        table.integer("d1", WIEGAND_ONE, 0, HIGHEST_BCM), bits, table.flag("reversed", false),
        table.number("gap-ms", WiegandSettings.DEFAULT_GAP_MILLIS, 5, 500),
        table.number("repeat-ms", WiegandSettings.DEFAULT_REPEAT_MILLIS, 200, 10_000));
    table.finish();
    return enabled ? Optional.of(settings) : Optional.empty();
  }

  private static Optional<InputSetup.Wedge> wedge(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", false);
    String device = table.text("device", "");
    if (enabled && device.isEmpty()) {
      throw table.wrong(Code.CONFIG_MISSING, "device",
          "must be set where enabled = true, to a name under /dev/input/by-id");
    }
    var content = constant(WedgeSettings.Content.class, table.choice("types", "decimal10",
        List.of("decimal10", "decimal8", "hex8", "hex14", "code")));
    long repeat = table.number("repeat-ms", WedgeSettings.DEFAULT_REPEAT_MILLIS, 200, 10_000);
    table.finish();
    return enabled
        ? Optional.of(new InputSetup.Wedge(device, new WedgeSettings(content, repeat)))
        : Optional.empty();
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  private static String port(ConfigTable table, boolean enabled) throws ConfigException {
    String port = table.text("port", "");
    if (enabled && port.isEmpty()) {
      throw table.wrong(Code.CONFIG_MISSING, "port",
          "must be set where enabled = true, best to a name under /dev/serial/by-id");
    }
    return port;
  }

  /// No two devices can be on one serial port.
  static void requireDifferentPorts(ConfigTable root, TerminalConfig config) throws ConfigException {
    var ports = new ArrayList<String>();
    config.reader().ifPresent(reader -> ports.add(reader.place().name()));
    config.inputs().scanner().ifPresent(scanner -> ports.add(scanner.port()));
    config.inputs().keys().ifPresent(keys -> ports.add(keys.port()));
    config.inputs().scale().ifPresent(scale -> {
      if (scale.wires() instanceof InputSetup.ScaleWires.Modbus(var port, var _)) {
        ports.add(port);
      }
    });
    var seen = new HashSet<String>();
    for (String port : ports) {
      if (!seen.add(port)) {
        throw root.wrong(Code.CONFIG_CONFLICT, root.has("scanner") ? "scanner" : "serial-keypad",
            "and another device are both on port " + port);
      }
    }
  }
}
