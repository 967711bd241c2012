package dev.counterfoil.protocol.policy;

/// The outcome of [OfflinePolicy#decide].
public sealed interface OfflineVerdict {

  /// The terminal may approve by itself.
  ///
  /// @param accountId    account to charge
  /// @param balanceBeforeMinor spendable before this purchase, as far as the terminal knows
  /// @param balanceAfterMinor  the same after it, never below zero
  record Allowed(long accountId, long balanceBeforeMinor, long balanceAfterMinor) implements OfflineVerdict {}

  /// The terminal must refuse.
  record Refused(DeclineReason reason) implements OfflineVerdict {}
}
