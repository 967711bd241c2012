package dev.counterfoil.settlement.freeze;

import dev.counterfoil.settlement.store.FreezeKind;

/// What is to be frozen, by whom and why (FRZ-01, FRZ-03).
///
/// @param amount minor units; 0 for the whole account
/// @param reason in the operator's words, never blank
/// @param condition what must be met before an operator may unfreeze it, empty if nothing
/// @param expiresMs server time at which it ends by itself, 0 = never
public record FreezeOrder(long account, long amount, FreezeKind kind, String reason, String condition,
    String operator, long expiresMs) {

  public static FreezeOrder ofAmount(long account, long amount, FreezeKind kind, String reason,
      String operator) {
    return new FreezeOrder(account, amount, kind, reason, "", operator, 0);
  }

  public static FreezeOrder ofAccount(long account, FreezeKind kind, String reason, String operator) {
    return new FreezeOrder(account, 0, kind, reason, "", operator, 0);
  }

  public FreezeOrder until(long nextMs) {
    return new FreezeOrder(account, amount, kind, reason, condition, operator, nextMs);
  }

  public FreezeOrder onlyIf(String next) {
    return new FreezeOrder(account, amount, kind, reason, next, operator, expiresMs);
  }
}
