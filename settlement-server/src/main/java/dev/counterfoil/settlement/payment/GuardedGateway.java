package dev.counterfoil.settlement.payment;

import dev.counterfoil.settlement.circuit.Circuit;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.CloseAnswer;
import dev.counterfoil.settlement.gateway.OrderAnswer;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.PaymentAnswer;
import dev.counterfoil.settlement.gateway.PaymentGateway;
import dev.counterfoil.settlement.gateway.RefundAnswer;
import dev.counterfoil.settlement.gateway.RefundRequest;
import java.time.LocalDate;

/// A gateway whose outcomes tell the circuits how it is (PAY-25). What is under way is never held up by a circuit: only new
/// orders and refunds are, before they are written. Thread-safe.
final class GuardedGateway implements PaymentGateway {

  private final PaymentGateway gateway;
  private final Circuit payments;
  private final Circuit refunds;

  GuardedGateway(PaymentGateway gateway, Circuits circuits) {
    this.gateway = gateway;
    this.payments = circuits.of(GuardedOperation.CONSUME_PAYMENT);
    this.refunds = circuits.of(GuardedOperation.CONSUME_REFUND);
  }

  @Override
  public OrderAnswer order(OrderRequest request) {
    OrderAnswer answer = gateway.order(request);
    switch (answer) {
      case OrderAnswer.Accepted _,OrderAnswer.Refused _ -> payments.succeeded();
      case OrderAnswer.Unknown _ -> payments.failed();
    }
    return answer;
  }

  @Override
  public PaymentAnswer query(String orderId) {
    return gateway.query(orderId);
  }

  @Override
  public CloseAnswer close(String orderId) {
    return gateway.close(orderId);
  }

  @Override
  public RefundAnswer refund(RefundRequest request) {
    RefundAnswer answer = gateway.refund(request);
    switch (answer) {
      case RefundAnswer.Refunded _,RefundAnswer.Pending _,RefundAnswer.NotFound _,RefundAnswer.Failed _,RefundAnswer.Refused _ ->
        refunds.succeeded();
      case RefundAnswer.Unknown _ -> refunds.failed();
    }
    return answer;
  }

  @Override
  public RefundAnswer queryRefund(String orderId, String refundId) {
    return gateway.queryRefund(orderId, refundId);
  }

  @Override
  public BillAnswer bill(LocalDate day) {
    return gateway.bill(day);
  }
}
