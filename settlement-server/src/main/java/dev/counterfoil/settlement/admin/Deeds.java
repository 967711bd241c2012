package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.store.AdminRow;
import java.time.InstantSource;
import java.util.function.Function;

/// Runs operators' deeds where the core runs, each in their log, and turns refusals into what a command answers.
final class Deeds {

  private final CoreAccess core;
  private final InstantSource clock;

  Deeds(CoreAccess core, InstantSource clock) {
    this.core = core;
    this.clock = clock;
  }

  /// @param detail the values, without secrets
  <T> T change(int site, String operator, String command, String detail, Function<SettlementCore, T> work) {
    var deed = new AdminRow(site, 0, clock.millis(), operator, command, detail);
    return ask(server -> server.byOperator(deed, work));
  }

  /// The same; a refusal stands in the log too, with its code (F-10).
  <T> T changeOrNoteRefusal(int site, String operator, String command, String detail,
      Function<SettlementCore, T> work) {
    try {
      return change(site, operator, command, detail, work);
    } catch (AdminRefusal refusal) {
      change(site, operator, command, detail + " refused=" + refusal.code(), server -> {
        server.touchStore(clock.millis());
        return refusal;
      });
      throw refusal;
    }
  }

  <T> T ask(Function<SettlementCore, T> work) {
    try {
      return core.call(work);
    } catch (RefusedException e) {
      throw new AdminRefusal(e.code(), e.facts());
    }
  }

}
