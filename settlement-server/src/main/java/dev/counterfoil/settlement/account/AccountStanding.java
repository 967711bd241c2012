package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.FreezeKind;
import org.jspecify.annotations.Nullable;

/// Both rows of an account, which change together.
public record AccountStanding(AccountRow row, AccountProfileRow profile) {

  AccountStatus status() {
    return row.status();
  }

  AccountStanding moved(AccountStatus next, @Nullable FreezeKind freeze, String reason, long nowMs) {
    return new AccountStanding(row.withStatus(next), profile.changed(freeze, reason, nowMs));
  }

  /// What the account's log says of the step from here to there.
  AccountEventRow logged(String event, AccountStanding next, long nowMs) {
    FreezeKind freeze = next.profile.freeze();
    String detail = freeze == null ? next.profile.reason()
        : freeze + ": " + next.profile.reason();
    return new AccountEventRow(row.site(), 0, row.account(), nowMs, event, status(), next.status(), detail);
  }
}
