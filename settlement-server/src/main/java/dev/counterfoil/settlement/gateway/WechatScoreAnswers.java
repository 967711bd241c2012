package dev.counterfoil.settlement.gateway;

/// Reads pay-score orders, from answers and callbacks. Pure.
final class WechatScoreAnswers {

  private WechatScoreAnswers() {}

  static ScoreAnswer read(GatewayJson content) throws MalformedMessageException {
    return switch (content.text("state")) {
      case "CREATED" -> new ScoreAnswer.Created(content.words("package"));
      case "DOING" -> content.words("state_description").equals("MCH_COMPLETE") ? new ScoreAnswer.Completed()
          : new ScoreAnswer.Authorized();
      case "DONE" -> done(content);
      case "REVOKED", "EXPIRED" -> new ScoreAnswer.Revoked();
      default -> throw new MalformedMessageException("state is none that is known");
    };
  }

  private static ScoreAnswer done(GatewayJson content) throws MalformedMessageException {
    if (!content.has("collection") || !content.object("collection").text("state").equals("USER_PAID")) {
      return new ScoreAnswer.Completed();
    }
    GatewayJson collection = content.object("collection");
    var details = collection.node().path("details");
    if (!details.isArray() || details.isEmpty()) {
      throw new MalformedMessageException("details are missing");
    }
    GatewayJson last = new GatewayJson(details.get(details.size() - 1));
    return new ScoreAnswer.Paid(new Payment(content.text("out_order_no"), last.text("transaction_id"),
        collection.fen("paid_amount"), WechatTimes.compact(last.text("paid_time"))));
  }
}
