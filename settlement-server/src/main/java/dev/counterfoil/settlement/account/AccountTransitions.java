package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.policy.AccountStatus;

/// Which states of an account may follow which (SM-01).
final class AccountTransitions {

  private AccountTransitions() {}

  static boolean allows(AccountStatus from, AccountStatus to) {
    return switch (from) {
      case PENDING -> to == AccountStatus.NORMAL || to == AccountStatus.CANCELLED;
      case NORMAL -> to == AccountStatus.FROZEN || to == AccountStatus.LOST || to == AccountStatus.CANCELLED;
      case FROZEN, LOST -> to == AccountStatus.NORMAL || to == AccountStatus.CANCELLED;
      case CANCELLED -> false;
    };
  }
}
