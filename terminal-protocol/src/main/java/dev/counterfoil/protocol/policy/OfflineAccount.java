package dev.counterfoil.protocol.policy;

import dev.counterfoil.proto.v1.AccountEntry;

/// What the terminal's copy of the accounts says about one card.
///
/// @param accountId       the server's id
/// @param status          the account's state
/// @param enableOffline   OFF-06
/// @param availableMinor  spendable when the copy was made: balance less holds, plus credit limit
/// @param perTapMinor     the account's own cap for one purchase; 0 = none
/// @param perDayMinor     the account's own cap for a day; 0 = none
public record OfflineAccount(long accountId, AccountStatus status, boolean enableOffline, long availableMinor,
    long perTapMinor, long perDayMinor) {

  public static OfflineAccount of(AccountEntry entry) {
    return new OfflineAccount(entry.getAccountId(), AccountStatus.of(entry.getStatus()),
        entry.getEnableOffline(), entry.getAvailableMinor(), entry.getPerTapMinor(), entry.getPerDayMinor());
  }
}
