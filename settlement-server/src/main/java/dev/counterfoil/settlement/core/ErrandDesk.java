package dev.counterfoil.settlement.core;

import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.refund.TerminalRefunds;
import dev.counterfoil.settlement.shift.ShiftDesk;
import dev.counterfoil.settlement.store.StoreMemory;

/// What somebody at a counter wants besides a purchase: every errand gets one answer, a refusal by its stable code.
/// Belongs to the core's thread.
final class ErrandDesk {

  private static final String UNKNOWN = "ERRAND_UNKNOWN";

  private final ShiftDesk shifts;
  private final TerminalRefunds refunds;

  ErrandDesk(StoreMemory memory, RefundDesk refunds) {
    this.shifts = new ShiftDesk(memory);
    this.refunds = new TerminalRefunds(memory, refunds);
  }

  ErrandAnswer answer(TerminalId terminal, Errand errand, long nowMs) {
    var answer = ErrandAnswer.newBuilder().setNumber(errand.getNumber());
    try {
      return switch (errand.getWhatCase()) {
        case SHIFT ->
          answer.setShift(shifts.answer(terminal, errand.getShift().getCloseSeq(), nowMs)).build();
        case REFUND -> answer.setRefund(refunds.answer(terminal, errand.getRefund(), nowMs)).build();
        case WHAT_NOT_SET -> answer.setProblem(UNKNOWN).build();
      };
    } catch (RefusedException e) {
      return answer.setProblem(e.code()).build();
    }
  }
}
