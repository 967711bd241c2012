package dev.counterfoil.settlement.engine;

import dev.counterfoil.settlement.core.SettlementCore;
import java.util.function.Function;

/// Runs a piece of work where the core may be used, and waits for its result. Exceptions of the work come through.
@FunctionalInterface
public interface CoreAccess {

  <T> T call(Function<SettlementCore, T> work);
}
