package dev.counterfoil.settlement.limit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a day in which something is allowed, from its first minute to just before its last; over midnight when
/// it ends before it begins. A pure value.
///
/// @param fromMinute minute of the site's day, 0 to 1439
/// @param untilMinute minute of the site's day, 1 to 1440, another than `fromMinute`
public record OpeningHours(int fromMinute, int untilMinute) {

  public static final int MINUTES_OF_DAY = 1440;
  public static final OpeningHours ALWAYS = new OpeningHours(0, MINUTES_OF_DAY);

  private static final Pattern TEXT = Pattern.compile("(\\d\\d):([0-5]\\d)-(\\d\\d):([0-5]\\d)");

  public OpeningHours {
    if (fromMinute < 0 || fromMinute >= MINUTES_OF_DAY || untilMinute < 1 || untilMinute > MINUTES_OF_DAY
        || fromMinute == untilMinute) {
      throw new IllegalArgumentException("hours from minute " + fromMinute + " until minute " + untilMinute);
    }
  }

  /// @param text such as `08:00-22:00`; `00:00-24:00` is the whole day
  /// @return empty if it cannot be read as hours
  public static Optional<OpeningHours> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int from = minute(matcher.group(1), matcher.group(2));
    int until = minute(matcher.group(3), matcher.group(4));
    boolean known = from < MINUTES_OF_DAY && until >= 1 && until <= MINUTES_OF_DAY && from != until;
    return known ? Optional.of(new OpeningHours(from, until)) : Optional.empty();
  }

  private static int minute(String hours, String minutes) {
    return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
  }

  /// @param minute minute of the site's day, 0 to 1439
  public boolean contains(int minute) {
    return fromMinute < untilMinute ? minute >= fromMinute && minute < untilMinute
        : minute >= fromMinute || minute < untilMinute;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%02d:%02d-%02d:%02d", fromMinute / 60, fromMinute % 60,
        untilMinute / 60,
        untilMinute % 60);
  }
}
