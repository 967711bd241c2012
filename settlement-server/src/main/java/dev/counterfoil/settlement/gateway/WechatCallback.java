package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.util.Optional;

/// Reads callbacks of WeChat Pay: verify over the raw bytes, decrypt, check that they are ours, translate. Pure and
/// stateless; a repeat reads the same as the first. (RCH-07)
public final class WechatCallback {

  private final WechatAccount account;
  private final WechatKeys keys;
  private final WechatVerifier verifier;

  public WechatCallback(WechatAccount account, WechatKeys keys) {
    this.account = account;
    this.keys = keys;
    this.verifier = new WechatVerifier(keys);
  }

  /// @param body the request's bytes as received
  public CallbackReading read(WechatHeaders headers, byte[] body, Instant now) {
    Optional<GatewayProblem> doubt = verifier.doubt(headers, body, now);
    if (doubt.isPresent()) {
      return new CallbackReading.Refused(doubt.get());
    }
    try {
      GatewayJson envelope = GatewayJson.read(body);
      String type = envelope.text("event_type");
      Optional<byte[]> content = WechatCipher.decrypt(keys.apiV3Key(), envelope.object("resource"));
      return content.isEmpty() ? refused(GatewayCode.GATEWAY_DECRYPT, type)
          : translate(type, GatewayJson.read(content.get()));
    } catch (MalformedMessageException e) {
      return new CallbackReading.Refused(e.as(GatewayCode.GATEWAY_CALLBACK_MALFORMED));
    }
  }

  private CallbackReading translate(String type, GatewayJson content) throws MalformedMessageException {
    if (!content.text("mchid").equals(account.merchantId())) {
      return refused(GatewayCode.GATEWAY_MERCHANT, type);
    }
    return switch (type) {
      case "TRANSACTION.SUCCESS" -> payment(content);
      case "REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED" -> refund(content);
      case "PAYSCORE.USER_PAID" -> score(content);
      // WeChat adds kinds; an unknown one refused would be sent again for a day.
      default -> new CallbackReading.Irrelevant(type);
    };
  }

  private CallbackReading payment(GatewayJson content) throws MalformedMessageException {
    if (!content.text("appid").equals(account.appId())) {
      return refused(GatewayCode.GATEWAY_MERCHANT, "appid");
    }
    return learned(content.text("out_trade_no"), WechatAnswers.payment(content));
  }

  private CallbackReading score(GatewayJson content) throws MalformedMessageException {
    if (!content.text("service_id").equals(account.scoreServiceId())) {
      return refused(GatewayCode.GATEWAY_MERCHANT, "service_id");
    }
    String orderId = content.text("out_order_no");
    return switch (WechatScoreAnswers.read(content)) {
      case ScoreAnswer.Paid(var payment) -> learned(orderId, new PaymentAnswer.Paid(payment));
      case ScoreAnswer.Unknown(var problem) -> new CallbackReading.Refused(problem);
      case ScoreAnswer.Created _,ScoreAnswer.Authorized _,ScoreAnswer.Completed _,ScoreAnswer.Revoked _,ScoreAnswer.NotFound _,ScoreAnswer.Refused _ ->
        new CallbackReading.Irrelevant("PAYSCORE.USER_PAID");
    };
  }

  private static CallbackReading learned(String orderId, PaymentAnswer answer) {
    return answer instanceof PaymentAnswer.Unknown(var problem) ? new CallbackReading.Refused(problem)
        : new CallbackReading.Genuine(orderId, new GatewayEvent.PaymentLearned(answer));
  }

  private static CallbackReading refund(GatewayJson content) throws MalformedMessageException {
    String refundId = content.text("out_refund_no");
    RefundAnswer answer = WechatAnswers.refund(refundId, content.text("refund_status"), content);
    return new CallbackReading.Genuine(content.text("out_trade_no"),
        new GatewayEvent.RefundLearned(refundId, answer));
  }

  private static CallbackReading refused(GatewayCode code, String detail) {
    return new CallbackReading.Refused(new GatewayProblem(code, detail));
  }
}
