package dev.counterfoil.protocol.order;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// A meal that a holder ordered, as a terminal is told of it (docs/adr/0034).
///
/// @param number    the site's running number, from 1
/// @param day       of the site
/// @param period    number of the terminal's meal period, 1 to [#MOST_PERIOD]
/// @param copies    1 to [#MOST_COPIES]
/// @param totalMinor of all copies, minor units; 0 where nothing is paid at the counter
/// @param dish      see [#isDish]
/// @param collected the server has settled a record that names it
public record MealOrder(long number, LocalDate day, int period, int copies, long totalMinor, String dish,
    boolean collected) {

  public static final int MOST_PERIOD = 5;
  public static final int MOST_COPIES = 99;
  /// So that a name fits on the glass, on paper and, with its neighbours, into an account's entry.
  public static final int MOST_DISH_BYTES = 60;

  private static final int DAYS = 100;
  private static final int MONTHS = 10_000;

  /// @throws IllegalArgumentException if there cannot be such an order
  public MealOrder {
    if (number < 1 || !isPlaceable(day, period, copies, totalMinor) || !isDish(dish)) {
      throw new IllegalArgumentException("order=" + number + " day=" + day + " period=" + period + " copies="
          + copies + " total=" + totalMinor);
    }
  }

  /// Whether figures can be those of an order.
  public static boolean isPlaceable(LocalDate day, int period, int copies, long totalMinor) {
    return day.getYear() >= 1970 && day.getYear() <= 9999 && period >= 1 && period <= MOST_PERIOD
        && copies >= 1
        && copies <= MOST_COPIES && totalMinor >= 0;
  }

  /// Whether a text can be a dish's name: not blank, neither blanks around it nor control characters in it, whole characters,
  /// at most [#MOST_DISH_BYTES] bytes in UTF-8.
  public static boolean isDish(String name) {
    return !name.isBlank() && name.equals(name.strip())
        && name.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= Character.MIN_SURROGATE
            && c <= Character.MAX_SURROGATE)
        && name.getBytes(StandardCharsets.UTF_8).length <= MOST_DISH_BYTES;
  }

  /// A day as the number yyyymmdd, as messages and tables have it.
  public static int number(LocalDate day) {
    return day.getYear() * MONTHS + day.getMonthValue() * DAYS + day.getDayOfMonth();
  }

  /// @return empty if there is no such day
  public static Optional<LocalDate> day(int number) {
    try {
      return Optional.of(LocalDate.of(number / MONTHS, number / DAYS % DAYS, number % DAYS));
    } catch (DateTimeException e) {
      // A server that is newer or broken may say anything; what is no day has no orders.
      return Optional.empty();
    }
  }

  /// What a server said, read so that nothing it may say stops a terminal: what cannot be an order is none.
  public static Optional<MealOrder> read(dev.counterfoil.proto.v1.MealOrder told) {
    return day(told.getDay())
        .filter(day -> told.getOrderId() >= 1 && isDish(told.getDish())
            && isPlaceable(day, told.getMealPeriod(), told.getCopies(), told.getTotalMinor()))
        .map(day -> new MealOrder(told.getOrderId(), day, told.getMealPeriod(), told.getCopies(),
            told.getTotalMinor(), told.getDish(), told.getCollected()));
  }

  public dev.counterfoil.proto.v1.MealOrder message() {
    return dev.counterfoil.proto.v1.MealOrder.newBuilder().setOrderId(number).setDay(number(day))
        .setMealPeriod(period).setCopies(copies).setTotalMinor(totalMinor).setDish(dish)
        .setCollected(collected).build();
  }
}
