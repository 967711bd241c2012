package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stands behind the question mark, read as strictly as a body.
final class Query {

  private static final int LONGEST = 200;

  private final Map<String, List<String>> values;
  private final Set<String> read = new HashSet<>();

  /// @param values all values of each name
  Query(Map<String, List<String>> values) {
    this.values = values;
  }

  Optional<String> text(String name) {
    read.add(name);
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw invalid(name, "once");
    }
    Optional<String> found = all.stream().findFirst().filter(text -> !text.isEmpty());
    if (found.filter(text -> text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl))
        .isPresent()) {
      throw invalid(name, "at most " + LONGEST + " characters on one line");
    }
    return found;
  }

  long number(String name, long fallback, long least, long most) {
    Optional<String> found = text(name);
    if (found.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(found.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, as a number out of range is.
    }
    throw invalid(name, "a whole number from " + least + " to " + most);
  }

  /// An amount such as `12.50`, 0 or more.
  long amount(String name, long fallback) {
    Optional<String> found = text(name);
    if (found.filter(text -> !Body.AMOUNT.matcher(text).matches() || text.startsWith("-")).isPresent()) {
      throw invalid(name, "an amount such as 12.50, 0 or more, at most two places");
    }
    return found.map(Money::parseDecimal).orElse(fallback);
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    Optional<String> found = text(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(found.get())) {
        return Optional.of(each);
      }
    }
    throw invalid(name, "one of " + Arrays.toString(type.getEnumConstants()));
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    return choice(name, type).orElse(fallback);
  }

  /// A moment by ISO 8601, in UTC.
  Optional<Instant> time(String name) {
    try {
      return text(name).map(Instant::parse);
    } catch (DateTimeException _) {
      throw invalid(name, "a time such as 2026-11-21T12:00:00Z");
    }
  }

  /// A day such as 2026-11-21.
  Optional<LocalDate> date(String name) {
    try {
      return text(name).map(LocalDate::parse);
    } catch (DateTimeException _) {
      throw invalid(name, "a day such as 2026-11-21");
    }
  }

  /// To be called once everything was read.
  void refuseUnknown() {
    values.keySet().stream().filter(name -> !read.contains(name)).findFirst().ifPresent(name -> {
      throw new ApiException("FIELD_UNKNOWN", "query=" + Body.quoted(name));
    });
  }

  private static ApiException invalid(String name, String allowed) {
    return new ApiException("FIELD_INVALID", "query=" + name + " allowed=" + allowed);
  }
}
