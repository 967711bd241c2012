package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.PermissionRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// When the clock must look at an account, and what it must do then (ACC-13, A-12).
final class AccountTimer {

  private AccountTimer() {}

  /// What is due now; empty when only a permission begins or ends, which terminals must learn.
  static Optional<AccountEvent> due(AccountStanding standing, AccountRules rules, long nowMs) {
    long expires = standing.profile().expiresMs();
    long limit = limit(standing, rules);
    return switch (standing.status()) {
      case CANCELLED -> Optional.empty();
      case NORMAL, PENDING, FROZEN, LOST -> expires > 0 && expires <= nowMs
          ? Optional.of(new AccountEvent.Expired())
          : Optional.<AccountEvent>of(new AccountEvent.TimedOut()).filter(_ -> limit > 0 && limit <= nowMs);
    };
  }

  /// When to look next, after `nowMs`; 0 for never. What is overdue, because the account could not be closed then, is
  /// not named again: the caller sets a time of its own.
  static long next(AccountStanding standing, List<PermissionRow> permissions, AccountRules rules,
      long nowMs) {
    return switch (standing.status()) {
      case CANCELLED -> 0;
      case NORMAL, PENDING, FROZEN, LOST -> LongStream.concat(
          LongStream.of(standing.profile().expiresMs(), limit(standing, rules)), edges(permissions))
          .filter(at -> at > nowMs).min().orElse(0);
    };
  }

  private static LongStream edges(List<PermissionRow> permissions) {
    return permissions.stream().filter(PermissionRow::enabled).flatMap(row -> Stream.of(row.fromMs(),
        row.untilMs())).mapToLong(Long::longValue);
  }

  private static long limit(AccountStanding standing, AccountRules rules) {
    AccountProfileRow profile = standing.profile();
    // Of an account that is older than this log nobody knows since when it is as it is.
    return profile.changedMs() == 0 ? 0 : switch (standing.status()) {
      case PENDING -> profile.changedMs() + rules.activateWithin().toMillis();
      case FROZEN -> profile.changedMs() + rules.frozenAtMost().toMillis();
      case LOST -> profile.changedMs() + rules.lostAtMost().toMillis();
      case NORMAL, CANCELLED -> 0;
    };
  }
}
