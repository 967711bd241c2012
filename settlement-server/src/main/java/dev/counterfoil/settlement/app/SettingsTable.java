package dev.counterfoil.settlement.app;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseResult;

/// Typed look-ups in a parsed TOML file. Each look-up gives the key's default when the file does not mention it, and
/// remembers the key; [#refuseUnknownKeys] then reports what nobody asked for, because a misspelt limit that is
/// silently ignored is worse than a server that does not start.
final class SettingsTable {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final String file;
  private final TomlParseResult toml;
  private final TreeSet<String> known = new TreeSet<>();

  SettingsTable(String file, TomlParseResult toml) {
    this.file = file;
    this.toml = toml;
  }

  String text(String key, String fallback) {
    return optionalText(key).orElse(fallback);
  }

  Optional<String> optionalText(String key) {
    Object value = look(key);
    return switch (value) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw bad(key, value, "a text in quotes");
    };
  }

  String text(String key, String fallback, Predicate<String> allowed, String allowedInWords) {
    String value = text(key, fallback);
    if (!allowed.test(value)) {
      throw bad(key, value, allowedInWords);
    }
    return value;
  }

  String oneOf(String key, String fallback, List<String> allowed) {
    String value = text(key, fallback);
    if (!allowed.contains(value)) {
      throw bad(key, value, String.join(" | ", allowed));
    }
    return value;
  }

  boolean flag(String key, boolean fallback) {
    Object value = look(key);
    return switch (value) {
      case null -> fallback;
      case Boolean flag -> flag;
      default -> throw bad(key, value, "true | false");
    };
  }

  int integer(String key, int fallback, int least, int most) {
    return Math.toIntExact(number(key, fallback, least, most));
  }

  long number(String key, long fallback, long least, long most) {
    Object value = look(key);
    String allowed = least + " .. " + most;
    return switch (value) {
      case null -> fallback;
      case Long number when number >= least && number <= most -> number;
      default -> throw bad(key, value, "a whole number " + allowed);
    };
  }

  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    Object value = look(key);
    String allowed = "a time such as \"10s\", \"15m\", \"72h\" from " + words(least) + " to " + words(most);
    return switch (value) {
      case null -> fallback;
      case String text -> parsed(key, text, allowed, least, most);
      default -> throw bad(key, value, allowed);
    };
  }

  /// The keys that were asked for.
  SortedSet<String> known() {
    return Collections.unmodifiableSortedSet(known);
  }

  void refuseUnknownKeys() {
    for (String key : new TreeSet<>(toml.dottedKeySet())) {
      if (!known.contains(key)) {
        throw new StartupException("CONFIG_UNKNOWN_KEY", "file=" + file + " line=" + line(key) + " key=" + key
            + " allowed=" + nearby(key));
      }
    }
  }

  private Duration parsed(String key, String text, String allowed, Duration least, Duration most) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw bad(key, text, allowed);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration value = switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw bad(key, text, allowed);
    }
    return value;
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 != 0 ? duration.toMillis() + "ms"
        : duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
  }

  private @Nullable Object look(String key) {
    known.add(key);
    return toml.get(key);
  }

  private StartupException bad(String key, Object found, String allowed) {
    return new StartupException("CONFIG_VALUE",
        "file=" + file + " line=" + line(key) + " key=" + key + " found=" + found + " allowed=" + allowed);
  }

  private int line(String key) {
    var position = toml.inputPositionOf(key);
    return position == null ? 0 : position.line();
  }

  private String nearby(String key) {
    int dot = key.indexOf('.');
    String section = dot < 0 ? "" : key.substring(0, dot + 1);
    List<String> same = known.stream().filter(k -> k.startsWith(section)).toList();
    return String.join(",", same.isEmpty() ? known.stream().toList() : same);
  }
}
