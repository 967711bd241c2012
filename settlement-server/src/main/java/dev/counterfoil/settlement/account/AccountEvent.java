package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.UnfreezeKind;

/// What can happen to an account's state (SM-01). Every `reason` is one line for people and is kept.
public sealed interface AccountEvent {

  /// An application was answered with yes (ACC-08).
  record Approved() implements AccountEvent {}

  /// An application was answered with no.
  record Rejected(String reason) implements AccountEvent {}

  record Activated() implements AccountEvent {}

  /// Money came in, which activates an account that waits for it.
  record Recharged() implements AccountEvent {}

  record Frozen(FreezeKind kind, String reason) implements AccountEvent {}

  record Unfrozen(UnfreezeKind kind, String reason) implements AccountEvent {}

  record LossReported(String reason) implements AccountEvent {}

  record LossLifted(String reason) implements AccountEvent {}

  record Closed(String reason) implements AccountEvent {}

  /// It was in its state for too long (ACC-13).
  record TimedOut() implements AccountEvent {}

  /// A temporary account's last day is over (ACC-06).
  record Expired() implements AccountEvent {}

  /// What the account's log calls it; stable.
  default String name() {
    return switch (this) {
      case Approved _ -> "APPROVED";
      case Rejected _ -> "REJECTED";
      case Activated _ -> "ACTIVATED";
      case Recharged _ -> "RECHARGED";
      case Frozen _ -> "FROZEN";
      case Unfrozen _ -> "UNFROZEN";
      case LossReported _ -> "LOSS_REPORTED";
      case LossLifted _ -> "LOSS_LIFTED";
      case Closed _ -> "CLOSED";
      case TimedOut _ -> "TIMED_OUT";
      case Expired _ -> "EXPIRED";
    };
  }
}
