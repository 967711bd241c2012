package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Requirement({"ORD-08"})
class WechatPayScoreTest {

  @Test
  void anOrderIsAuthorisedForTheMostThatCanBecomeDue() {
    try (var http = new GatewayHttp(Duration.ofSeconds(1))) {
      WechatRequest request = score(http).authorization(new ScoreRequest("order-1", "Cabinet 7", 20_000));

      assertThat(request.method() + " " + request.path()).isEqualTo("POST /v3/payscore/serviceorder");
      assertThat(text(request)).isEqualTo(
          """
          {"appid":"wxd678efh567hg6787","service_id":"2002000000000558128851361561536","out_order_no":"order-1",\
          "service_introduction":"Cabinet 7","notify_url":"https://pay.example/wechat","need_user_confirm":true,\
          "time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"ESTIMATE_ORDER_COST","amount":20000}}""");
    }
  }

  @Test
  void whatWasTakenIsTheTotalAndItsOnlyItem() {
    try (var http = new GatewayHttp(Duration.ofSeconds(1))) {
      WechatRequest request = score(http).completion("order-1", 1250, Keys.NOW);

      assertThat(request.path()).isEqualTo("/v3/payscore/serviceorder/order-1/complete");
      assertThat(text(request)).isEqualTo(
          """
          {"appid":"wxd678efh567hg6787","service_id":"2002000000000558128851361561536","total_amount":1250,\
          "post_payments":[{"name":"商品","amount":1250,"count":1}],"time_range":{"end_time":"20261121090000"}}""");
    }
  }

  @Test
  void statesAreReadAndAForeignOneIsNotGuessed() throws MalformedMessageException {
    assertThat(read("{\"state\":\"CREATED\",\"package\":\"pkg\"}")).isEqualTo(new ScoreAnswer.Created("pkg"));
    assertThat(read("{\"state\":\"DOING\",\"state_description\":\"USER_CONFIRM\"}"))
        .isEqualTo(new ScoreAnswer.Authorized());
    assertThat(read("{\"state\":\"DOING\",\"state_description\":\"MCH_COMPLETE\"}"))
        .isEqualTo(new ScoreAnswer.Completed());
    assertThat(read("{\"state\":\"DONE\",\"collection\":{\"state\":\"USER_PAYING\"}}"))
        .isEqualTo(new ScoreAnswer.Completed());
    assertThat(read("{\"state\":\"EXPIRED\"}")).isEqualTo(new ScoreAnswer.Revoked());
  }

  private static ScoreAnswer read(String content) throws MalformedMessageException {
    return WechatScoreAnswers.read(GatewayJson.read(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(WechatRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static WechatPayScore score(GatewayHttp http) {
    return new WechatPayScore(Keys.WECHAT,
        new WechatGateway(http, URI.create("http://127.0.0.1:1"), Keys.WECHAT,
            Keys.wechat(), () -> Keys.NOW, () -> "nonce"));
  }
}
