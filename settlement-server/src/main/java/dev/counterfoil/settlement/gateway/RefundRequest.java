package dev.counterfoil.settlement.gateway;

/// What a gateway is asked to give back. The same request may be sent again: gateways know a refund by its ID.
///
/// @param orderId the paid order
/// @param refundId our number of the refund, the same form as an order's
/// @param amountFen what is given back, in fen, at least 1
/// @param paidFen what was paid for the whole order, in fen, at least `amountFen`
public record RefundRequest(String orderId, String refundId, long amountFen, long paidFen) {

  public RefundRequest {
    OrderRequest.requireId(orderId);
    OrderRequest.requireId(refundId);
    if (amountFen < 1 || amountFen > paidFen) {
      throw new IllegalArgumentException("refund of " + amountFen + " fen of " + paidFen);
    }
  }
}
