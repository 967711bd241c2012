package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The permissions of one account (ACC-15). An account without any of a type may do what its type names; with some, one
/// of them must allow it. On top of that every limit that the holder set (ACC-17) must hold. A pure value.
///
/// @param rows in any order
public record Permissions(List<PermissionRow> rows) {

  public static final Permissions NONE = new Permissions(List.of());

  public Permissions {
    rows = List.copyOf(rows);
  }

  /// What is asked for.
  ///
  /// @param terminal the site's number, 0 for none
  /// @param amount minor units, 0 or more
  /// @param spentToday what was already done under this type on this day of the site, minor units
  /// @param spentThisMonth the same in this month
  /// @param atMs server time
  public record Asked(PermissionType type, int terminal, long amount, long spentToday, long spentThisMonth,
      long atMs) {}

  /// What a terminal may be told for deciding alone.
  ///
  /// @param singleMinor 0 for no limit
  /// @param dailyMinor 0 for no limit
  public record Offline(boolean allowed, long singleMinor, long dailyMinor) {

    public static final Offline UNLIMITED = new Offline(true, 0, 0);
  }

  /// Whether the account may do this somewhere else than at a terminal.
  ///
  /// @return why not; empty if it may
  public Optional<PermissionRefusal> allows(PermissionType type, long amount, long spentToday,
      long spentThisMonth, long atMs) {
    return refusal(new Asked(type, 0, amount, spentToday, spentThisMonth, atMs));
  }

  /// @return why not; empty if it may
  public Optional<PermissionRefusal> refusal(Asked asked) {
    List<PermissionRow> grants = of(asked.type(), false);
    boolean granted = grants.isEmpty() || grants.stream().anyMatch(row -> refusal(row, asked).isEmpty());
    if (!granted) {
      return grants.stream().flatMap(row -> refusal(row, asked).stream()).max(Comparator.naturalOrder());
    }
    return of(asked.type(), true).stream().filter(row -> isOn(row, asked.atMs()))
        .flatMap(row -> limit(row, asked).stream()).min(Comparator.naturalOrder());
  }

  /// What a terminal may be told, from the first permission that holds there. A month's limit becomes what is left of it, as no terminal counts months.
  public Offline offline(int terminal, long spentThisMonth, long atMs) {
    var asked = new Asked(PermissionType.CONSUMPTION, terminal, 1, 0, spentThisMonth, atMs);
    if (refusal(asked).isPresent()) {
      return new Offline(false, 0, 0);
    }
    List<PermissionRow> binding = Stream.concat(
        of(PermissionType.CONSUMPTION, false).stream().filter(row -> refusal(row, asked).isEmpty()).limit(1),
        of(PermissionType.CONSUMPTION, true).stream().filter(row -> isOn(row, atMs))).toList();
    LongStream daily = binding.stream().mapToLong(PermissionRow::dailyMinor);
    LongStream left = binding.stream().mapToLong(PermissionRow::monthlyMinor).filter(limit -> limit > 0)
        .map(limit -> limit - Math.max(0, spentThisMonth));
    return new Offline(true, tightest(binding.stream().mapToLong(PermissionRow::singleMinor)),
        tightest(LongStream.concat(daily, left)));
  }

  private static long tightest(LongStream limits) {
    return limits.filter(limit -> limit > 0).min().orElse(0);
  }

  private List<PermissionRow> of(PermissionType type, boolean byHolder) {
    return rows.stream().filter(row -> row.type() == type && row.byHolder() == byHolder).toList();
  }

  private static Optional<PermissionRefusal> refusal(PermissionRow row, Asked asked) {
    if (!row.enabled()) {
      return Optional.of(PermissionRefusal.PERMISSION_DISABLED);
    }
    if (asked.atMs() < row.fromMs()) {
      return Optional.of(PermissionRefusal.PERMISSION_NOT_YET);
    }
    if (row.untilMs() > 0 && asked.atMs() >= row.untilMs()) {
      return Optional.of(PermissionRefusal.PERMISSION_EXPIRED);
    }
    return PermissionScope.covers(row.scope(), asked.terminal()) ? limit(row, asked)
        : Optional.of(PermissionRefusal.PERMISSION_ELSEWHERE);
  }

  private static Optional<PermissionRefusal> limit(PermissionRow row, Asked asked) {
    if (exceeds(asked.amount(), 0, row.singleMinor())) {
      return Optional.of(PermissionRefusal.LIMIT_SINGLE);
    }
    if (exceeds(asked.amount(), asked.spentToday(), row.dailyMinor())) {
      return Optional.of(PermissionRefusal.LIMIT_DAILY);
    }
    return exceeds(asked.amount(), asked.spentThisMonth(), row.monthlyMinor())
        ? Optional.of(PermissionRefusal.LIMIT_MONTHLY)
        : Optional.empty();
  }

  private static boolean exceeds(long amount, long spent, long limit) {
    return limit > 0 && Math.addExact(Math.max(0, spent), amount) > limit;
  }

  private static boolean isOn(PermissionRow row, long atMs) {
    return row.enabled() && atMs >= row.fromMs() && (row.untilMs() == 0 || atMs < row.untilMs());
  }
}
