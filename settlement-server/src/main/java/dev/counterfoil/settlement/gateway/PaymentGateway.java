package dev.counterfoil.settlement.gateway;

import java.time.LocalDate;

/// A payment gateway as the server sees it. Every call blocks for at most the configured time-out, an interrupt ends it
/// with an unknown outcome and stays set; every call may be repeated, because gateways know orders and refunds by our
/// numbers. Implementations are safe for use by several threads and throw nothing for what a gateway or a network does.
public interface PaymentGateway {

  /// Asks for an order to be collected.
  OrderAnswer order(OrderRequest request);

  /// Asks whether an order was paid.
  PaymentAnswer query(String orderId);

  /// Takes back an order that was not paid.
  CloseAnswer close(String orderId);

  /// Gives back all or a part of a payment.
  RefundAnswer refund(RefundRequest request);

  /// Asks what became of a refund.
  RefundAnswer queryRefund(String orderId, String refundId);

  /// Fetches and checks the bill of a day.
  ///
  /// @param day of the gateway, in China's time; not today
  BillAnswer bill(LocalDate day);
}
