package dev.counterfoil.settlement.gateway;

import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundLine;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// Refunds of a paid order, as pure functions. Each refund number is booked at most once, and all that are not refused
/// never exceed the payment.
final class RefundRules {

  private RefundRules() {}

  static GatewayStep wanted(GatewayOrder order, GatewayEvent.RefundWanted wanted, Instant now) {
    Optional<RefundLine> known = line(order, wanted.refundId());
    if (known.isPresent() && known.get().amountFen() != wanted.amountFen()) {
      return GatewayStep.of(order, GatewayOrderRules.raise(order, GatewayCode.GATEWAY_REFUND_DIFFERS,
          "refund=" + wanted.refundId()));
    }
    // A refused one may be wanted again; WeChat asks for the same number then.
    if (known.isPresent() && known.get().phase() != RefundPhase.REFUSED) {
      return GatewayStep.of(order);
    }
    if (!(order.phase() instanceof Phase.Paid(var payment)) || wanted.amountFen() > order.refundableFen()) {
      return GatewayStep.of(order, new GatewayEffect.Fail(order.orderId(),
          new GatewayProblem(GatewayCode.GATEWAY_REFUND_EXCEEDS, "refund=" + wanted.refundId())));
    }
    var line = new RefundLine(wanted.refundId(), wanted.amountFen(), RefundPhase.OPEN, 0,
        Asking.dueAt(now).asked(now));
    return send(order, line, payment);
  }

  private static GatewayStep send(GatewayOrder order, RefundLine line, Payment payment) {
    return GatewayStep.of(order.with(line.sent()), new GatewayEffect.SendRefund(
        new RefundRequest(order.orderId(), line.refundId(), line.amountFen(), payment.amountFen())));
  }

  static GatewayStep tick(GatewayOrder order, Instant now) {
    GatewayOrder asked = order;
    var effects = new ArrayList<GatewayEffect>();
    for (RefundLine line : order.openRefunds().filter(open -> open.asking().isDue(now)).toList()) {
      asked = asked.with(line.asking(line.asking().asked(now)));
      effects.add(new GatewayEffect.AskRefund(order.orderId(), line.refundId()));
    }
    return new GatewayStep(asked, effects);
  }

  static GatewayStep learned(GatewayOrder order, String refundId, RefundAnswer answer) {
    Optional<RefundLine> line = line(order, refundId);
    if (line.isEmpty() || !(order.phase() instanceof Phase.Paid(var payment))) {
      // Made on the gateway's own page: the books do not know what for.
      return answer instanceof RefundAnswer.Refunded ? GatewayStep.of(order,
          GatewayOrderRules.raise(order, GatewayCode.GATEWAY_REFUND_DIFFERS, "refund=" + refundId))
          : GatewayStep.of(order);
    }
    return switch (line.get().phase()) {
      case OPEN -> open(order, line.get(), answer, payment);
      case REFUSED -> refused(order, line.get(), answer);
      case DONE, DISPUTED -> GatewayStep.of(order);
    };
  }

  private static GatewayStep open(GatewayOrder order, RefundLine line, RefundAnswer answer, Payment payment) {
    return switch (answer) {
      case RefundAnswer.Refunded refunded -> book(order, line, refunded);
      case RefundAnswer.Pending() -> GatewayStep.of(order.with(line.asking(line.asking().toldSomething())));
      case RefundAnswer.NotFound() -> send(order, line, payment);
      // An earlier request of unknown outcome may have been taken: only this one was refused.
      case RefundAnswer.Refused(var problem) when line.sends() > 1 -> unknown(order, line, problem);
      case RefundAnswer.Refused(var problem) -> fail(order, line, problem);
      case RefundAnswer.Failed(var problem) -> fail(order, line, problem);
      case RefundAnswer.Unknown(var problem) -> unknown(order, line, problem);
    };
  }

  private static GatewayStep fail(GatewayOrder order, RefundLine line, GatewayProblem problem) {
    return GatewayStep.of(order.with(line.in(RefundPhase.REFUSED)),
        new GatewayEffect.Fail(order.orderId(), problem));
  }

  private static GatewayStep book(GatewayOrder order, RefundLine line, RefundAnswer.Refunded refunded) {
    if (refunded.amountFen() != line.amountFen()) {
      return GatewayStep.of(order.with(line.in(RefundPhase.DISPUTED)),
          GatewayOrderRules.raise(order, GatewayCode.GATEWAY_AMOUNT_DIFFERS, "refund=" + line.refundId()
              + " asked=" + line.amountFen() + " refunded=" + refunded.amountFen()));
    }
    return GatewayStep.of(order.with(line.in(RefundPhase.DONE)),
        new GatewayEffect.GiveBack(order.orderId(), line.refundId(), line.amountFen()));
  }

  private static GatewayStep refused(GatewayOrder order, RefundLine line, RefundAnswer answer) {
    if (!(answer instanceof RefundAnswer.Refunded refunded)) {
      return GatewayStep.of(order);
    }
    // What the refusal had set free may have been given back under another number since.
    if (line.amountFen() > order.refundableFen()) {
      return GatewayStep.of(order.with(line.in(RefundPhase.DISPUTED)), GatewayOrderRules.raise(order,
          GatewayCode.GATEWAY_REFUND_EXCEEDS, "refund=" + line.refundId() + " late"));
    }
    GatewayStep booked = book(order, line, refunded);
    var effects = new ArrayList<>(booked.effects());
    effects.add(GatewayOrderRules.raise(order, GatewayCode.GATEWAY_REFUND_LATE, "refund=" + line.refundId()));
    return new GatewayStep(booked.order(), effects);
  }

  private static GatewayStep unknown(GatewayOrder order, RefundLine line, GatewayProblem problem) {
    Asking asking = line.asking().toldNothing();
    GatewayOrder still = order.with(line.asking(asking));
    return asking.becameUnresolved()
        ? GatewayStep.of(still, GatewayOrderRules.raise(order, GatewayCode.GATEWAY_UNRESOLVED,
            "refund=" + line.refundId() + " " + problem))
        : GatewayStep.of(still);
  }

  private static Optional<RefundLine> line(GatewayOrder order, String refundId) {
    return order.refunds().stream().filter(line -> line.refundId().equals(refundId)).findFirst();
  }
}
