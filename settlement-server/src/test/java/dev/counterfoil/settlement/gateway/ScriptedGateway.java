package dev.counterfoil.settlement.gateway;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// A gateway that answers what the test has put there, and remembers what it was asked.
public final class ScriptedGateway implements PaymentGateway {

  private static final GatewayProblem SILENT = new GatewayProblem(GatewayCode.GATEWAY_TIMEOUT, "");

  public OrderAnswer order = new OrderAnswer.Accepted("weixin://pay/1");
  public PaymentAnswer payment = new PaymentAnswer.Pending();
  public CloseAnswer close = new CloseAnswer.Closed();
  public RefundAnswer refund = new RefundAnswer.Pending();
  public BillAnswer bill = new BillAnswer.Missing(SILENT);
  public final List<String> asked = new ArrayList<>();
  /// Happens while an order is being asked for.
  public Runnable meanwhile = () -> {
  };

  /// From now on nothing is known of anything.
  public void fallSilent() {
    order = new OrderAnswer.Unknown(SILENT);
    payment = new PaymentAnswer.Unknown(SILENT);
    refund = new RefundAnswer.Unknown(SILENT);
    close = new CloseAnswer.Unknown(SILENT);
  }

  @Override
  public OrderAnswer order(OrderRequest request) {
    asked.add("order " + request.amountFen());
    meanwhile.run();
    return order;
  }

  @Override
  public PaymentAnswer query(String orderId) {
    asked.add("query");
    return payment;
  }

  @Override
  public CloseAnswer close(String orderId) {
    asked.add("close");
    return close;
  }

  @Override
  public RefundAnswer refund(RefundRequest request) {
    asked.add("refund " + request.amountFen());
    return refund;
  }

  @Override
  public RefundAnswer queryRefund(String orderId, String refundId) {
    asked.add("queryRefund");
    return refund;
  }

  @Override
  public BillAnswer bill(LocalDate day) {
    return bill;
  }
}
