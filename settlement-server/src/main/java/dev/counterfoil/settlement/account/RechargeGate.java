package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LimitReads;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.RechargeReads;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.Optional;

/// Whether an account may be recharged now: its state first, before anybody outside is asked (RCH-05), then the limits
/// (RCH-09). What is under way counts like what is booked, else ten open orders would be ten times the limit.
public final class RechargeGate {

  private final SettlementReads reads;
  private final CoreSettings settings;

  public RechargeGate(SettlementReads reads, CoreSettings settings) {
    this.reads = reads;
    this.settings = settings;
  }

  /// @param amount minor units
  /// @throws RefusedException ACCOUNT_NOT_NORMAL or a {@link RechargeLimits.Refusal}
  public void require(AccountRow row, RechargeMethod method, long amount, long nowMs) {
    requireState(row);
    long dayFrom = settings.startOf(settings.dayAt(nowMs));
    LimitReads.Recharges today = reads.limits().recharges(row.site(), row.account(), dayFrom);
    RechargeReads.UnderWay underWay = reads.recharges().underWay(row.site(), row.account(), dayFrom);
    long sum = Math.addExact(today.sumMinor(), underWay.pendingMinor());
    long count = Math.addExact(today.count(), underWay.count());
    Optional<RechargeLimits.Refusal> refusal = settings.recharges().refusal(amount, sum, count);
    (refusal.isPresent() || !method.isSelfService() ? refusal
        : settings.recharges().selfServiceRefusal(amount, underWay.selfServiceMinor())).ifPresent(found -> {
          throw new RefusedException(found.name(), found.meaning() + ": " + amount + " minor units after "
              + sum + " in " + count + " today");
        });
  }

  private static void requireState(AccountRow row) {
    switch (row.status()) {
      case NORMAL, PENDING -> {
        // Its first recharge takes a pending account into use (RCH-10).
      }
      case FROZEN, LOST, CANCELLED -> throw new RefusedException("ACCOUNT_NOT_NORMAL",
          "account " + row.number() + " is " + row.status());
    }
  }
}
