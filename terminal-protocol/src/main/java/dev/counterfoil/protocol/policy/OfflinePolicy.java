package dev.counterfoil.protocol.policy;

import java.util.Optional;

/// Decides a card presentation without the server: OFF-02, OFF-06, OFF-09 and I-30, section 7 of the journal page.
///
/// Pure: the same inputs give the same verdict. Checks run in a fixed order (deny list, account, what one purchase
/// may be, money, age and clock, what the card and then the terminal may still spend), so that the reason on the
/// screen is the one that the customer can do most about. Every comparison is written so that an overflowing sum
/// refuses.
public final class OfflinePolicy {

  private OfflinePolicy() {}

  /// One purchase to decide.
  ///
  /// @param amountMinor    price, minor units
  /// @param cardPresented  a card was held to the reader; scanned codes and faces need the server
  /// @param denied         the card is on the deny list
  /// @param account        the card's entry in the snapshot, if it has one
  public record Purchase(long amountMinor, boolean cardPresented, boolean denied,
      Optional<OfflineAccount> account) {}

  /// The verdict on one purchase under the caps that hold now.
  public static OfflineVerdict decide(Purchase purchase, OfflineUsage usage, OfflineCaps caps) {
    if (purchase.amountMinor() <= 0) {
      return new OfflineVerdict.Refused(DeclineReason.PARAMETER_ERROR);
    }
    if (purchase.denied()) {
      return new OfflineVerdict.Refused(DeclineReason.CARD_LOST);
    }
    if (!purchase.cardPresented() || purchase.account().isEmpty()) {
      return new OfflineVerdict.Refused(DeclineReason.OFFLINE_NOT_ALLOWED);
    }
    var account = purchase.account().get();
    return accountRefusal(account, purchase.amountMinor(), usage)
        .or(() -> capRefusal(purchase.amountMinor(), usage, caps))
        .<OfflineVerdict>map(OfflineVerdict.Refused::new)
        .orElseGet(() -> allow(account, purchase.amountMinor(), usage));
  }

  private static OfflineVerdict allow(OfflineAccount account, long amountMinor, OfflineUsage usage) {
    long before = spendable(account, usage);
    return new OfflineVerdict.Allowed(account.accountId(), before, before - amountMinor);
  }

  private static Optional<DeclineReason> accountRefusal(OfflineAccount account, long amountMinor,
      OfflineUsage usage) {
    var refusal = account.status().refusal();
    if (refusal.isPresent()) {
      return refusal;
    }
    if (!account.enableOffline()) {
      return Optional.of(DeclineReason.OFFLINE_NOT_ALLOWED);
    }
    if (account.perTapMinor() > 0 && amountMinor > account.perTapMinor()) {
      return Optional.of(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    if (account.perDayMinor() > 0 && exceeds(usage.cardDayMinor(), amountMinor, account.perDayMinor())) {
      return Optional.of(DeclineReason.LIMIT_PER_PERIOD);
    }
    return amountMinor > spendable(account, usage)
        ? Optional.of(DeclineReason.INSUFFICIENT_BALANCE)
        : Optional.empty();
  }

  private static Optional<DeclineReason> capRefusal(long amountMinor, OfflineUsage usage, OfflineCaps caps) {
    var clock = usage.clock();
    if (amountMinor > caps.perTapMinor()) {
      return Optional.of(DeclineReason.OFFLINE_LIMIT_PER_TAP);
    }
    if (!clock.trustedWall() && clock.blindReboots() > caps.maxBlindReboots()) {
      return Optional.of(DeclineReason.CLOCK_UNKNOWN);
    }
    if (usage.snapshotAgeMillis() > caps.maxSnapshotAgeMillis()) {
      return Optional.of(DeclineReason.OFFLINE_DATA_TOO_OLD);
    }
    if (exceeds(usage.cardMinor(), amountMinor, caps.perCardMinor())
        || exceeds(usage.cardDayMinor(), amountMinor, caps.perCardDayMinor())) {
      return Optional.of(DeclineReason.OFFLINE_LIMIT_PER_CARD);
    }
    return usage.count() >= caps.maxCount()
        || exceeds(usage.amountMinor(), amountMinor, caps.maxAmountMinor())
        || clock.elapsedMillis() > caps.maxElapsedMillis()
            ? Optional.of(DeclineReason.OFFLINE_ALLOWANCE_USED)
            : Optional.empty();
  }

  /// Spendable = snapshot less what this terminal approved since (section 7 of the journal page).
  private static long spendable(OfflineAccount account, OfflineUsage usage) {
    long spendable = account.availableMinor() - usage.unsettledOwnMinor();
    boolean wrapped = usage.unsettledOwnMinor() > 0
        ? spendable > account.availableMinor()
        : spendable < account.availableMinor();
    return wrapped ? Long.MIN_VALUE : spendable;
  }

  /// Whether `spent + amount > cap`, without ever wrapping around.
  private static boolean exceeds(long spent, long amount, long cap) {
    return spent > cap || amount > cap - Math.max(0, spent);
  }
}
