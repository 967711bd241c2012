package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SiteMemory;

/// How much of what an account may spend its subsidies give: what terminals tell a customer before the purses are touched.
/// Belongs to the core's thread.
public final class SubsidyShare {

  private SubsidyShare() {}

  /// Of all purses that are not over, minor units, 0 or more; what is reserved is not taken off, it stands on the holder's
  /// own.
  public static long of(SiteMemory rows, AccountRow account, long nowMs) {
    return !account.subsidised() ? 0
        : rows.purses(account.account()).stream().filter(purse -> !purse.isOver(nowMs))
            .mapToLong(purse -> rows.ledger(purse.ledger()).balance()).sum();
  }
}
