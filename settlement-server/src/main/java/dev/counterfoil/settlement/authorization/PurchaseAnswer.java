package dev.counterfoil.settlement.authorization;

import dev.counterfoil.proto.v1.Decision;

/// What asking for a purchase comes to.
public sealed interface PurchaseAnswer {

  record Decided(Decision decision) implements PurchaseAnswer {}

  /// Nothing was changed. Everything else is in order, and the password of the question has to be compared with this
  /// hash first, which takes longer than the core's thread may: compare it elsewhere and ask again with what it came to.
  record Compare(String stored) implements PurchaseAnswer {

    @Override
    public String toString() {
      return "Compare[]";
    }
  }
}
