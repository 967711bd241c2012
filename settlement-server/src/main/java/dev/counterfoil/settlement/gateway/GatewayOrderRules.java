package dev.counterfoil.settlement.gateway;

import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The life of an order at a gateway, as a pure function. What holds whatever arrives, how often and in whichever order:
/// at most one {@link GatewayEffect.Credit}, only of the amount asked for; no step away from {@link Phase.Paid}; an
/// unknown outcome is asked for again and never taken for a failure. (RCH-06..08)
public final class GatewayOrderRules {

  private GatewayOrderRules() {}

  /// @param now the server's time
  public static GatewayStep step(GatewayOrder order, GatewayEvent event, Instant now) {
    return switch (event) {
      case GatewayEvent.Tick() -> tick(order, now);
      case GatewayEvent.Placed(var answer) -> placed(order, answer);
      case GatewayEvent.PaymentLearned(var answer) -> learned(order, answer, now);
      case GatewayEvent.CloseLearned(var answer) -> closed(order, answer);
      case GatewayEvent.RefundWanted wanted -> RefundRules.wanted(order, wanted, now);
      case GatewayEvent.RefundLearned(var refundId, var answer) ->
        RefundRules.learned(order, refundId, answer);
    };
  }

  private static GatewayStep tick(GatewayOrder order, Instant now) {
    if (!order.isDue(now)) {
      return GatewayStep.of(order);
    }
    GatewayOrder asked = order.asking(order.asking().asked(now));
    return switch (order.phase()) {
      case Phase.Placing(var sends) when sends == 0 && !order.isOver(now) -> place(asked, sends);
      // Never sent, so nobody can pay it.
      case Phase.Placing(var sends) when sends == 0 -> GatewayStep.of(order.in(new Phase.Closed()));
      case Phase.Placing _,Phase.Waiting _ -> GatewayStep.of(asked,
          order.isOver(now) ? new GatewayEffect.Close(order.orderId())
              : new GatewayEffect.Ask(order.orderId()));
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ -> RefundRules.tick(order, now);
    };
  }

  private static GatewayStep place(GatewayOrder order, int sends) {
    return GatewayStep.of(order.in(new Phase.Placing(Math.addExact(sends, 1))),
        new GatewayEffect.Place(order.request()));
  }

  private static GatewayStep placed(GatewayOrder order, OrderAnswer answer) {
    return switch (order.phase()) {
      case Phase.Placing(var sends) -> switch (answer) {
        case OrderAnswer.Accepted(var payUrl) -> GatewayStep.of(knows(order).in(new Phase.Waiting(payUrl)));
        // An earlier request of unknown outcome may have been taken: only this one was refused.
        case OrderAnswer.Refused(var problem) when sends > 1 -> unknown(order, problem);
        case OrderAnswer.Refused(var problem) -> GatewayStep.of(order.in(new Phase.Refused(problem)),
            new GatewayEffect.Fail(order.orderId(), problem));
        case OrderAnswer.Unknown(var problem) -> unknown(order, problem);
      };
      // The answer was overtaken by a callback or by another answer.
      case Phase.Waiting _,Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ ->
        GatewayStep.of(order);
    };
  }

  private static GatewayStep learned(GatewayOrder order, PaymentAnswer answer, Instant now) {
    return switch (answer) {
      case PaymentAnswer.Paid(var payment) -> paid(order, payment);
      case PaymentAnswer.Pending() -> pending(order, now);
      case PaymentAnswer.Closed() -> close(order);
      case PaymentAnswer.NotFound() -> notFound(order, now);
      case PaymentAnswer.Unknown(var problem) -> isUndecided(order) ? unknown(order, problem)
          : GatewayStep.of(order);
    };
  }

  private static GatewayStep paid(GatewayOrder order, Payment payment) {
    return switch (order.phase()) {
      case Phase.Placing _,Phase.Waiting _ -> accept(order, payment, List.of());
      // Money that arrived late is money: keeping it without booking it would be the worse mistake.
      case Phase.Closed _,Phase.Refused _ ->
        accept(order, payment,
            List.of(raise(order, GatewayCode.GATEWAY_PAID_AFTER_CLOSE, payment.transactionId())));
      case Phase.Paid(var known) -> repeated(order, known, payment);
      case Phase.Disputed(var known) -> repeated(order, known, payment);
    };
  }

  private static GatewayStep accept(GatewayOrder order, Payment payment, List<GatewayEffect> also) {
    if (!payment.orderId().equals(order.orderId())) {
      return GatewayStep.of(order,
          raise(order, GatewayCode.GATEWAY_PAYMENT_DIFFERS, "order=" + payment.orderId()));
    }
    if (payment.amountFen() != order.request().amountFen()) {
      return GatewayStep.of(order.in(new Phase.Disputed(payment)), raise(order,
          GatewayCode.GATEWAY_AMOUNT_DIFFERS,
          "asked=" + order.request().amountFen() + " paid=" + payment.amountFen() + " transaction="
              + payment.transactionId()));
    }
    var effects = new ArrayList<GatewayEffect>(List.of(new GatewayEffect.Credit(payment)));
    effects.addAll(also);
    return new GatewayStep(order.in(new Phase.Paid(payment)), effects);
  }

  /// Callbacks come several times by design. The time of payment may be told in another precision.
  private static GatewayStep repeated(GatewayOrder order, Payment known, Payment said) {
    boolean same = known.transactionId().equals(said.transactionId())
        && known.amountFen() == said.amountFen() && known.orderId().equals(said.orderId());
    return same ? GatewayStep.of(order)
        : GatewayStep.of(order, raise(order, GatewayCode.GATEWAY_PAYMENT_DIFFERS,
            "known=" + known.transactionId() + "/" + known.amountFen() + " said=" + said.transactionId() + "/"
                + said.amountFen()));
  }

  private static GatewayStep pending(GatewayOrder order, Instant now) {
    return switch (order.phase()) {
      // The gateway has the order, we lack the code for the payer: the same request gets it.
      case Phase.Placing(var sends) when !order.isOver(now) -> place(knows(order), sends);
      case Phase.Placing _,Phase.Waiting _ -> GatewayStep.of(knows(order));
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ -> GatewayStep.of(order);
    };
  }

  private static GatewayStep notFound(GatewayOrder order, Instant now) {
    return switch (order.phase()) {
      case Phase.Placing(var sends) when !order.isOver(now) -> place(order, sends);
      // An order that was there is not forgotten: a replica that lags. Asked again, closed after its expiry.
      case Phase.Placing _,Phase.Waiting _ -> GatewayStep.of(order);
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ -> GatewayStep.of(order);
    };
  }

  private static GatewayStep closed(GatewayOrder order, CloseAnswer answer) {
    return switch (answer) {
      case CloseAnswer.Closed() -> close(order);
      case CloseAnswer.AlreadyPaid() -> isUndecided(order)
          ? GatewayStep.of(order, new GatewayEffect.Ask(order.orderId()))
          : GatewayStep.of(order);
      case CloseAnswer.Unknown(var problem) -> isUndecided(order) ? unknown(order, problem)
          : GatewayStep.of(order);
    };
  }

  private static GatewayStep close(GatewayOrder order) {
    return switch (order.phase()) {
      case Phase.Placing _,Phase.Waiting _ -> GatewayStep.of(order.in(new Phase.Closed()));
      // Alipay calls an order closed that was given back in full; and answers can be overtaken.
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ -> GatewayStep.of(order);
    };
  }

  private static boolean isUndecided(GatewayOrder order) {
    return switch (order.phase()) {
      case Phase.Placing _,Phase.Waiting _ -> true;
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ -> false;
    };
  }

  private static GatewayOrder knows(GatewayOrder order) {
    return order.asking(order.asking().toldSomething());
  }

  private static GatewayStep unknown(GatewayOrder order, GatewayProblem problem) {
    GatewayOrder still = order.asking(order.asking().toldNothing());
    return still.asking().becameUnresolved()
        ? GatewayStep.of(still, raise(order, GatewayCode.GATEWAY_UNRESOLVED, problem.toString()))
        : GatewayStep.of(still);
  }

  static GatewayEffect raise(GatewayOrder order, GatewayCode code, String detail) {
    return new GatewayEffect.Raise(order.orderId(), new GatewayProblem(code, detail));
  }
}
