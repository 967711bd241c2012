package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
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
  private static final int HIGHEST_BAUD = 921_600;

  private InputsConfig() {}

  static InputSetup read(ConfigTable root) throws ConfigException {
    return new InputSetup(scanner(root.table("scanner")), keys(root.table("serial-keypad")));
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
    var seen = new HashSet<String>();
    for (String port : ports) {
      if (!seen.add(port)) {
        throw root.wrong(Code.CONFIG_CONFLICT, root.has("scanner") ? "scanner" : "serial-keypad",
            "and another device are both on port " + port);
      }
    }
  }
}
