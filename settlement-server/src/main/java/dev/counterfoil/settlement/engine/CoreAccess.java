package dev.counterfoil.settlement.engine;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.core.SettlementCore;
import java.util.function.Function;

/// Runs a piece of work where the core may be used, and waits for its result. Exceptions of the work come through.
@FunctionalInterface
public interface CoreAccess {

  <T> T call(Function<SettlementCore, T> work);

  /// The same for work that changes nothing that terminals keep.
  default <T> T quietly(Function<SettlementCore, T> work) {
    return call(work);
  }

  /// Work has moved a terminal's chain without its connection: whoever waits for that is told. Without a running server
  /// nobody does.
  default void movedOn(TerminalId terminal) {
    // Nothing waits.
  }
}
