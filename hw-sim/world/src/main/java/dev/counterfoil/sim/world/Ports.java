package dev.counterfoil.sim.world;

import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.terminal.journal.JournalStore;
import java.util.function.UnaryOperator;

/// What stands between the cores and their model media. The identity, except where somebody wants to see what a bad
/// medium does.
///
/// @param journal wraps the store of each run of a terminal
/// @param settlement wraps the store of each run of the server
public record Ports(UnaryOperator<JournalStore> journal, UnaryOperator<SettlementStore> settlement) {
  public static final Ports DIRECT = new Ports(UnaryOperator.identity(), UnaryOperator.identity());
}
