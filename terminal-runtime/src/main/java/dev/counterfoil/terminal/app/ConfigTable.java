package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.terminal.app.ConfigException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// One table of a TOML file, read with a name, a range and a default for each key. What is wrong is told with file,
/// line, key, what was found and what is allowed. [#finish] refuses every key that nobody asked for.
final class ConfigTable {

  private static final Pattern TIME = Pattern.compile("(\\d{2}):([0-5]\\d)");
  private static final int DAY = 24 * 60;

  private final Path file;
  private final String prefix;
  private final @Nullable TomlTable table;
  private final Set<String> asked = new HashSet<>();

  ConfigTable(Path file, String prefix, @Nullable TomlTable table) {
    this.file = file;
    this.prefix = prefix;
    this.table = table;
  }

  boolean has(String key) {
    return table != null && table.get(List.of(key)) != null;
  }

  ConfigTable table(String key) throws ConfigException {
    return new ConfigTable(file, prefix + key + ".", value(key, TomlTable.class, "a table").orElse(null));
  }

  List<ConfigTable> tables(String key) throws ConfigException {
    var array = value(key, TomlArray.class, "an array of tables");
    var tables = new ArrayList<ConfigTable>();
    for (int i = 0; array.isPresent() && i < array.get().size(); i++) {
      if (!(array.get().get(i) instanceof TomlTable element)) {
        throw wrong(Code.CONFIG_WRONG_TYPE, key,
            "must be an array of tables, written [[" + prefix + key + "]]");
      }
      tables.add(new ConfigTable(file, prefix + key + "[" + i + "].", element));
    }
    return tables;
  }

  String text(String key, String standard) throws ConfigException {
    return value(key, String.class, "a text in quotes").orElse(standard);
  }

  String requiredText(String key) throws ConfigException {
    var text = value(key, String.class, "a text in quotes");
    if (text.isEmpty() || text.get().isBlank()) {
      throw wrong(Code.CONFIG_MISSING, key, "must be set to a text in quotes");
    }
    return text.get();
  }

  String choice(String key, String standard, List<String> allowed) throws ConfigException {
    String text = text(key, standard);
    if (!allowed.contains(text)) {
      throw wrong(Code.CONFIG_NOT_ALLOWED, key,
          "found \"" + text + "\", allowed are \"" + String.join("\", \"", allowed) + "\"");
    }
    return text;
  }

  boolean flag(String key, boolean standard) throws ConfigException {
    return value(key, Boolean.class, "true or false").orElse(standard);
  }

  long number(String key, long standard, long least, long most) throws ConfigException {
    long number = value(key, Long.class, "a whole number").orElse(standard);
    if (number < least || number > most) {
      throw wrong(Code.CONFIG_NOT_ALLOWED, key, "found " + number + ", allowed are " + least + " to " + most);
    }
    return number;
  }

  int integer(String key, int standard, int least, int most) throws ConfigException {
    return Math.toIntExact(number(key, standard, least, most));
  }

  /// An amount written as a text, `"12.50"`, because TOML's own decimals are floating point.
  long amount(String key, long standardMinor, long leastMinor, long mostMinor) throws ConfigException {
    var text = value(key, String.class, "an amount in quotes, such as \"12.50\"");
    long minor = text.isEmpty() ? standardMinor : parseAmount(key, text.get());
    if (minor < leastMinor || minor > mostMinor) {
      throw wrong(Code.CONFIG_NOT_ALLOWED, key, "found " + Money.decimal(minor) + ", allowed are "
          + Money.decimal(leastMinor) + " to " + Money.decimal(mostMinor));
    }
    return minor;
  }

  private long parseAmount(String key, String text) throws ConfigException {
    try {
      return Money.parseDecimal(text);
    } catch (NumberFormatException _) {
      throw wrong(Code.CONFIG_WRONG_TYPE, key,
          "found \"" + text
              + "\", allowed is an amount in quotes with at most two decimals, such as \"12.50\"");
    }
  }

  /// A minute of the day written as `"11:30"`, up to `"24:00"`.
  int minuteOfDay(String key) throws ConfigException {
    String text = requiredText(key);
    var found = TIME.matcher(text);
    int minute = found.matches() ? 60 * Integer.parseInt(found.group(1)) + Integer.parseInt(found.group(2))
        : DAY + 1;
    if (minute > DAY) {
      throw wrong(Code.CONFIG_NOT_ALLOWED, key,
          "found \"" + text + "\", allowed are times such as \"11:30\", up to \"24:00\"");
    }
    return minute;
  }

  /// Any number of amounts, none if the key is absent.
  List<Long> amounts(String key, long leastMinor, long mostMinor) throws ConfigException {
    var array = value(key, TomlArray.class, "a list of amounts");
    var amounts = new ArrayList<Long>();
    for (int i = 0; array.isPresent() && i < array.get().size(); i++) {
      if (!(array.get().get(i) instanceof String text)) {
        throw wrong(Code.CONFIG_WRONG_TYPE, key,
            "allowed are amounts in quotes, such as [\"8.00\", \"10.00\"]");
      }
      long minor = parseAmount(key, text);
      if (minor < leastMinor || minor > mostMinor) {
        throw wrong(Code.CONFIG_NOT_ALLOWED, key,
            "found " + text + ", allowed are " + Money.decimal(leastMinor)
                + " to " + Money.decimal(mostMinor));
      }
      amounts.add(minor);
    }
    return amounts;
  }

  /// Exactly `count` whole numbers, all different.
  List<Integer> pins(String key, List<Integer> standard, int most) throws ConfigException {
    var array = value(key, TomlArray.class, "a list of numbers");
    if (array.isEmpty()) {
      return standard;
    }
    var pins = new ArrayList<Integer>();
    for (int i = 0; i < array.get().size(); i++) {
      if (!(array.get().get(i) instanceof Long pin) || pin < 0 || pin > most
          || pins.contains(pin.intValue())) {
        throw wrong(Code.CONFIG_NOT_ALLOWED, key, pinRule(standard.size(), most));
      }
      pins.add(pin.intValue());
    }
    if (pins.size() != standard.size()) {
      throw wrong(Code.CONFIG_NOT_ALLOWED, key, pinRule(standard.size(), most));
    }
    return List.copyOf(pins);
  }

  private static String pinRule(int count, int most) {
    return "allowed are " + count + " different numbers from 0 to " + most;
  }

  /// Refuses keys that no question was asked about.
  void finish() throws ConfigException {
    if (table == null) {
      return;
    }
    for (String key : table.keySet()) {
      if (!asked.contains(key)) {
        throw wrong(Code.CONFIG_UNKNOWN_KEY, key,
            "is unknown here, allowed are " + String.join(", ", asked.stream().sorted().toList()));
      }
    }
  }

  /// A mistake at this key, with the line where the key stands.
  ConfigException wrong(Code code, String key, String problem) {
    return new ConfigException(code, file, line(key), prefix + key + " " + problem);
  }

  private int line(String key) {
    var position = table == null ? null : table.inputPositionOf(List.of(key));
    return position == null ? 0 : position.line();
  }

  private <T> Optional<T> value(String key, Class<T> type, String wanted) throws ConfigException {
    asked.add(key);
    Object value = table == null ? null : table.get(List.of(key));
    if (value != null && !type.isInstance(value)) {
      throw wrong(Code.CONFIG_WRONG_TYPE, key, "found " + value + ", allowed is " + wanted);
    }
    return Optional.ofNullable(value).map(type::cast);
  }
}
