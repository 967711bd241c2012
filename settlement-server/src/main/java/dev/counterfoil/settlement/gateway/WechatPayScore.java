package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Pay-score orders of WeChat Pay: authorise, hand out, complete with what was taken, be paid. (ORD-08) Every call may be
/// repeated. Thread-safe; blocks as long as the gateway it belongs to.
public final class WechatPayScore {

  private static final String ORDERS = "/v3/payscore/serviceorder";
  private static final int NOT_FOUND = 404;

  private final WechatAccount account;
  private final WechatClient client;

  public WechatPayScore(WechatAccount account, WechatGateway gateway) {
    this.account = account;
    this.client = gateway.client();
  }

  /// Asks the user to authorise an order.
  public ScoreAnswer authorize(ScoreRequest request) {
    return read(client.send(authorization(request)), request.orderId(), false);
  }

  public ScoreAnswer query(String orderId) {
    return read(client.send(WechatRequest.get(ORDERS + "?out_order_no=" + orderId + "&service_id="
        + account.scoreServiceId() + "&appid=" + account.appId())), orderId, true);
  }

  /// Tells what was taken; the money follows by itself and is told by a callback.
  ///
  /// @param amountFen what is due, in fen; 0 ends the order without payment
  /// @param endedAt when the service ended
  public ScoreAnswer complete(String orderId, long amountFen, Instant endedAt) {
    return read(client.send(completion(orderId, amountFen, endedAt)), orderId, false);
  }

  /// Takes an order back that nothing was taken on.
  ///
  /// @param reason 1 to 50 characters
  public ScoreAnswer cancel(String orderId, String reason) {
    return switch (client.send(WechatRequest.post(ORDERS + "/" + orderId + "/cancel", ours().put("reason",
        reason)))) {
      case WechatClient.Answer.Good _ -> new ScoreAnswer.Revoked();
      case WechatClient.Answer.Bad(var _, var _, var problem) -> new ScoreAnswer.Refused(problem);
      case WechatClient.Answer.Lost(var problem) -> new ScoreAnswer.Unknown(problem);
    };
  }

  private ObjectNode ours() {
    return GatewayJson.write().put("appid", account.appId()).put("service_id", account.scoreServiceId());
  }

  WechatRequest authorization(ScoreRequest request) {
    ObjectNode body = ours().put("out_order_no", request.orderId())
        .put("service_introduction", request.introduction()).put("notify_url", account.notifyUrl())
        .put("need_user_confirm", true);
    body.putObject("time_range").put("start_time", "OnAccept");
    body.putObject("risk_fund").put("name", "ESTIMATE_ORDER_COST").put("amount", request.riskFen());
    return WechatRequest.post(ORDERS, body);
  }

  WechatRequest completion(String orderId, long amountFen, Instant endedAt) {
    ObjectNode body = ours().put("total_amount", amountFen);
    body.putArray("post_payments").addObject().put("name", "商品").put("amount", amountFen).put("count", 1);
    body.putObject("time_range").put("end_time", WechatTimes.compact(endedAt));
    return WechatRequest.post(ORDERS + "/" + orderId + "/complete", body);
  }

  private static ScoreAnswer read(WechatClient.Answer answer, String orderId, boolean question) {
    try {
      return switch (answer) {
        case WechatClient.Answer.Good(var body) -> read(GatewayJson.read(body), orderId);
        case WechatClient.Answer.Bad(var status, var _, var _) when question && status == NOT_FOUND ->
          new ScoreAnswer.NotFound();
        case WechatClient.Answer.Bad(var _, var _, var problem) -> question
            ? new ScoreAnswer.Unknown(problem)
            : new ScoreAnswer.Refused(problem);
        case WechatClient.Answer.Lost(var problem) -> new ScoreAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new ScoreAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private static ScoreAnswer read(GatewayJson content, String orderId) throws MalformedMessageException {
    if (!content.text("out_order_no").equals(orderId)) {
      throw new MalformedMessageException("out_order_no is another one");
    }
    return WechatScoreAnswers.read(content);
  }
}
