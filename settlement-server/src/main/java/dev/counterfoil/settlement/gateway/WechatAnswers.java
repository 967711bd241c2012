package dev.counterfoil.settlement.gateway;

/// Reads verified answers and callback contents of WeChat Pay. Pure.
final class WechatAnswers {

  private WechatAnswers() {}

  /// A transaction, from a question or a callback.
  static PaymentAnswer payment(GatewayJson content) throws MalformedMessageException {
    return switch (content.text("trade_state")) {
      // REFUND: paid, and something went back since; refunds have numbers of their own.
      case "SUCCESS", "REFUND" -> paid(content);
      case "CLOSED", "REVOKED" -> new PaymentAnswer.Closed();
      // A failed attempt leaves the order open for another one.
      case "NOTPAY", "USERPAYING", "PAYERROR", "ACCEPT" -> new PaymentAnswer.Pending();
      default -> throw new MalformedMessageException("trade_state is none that is known");
    };
  }

  private static PaymentAnswer paid(GatewayJson content) throws MalformedMessageException {
    GatewayJson amount = content.object("amount");
    if (isForeign(amount)) {
      return new PaymentAnswer.Unknown(
          new GatewayProblem(GatewayCode.GATEWAY_CURRENCY, amount.words("currency")));
    }
    return new PaymentAnswer.Paid(new Payment(content.text("out_trade_no"), content.text("transaction_id"),
        amount.fen("total"), content.time("success_time")));
  }

  /// Callbacks of refunds name no currency.
  private static boolean isForeign(GatewayJson amount) {
    return amount.has("currency") && !amount.words("currency").equals("CNY");
  }

  /// A refund, from its request, a question or a callback.
  ///
  /// @param status called `status` in answers and `refund_status` in callbacks
  static RefundAnswer refund(String refundId, String status, GatewayJson content)
      throws MalformedMessageException {
    if (!content.text("out_refund_no").equals(refundId)) {
      throw new MalformedMessageException("out_refund_no is another one");
    }
    GatewayJson amount = content.object("amount");
    if (isForeign(amount)) {
      return new RefundAnswer.Unknown(
          new GatewayProblem(GatewayCode.GATEWAY_CURRENCY, amount.words("currency")));
    }
    return switch (status) {
      case "SUCCESS" -> new RefundAnswer.Refunded(refundId, amount.fen("refund"));
      case "PROCESSING" -> new RefundAnswer.Pending();
      case "CLOSED" -> new RefundAnswer.Failed(new GatewayProblem(GatewayCode.GATEWAY_REFUSED, "CLOSED"));
      case "ABNORMAL" ->
        new RefundAnswer.Unknown(new GatewayProblem(GatewayCode.GATEWAY_REFUND_ABNORMAL, refundId));
      default -> throw new MalformedMessageException("status is none that is known");
    };
  }
}
