package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.operator.Permission;

/// Who may use a route.
sealed interface Access {

  /// Whoever reaches the server: signing in.
  record Anybody() implements Access {}

  /// Every operator with a live session, whatever the role: the session itself.
  record SignedIn() implements Access {}

  /// Operators whose role has the permission.
  record Needs(Permission permission) implements Access {}
}
