package dev.counterfoil.settlement.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Reads callbacks of Alipay: verify all parameters, check that they are ours, translate. Pure and stateless. Alipay
/// names no age from which a callback is stale and repeats for 25 hours; a replay moves nothing. (RCH-07)
public final class AlipayCallback {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss",
      Locale.ROOT);

  private final AlipayAccount account;
  private final AlipaySigner signer;

  public AlipayCallback(AlipayAccount account) {
    this.account = account;
    this.signer = new AlipaySigner(account);
  }

  /// @param body the request's bytes as received, a form
  public CallbackReading read(byte[] body) {
    try {
      Map<String, String> form = AlipayForm.read(body);
      if (!signer.isAlipays(form)) {
        return refused(GatewayCode.GATEWAY_SIGNATURE, "");
      }
      return account.appId().equals(form.get("app_id")) ? translate(form)
          : refused(GatewayCode.GATEWAY_MERCHANT, "app_id");
    } catch (MalformedMessageException e) {
      return new CallbackReading.Refused(e.as(GatewayCode.GATEWAY_CALLBACK_MALFORMED));
    }
  }

  private static CallbackReading translate(Map<String, String> form) throws MalformedMessageException {
    String orderId = text(form, "out_trade_no");
    if (form.containsKey("refund_fee") && form.containsKey("out_biz_no")) {
      // Its amount is that of all refunds so far: no word about this one, so it is asked for.
      return new CallbackReading.Genuine(orderId,
          new GatewayEvent.RefundLearned(text(form, "out_biz_no"), new RefundAnswer.Pending()));
    }
    return switch (text(form, "trade_status")) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" -> learned(orderId, new PaymentAnswer.Paid(payment(form)));
      case "TRADE_CLOSED" -> learned(orderId, new PaymentAnswer.Closed());
      case "WAIT_BUYER_PAY" -> learned(orderId, new PaymentAnswer.Pending());
      default -> new CallbackReading.Irrelevant(text(form, "trade_status"));
    };
  }

  private static CallbackReading learned(String orderId, PaymentAnswer answer) {
    return new CallbackReading.Genuine(orderId, new GatewayEvent.PaymentLearned(answer));
  }

  private static Payment payment(Map<String, String> form) throws MalformedMessageException {
    return new Payment(text(form, "out_trade_no"), text(form, "trade_no"),
        GatewayJson.yuan("total_amount", text(form, "total_amount")), time(text(form, "gmt_payment")));
  }

  private static String text(Map<String, String> form, String name) throws MalformedMessageException {
    String value = form.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new MalformedMessageException(name + " is missing");
    }
    return value;
  }

  static Instant time(String text) throws MalformedMessageException {
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.ofHours(8));
    } catch (DateTimeException _) {
      throw new MalformedMessageException("no time");
    }
  }

  private static CallbackReading refused(GatewayCode code, String detail) {
    return new CallbackReading.Refused(new GatewayProblem(code, detail));
  }
}
