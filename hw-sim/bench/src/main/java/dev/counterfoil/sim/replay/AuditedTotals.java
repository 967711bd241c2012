package dev.counterfoil.sim.replay;

import dev.counterfoil.sim.verify.RunFolder;
import dev.counterfoil.sim.verify.TerminalTally;
import java.io.IOException;

/// What an audit of the run's files finds settled.
///
/// @param sales       approved records posted exactly once
/// @param amountMinor what they came to
record AuditedTotals(long sales, long amountMinor) {

  static AuditedTotals read(RunFolder folder) {
    try {
      TerminalTally all = folder.audit().total();
      return new AuditedTotals(all.settled(), all.settledMinor());
    } catch (IOException e) {
      throw new IllegalStateException("the run's files cannot be read", e);
    }
  }
}
