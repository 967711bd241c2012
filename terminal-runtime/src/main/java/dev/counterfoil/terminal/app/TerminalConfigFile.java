package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.driver.oled.OledChip;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.line.PiBoard;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tomlj.Toml;

/// Reads `terminal.toml`. A key that is absent has its default, a table switched off by `enabled = false` leaves the
/// device out, and anything else than a right value is refused before a device or the journal is touched.
public final class TerminalConfigFile {

  private static final int MAX_BCM = 53;
  private static final List<Integer> ROWS = List.of(5, 6, 13, 19);
  private static final List<Integer> COLUMNS = List.of(12, 16, 20, 21);
  private static final long MAX_AMOUNT_MINOR = 100_000_000;
  private static final int MAX_DAYS = 30;
  /// The most that the boards of Raspberry Pi take.
  private static final int DEFAULT_WATCHDOG_SECONDS = 15;
  /// A reader that is not there is looked for every five seconds; each try is a sign of life.
  private static final int LEAST_WATCHDOG_SECONDS = 10;

  private TerminalConfigFile() {}

  /// Reads the file.
  ///
  /// @throws ConfigException with the first mistake found
  public static TerminalConfig read(Path file) throws ConfigException {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(Code.CONFIG_UNREADABLE, file, 0, "no such file");
    } catch (CharacterCodingException e) {
      throw new ConfigException(Code.CONFIG_UNREADABLE, file, 0, "not a text in UTF-8");
    } catch (IOException e) {
      throw new ConfigException(Code.CONFIG_UNREADABLE, file, 0, "cannot be read: " + e);
    }
  }

  /// What holds without any file.
  public static TerminalConfig defaults() {
    try {
      return parse(Path.of("terminal.toml"), "");
    } catch (ConfigException e) {
      throw new IllegalStateException("the defaults must be a valid configuration", e);
    }
  }

  static TerminalConfig parse(Path file, String toml) throws ConfigException {
    var parsed = Toml.parse(toml);
    if (parsed.hasErrors()) {
      var error = parsed.errors().getFirst();
      throw new ConfigException(Code.CONFIG_SYNTAX, file, error.position().line(),
          String.valueOf(error.getMessage()));
    }
    var root = new ConfigTable(file, "", parsed);
    var offline = root.table("offline");
    var config = new TerminalConfig(server(root.table("server")),
        terminal(root.table("terminal"), CounterConfig.read(root.table("counter"))),
        journal(root.table("journal")), reader(root.table("reader")), CardTable.read(root.table("card")),
        display(root.table("display"), true),
        display(root.table("customer-display"), root.has("customer-display")),
        keypad(root.table("keypad")), lamps(root.table("leds"), root.table("buzzer")),
        printer(root.table("printer"), root.has("printer")), till(root.table("till")),
        speech(root.table("speech")),
        caps(offline), offline.integer("after-gap-percent", OfflineCaps.DEFAULT_AFTER_GAP_PERCENT, 0, 100),
        rtc(root.table("clock")), InputsConfig.read(root), gpioChip(root.table("board")),
        watchdog(root.table("watchdog")));
    offline.finish();
    root.finish();
    requireScale(root, config);
    requireCards(root, config);
    requireMeals(root, config);
    requireDifferentPins(root, config);
    InputsConfig.requireDifferentPorts(root, config);
    requireDifferentPlaces(root, config);
    return config;
  }

  private static TerminalConfig.Server server(ConfigTable table) throws ConfigException {
    var server = new TerminalConfig.Server(table.text("host", ""), table.integer("port", 0, 0, 65_535),
        1_000L * table.integer("longest-retry-seconds", 60, 1, 600));
    table.finish();
    return server;
  }

  private static TerminalConfig.Terminal terminal(ConfigTable table, CounterRules counter)
      throws ConfigException {
    var language = table.choice("language", "en", List.of("en", "zh-CN"));
    var terminal = new TerminalConfig.Terminal(table.text("name", ""),
        language.equals("en") ? Language.ENGLISH : Language.CHINESE,
        SaleModeConfig.read(table, MAX_AMOUNT_MINOR),
        table.amount("max-amount", SaleSettings.DEFAULT_MAX_AMOUNT_MINOR, 1, MAX_AMOUNT_MINOR),
        table.flag("cash-key", false), MealsConfig.read(table, MAX_AMOUNT_MINOR), table.text("font", ""),
        counter);
    table.finish();
    return terminal;
  }

  private static TerminalConfig.Journal journal(ConfigTable table) throws ConfigException {
    var journal = new TerminalConfig.Journal(table.text("path", "journal.db"),
        table.text("mirror", "journal.mirror"),
        table.number("capacity", 1_000_000, 1_000, 1_000_000_000),
        table.integer("till-reference-records", JournalSettings.DEFAULT.referenceRecords(), 1_000,
            1_000_000));
    table.finish();
    return journal;
  }

  private static Optional<TerminalConfig.Reader> reader(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", true);
    var place = place(table, table.choice("bus", "hsu", List.of("hsu", "i2c", "spi")));
    int pin = table.integer("reset-pin", 0, 0, MAX_BCM);
    var resetPin = table.has("reset-pin") ? Optional.of(pin) : Optional.<Integer>empty();
    var pcsc = table.text("pcsc", "");
    table.finish();
    return enabled ? Optional.of(new TerminalConfig.Reader(place, resetPin, pcsc)) : Optional.empty();
  }

  /// Each bus has keys of its own; those of another one are unknown beside it.
  private static Pn532Place place(ConfigTable table, String bus) throws ConfigException {
    return switch (bus) {
      case "i2c" -> new Pn532Place.I2c(table.integer("i2c-bus", 1, 0, 255),
          table.integer("address", 0x24, 0x03, 0x77));
      case "spi" ->
        new Pn532Place.Spi(table.integer("spi-bus", 0, 0, 255), table.integer("chip-select", 0, 0, 1),
            table.integer("hertz", 1_000_000, 10_000, 5_000_000));
      default -> new Pn532Place.Serial(table.text("port", "/dev/ttyAMA0"),
          table.integer("baud", 115_200, 9_600, 921_600));
    };
  }

  private static Optional<DisplayWiring> display(ConfigTable table, boolean usual) throws ConfigException {
    boolean enabled = table.flag("enabled", usual);
    var kind = table.choice("kind", "hd44780", List.of("hd44780", "ssd1306", "sh1106", "cd5220"));
    DisplayWiring display = switch (kind) {
      case "hd44780" -> characters(table);
      case "cd5220" ->
        new DisplayWiring.Pole(table.requiredText("port"), table.integer("baud", 9_600, 1_200, 115_200));
      default -> new DisplayWiring.Pixels(OledChip.valueOf(kind.toUpperCase(Locale.ROOT)), bus(table),
          address(table, 0x3C), table.flag("upside-down", false));
    };
    table.finish();
    return enabled ? Optional.of(display) : Optional.empty();
  }

  private static DisplayWiring characters(ConfigTable table) throws ConfigException {
    return new DisplayWiring.Characters(bus(table), address(table, 0x27),
        new DisplayGeometry(table.integer("columns", 16, 8, 40), table.integer("rows", 2, 1, 4)));
  }

  private static int bus(ConfigTable table) throws ConfigException {
    return table.integer("bus", 1, 0, 255);
  }

  private static int address(ConfigTable table, int standard) throws ConfigException {
    return table.integer("address", standard, 0x03, 0x77);
  }

  private static Optional<TerminalConfig.Keypad> keypad(ConfigTable table) throws ConfigException {
    boolean enabled = table.flag("enabled", true);
    var keypad = new TerminalConfig.Keypad(table.pins("rows", ROWS, MAX_BCM),
        table.pins("columns", COLUMNS, MAX_BCM));
    table.finish();
    return enabled ? Optional.of(keypad) : Optional.empty();
  }

  private static Optional<TerminalConfig.Lamps> lamps(ConfigTable leds, ConfigTable buzzer)
      throws ConfigException {
    boolean enabled = leds.flag("enabled", true);
    var lamps = new TerminalConfig.Lamps(leds.integer("green", 17, 0, MAX_BCM),
        leds.integer("red", 27, 0, MAX_BCM),
        buzzer.integer("pin", 22, 0, MAX_BCM));
    leds.finish();
    buzzer.finish();
    return enabled ? Optional.of(lamps) : Optional.empty();
  }

  private static Optional<TerminalConfig.Printer> printer(ConfigTable table, boolean usual)
      throws ConfigException {
    boolean enabled = table.flag("enabled", usual);
    var printer = new TerminalConfig.Printer(table.text("port", ""),
        table.integer("baud", 9_600, 1_200, 921_600),
        table.text("file", ""), table.integer("columns", 32, 24, 64), table.flag("automatic", true),
        table.choice("when-faulty", "warn", List.of("warn", "stop")).equals("stop"), table.flag("qr", true),
        table.flag("cut", true), table.flag("drawer", false));
    table.finish();
    if (enabled && printer.port().isEmpty() == printer.file().isEmpty()) {
      throw table.wrong(printer.port().isEmpty() ? Code.CONFIG_MISSING : Code.CONFIG_CONFLICT, "port",
          "or printer.file must be set, and only one of them");
    }
    return enabled ? Optional.of(printer) : Optional.empty();
  }

  private static Optional<TerminalConfig.Till> till(ConfigTable table) throws ConfigException {
    String socket = table.text("socket", "");
    table.finish();
    return socket.isEmpty() ? Optional.empty() : Optional.of(new TerminalConfig.Till(socket));
  }

  private static Optional<TerminalConfig.Speech> speech(ConfigTable table) throws ConfigException {
    String folder = table.text("folder", "");
    table.finish();
    return folder.isEmpty() ? Optional.empty() : Optional.of(new TerminalConfig.Speech(folder));
  }

  private static TerminalConfig.Rtc rtc(ConfigTable table) throws ConfigException {
    var rtc = table.choice("rtc", "auto", List.of("auto", "yes", "no"));
    table.finish();
    return TerminalConfig.Rtc.valueOf(rtc.toUpperCase(Locale.ROOT));
  }

  private static String gpioChip(ConfigTable table) throws ConfigException {
    String chip = table.text("gpio-chip", PiBoard.AUTO_CHIP);
    table.finish();
    return chip;
  }

  private static Optional<TerminalConfig.Watchdog> watchdog(ConfigTable table) throws ConfigException {
    String device = table.text("device", "");
    int seconds = table.integer("timeout-seconds", DEFAULT_WATCHDOG_SECONDS, LEAST_WATCHDOG_SECONDS, 3_600);
    table.finish();
    return device.isEmpty() ? Optional.empty() : Optional.of(new TerminalConfig.Watchdog(device, seconds));
  }

  /// The terminal's own caps. Absent means: as the server allows. They tighten and never loosen.
  private static OfflineCaps caps(ConfigTable table) throws ConfigException {
    long none = Long.MAX_VALUE;
    var caps = new OfflineCaps(table.has("max-count") ? table.number("max-count", 0, 0, 1_000_000) : none,
        own(table, "max-amount"), hours(table, "max-hours"), own(table, "per-tap"), own(table, "per-card"),
        own(table, "per-card-day"), hours(table, "max-data-age-hours"),
        table.has("max-blind-reboots") ? table.number("max-blind-reboots", 0, 0, 1_000) : none);
    table.number("max-count", 0, 0, 1_000_000);
    table.number("max-blind-reboots", 0, 0, 1_000);
    return caps;
  }

  private static long own(ConfigTable table, String key) throws ConfigException {
    long minor = table.amount(key, 0, 0, MAX_AMOUNT_MINOR);
    return table.has(key) ? minor : Long.MAX_VALUE;
  }

  private static long hours(ConfigTable table, String key) throws ConfigException {
    long hours = table.number(key, 0, 0, Duration.ofDays(MAX_DAYS).toHours());
    return table.has(key) ? Duration.ofHours(hours).toMillis() : Long.MAX_VALUE;
  }

  /// Nobody knows whose time coins would end.
  private static void requireCards(ConfigTable root, TerminalConfig config) throws ConfigException {
    if (config.terminal().mode() instanceof SaleMode.Timed && config.terminal().cashKey()) {
      throw root.wrong(Code.CONFIG_CONFLICT, "terminal", ".mode = \"timed\" cannot have cash-key = true");
    }
    if (config.terminal().mode() instanceof SaleMode.Preorder && config.terminal().cashKey()) {
      throw root.wrong(Code.CONFIG_CONFLICT, "terminal", ".mode = \"preorder\" cannot have cash-key = true");
    }
  }

  /// An order is for a meal of a day.
  private static void requireMeals(ConfigTable root, TerminalConfig config) throws ConfigException {
    if (config.terminal().mode() instanceof SaleMode.Preorder && !config.terminal().meals().hasMeals()) {
      throw root.wrong(Code.CONFIG_CONFLICT, "terminal", ".mode = \"preorder\" needs [[terminal.meals]]");
    }
  }

  private static void requireScale(ConfigTable root, TerminalConfig config) throws ConfigException {
    if (config.terminal().mode() instanceof SaleMode.Weighed && config.inputs().scale().isEmpty()) {
      throw root.wrong(Code.CONFIG_CONFLICT, "terminal",
          ".mode = \"weighed\" needs a [scale] that is enabled");
    }
  }

  private static void requireDifferentPins(ConfigTable root, TerminalConfig config) throws ConfigException {
    var pins = new ArrayList<Integer>();
    config.keypad().ifPresent(keypad -> {
      pins.addAll(keypad.rows());
      pins.addAll(keypad.columns());
    });
    config.lamps().ifPresent(lamps -> pins.addAll(List.of(lamps.green(), lamps.red(), lamps.buzzer())));
    config.reader().flatMap(TerminalConfig.Reader::resetPin).ifPresent(pins::add);
    config.inputs().wiegand().ifPresent(wires -> pins.addAll(List.of(wires.zero(), wires.one())));
    var seen = new HashSet<Integer>();
    for (int pin : pins) {
      if (!seen.add(pin)) {
        throw root.wrong(Code.CONFIG_CONFLICT, root.has("keypad") ? "keypad" : "leds",
            "uses BCM pin " + pin + " for two things");
      }
    }
  }

  /// Two devices on one wire answer for each other.
  private static void requireDifferentPlaces(ConfigTable root, TerminalConfig config) throws ConfigException {
    var places = new LinkedHashMap<String, String>();
    config.reader().ifPresent(reader -> places.put("reader", reader.place().name()));
    config.inputs().scanner().ifPresent(scanner -> places.put("scanner", scanner.port()));
    config.inputs().keys().ifPresent(keys -> places.put("serial-keypad", keys.port()));
    config.display().ifPresent(display -> places.put("display", display.where()));
    config.customerDisplay().ifPresent(display -> places.put("customer-display", display.where()));
    config.printer().ifPresent(printer -> places.put("printer", printer.where()));
    var taken = new HashMap<String, String>();
    for (var place : places.entrySet()) {
      String other = taken.putIfAbsent(place.getValue(), place.getKey());
      if (other != null) {
        throw root.wrong(Code.CONFIG_CONFLICT, place.getKey(),
            "is at " + place.getValue() + " as the " + other + " is");
      }
    }
  }
}
