package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where orders are kept. Safe for use by several threads and servers: nothing is written over that somebody else has
/// changed meanwhile.
public interface GatewayOrders {

  /// @return empty if there is no such order of this gateway
  Optional<GatewayOrder> load(String orderId);

  /// Writes the new state and everything that goes with it in one commit, or nothing. A {@link GatewayEffect.Credit} or
  /// {@link GatewayEffect.GiveBack} posts to the ledger in that same commit.
  ///
  /// @return whether `before` was still what is kept; if not, the caller loads again and steps again
  boolean commit(GatewayOrder before, GatewayOrder after, List<GatewayEffect.Entry> entries);

  /// IDs of orders that are due, the longest due first.
  ///
  /// @param most at most so many
  List<String> due(Instant now, int most);
}
