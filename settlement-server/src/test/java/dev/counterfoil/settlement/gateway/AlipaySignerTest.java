package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlipaySignerTest {

  private static final String PRIVATE = Base64.getEncoder()
      .encodeToString(Keys.MERCHANT.getPrivate().getEncoded());
  private static final String ALIPAYS_PRIVATE = Base64.getEncoder()
      .encodeToString(Keys.PLATFORM.getPrivate().getEncoded());

  private final AlipaySigner signer = new AlipaySigner(Keys.ALIPAY);
  private final AlipayRequests requests = new AlipayRequests(Keys.ALIPAY);

  @Test
  void signsWhatOpensslSigns() {
    var account = new AlipayAccount("2014072300007148", "",
        GatewayKeyText.privateKey(Keys.text("test-key.pem")),
        GatewayKeyText.publicKey(Keys.text("test-key-public.pem")));

    SortedMap<String, String> signed = new AlipaySigner(account)
        .sign(new AlipayRequests(account).query("order-1", Keys.NOW));

    String golden = "B/M8O9+rtgPW4MRRYw7LVAFcj+bq+SE6Ri3OAglWDjL7yY7vMiJqDCKYjOAc2xILWx1n10c0ToFafEEfPW6Lb/"
        + "tQmthAPpCeRvlAL/ouxpZp8UV6jLsnWdS/RudaRdB5p1uKuzs2xquXVYv1yChqklRGxLVmhhTOGUTmrCgVGf1t"
        + "6JAi6RiLV80zbjrLGICPNLRKT7UNSwxPahkTwBYkY0uffkag+NqsjvFYxAyAX7Df2hVbfxhug7awD1gub/qD28"
        + "w2Xtdk/uwoDtgKI4iqPXL7gyoPJtmTyyIYP4gcq6zWbMJGVzGK6r4pwIGqfUiJ8W2YyEXEGpVTpMxA7BxReQ==";
    signed.remove("format");
    assertThat(new AlipaySigner(account).sign(without(signed, "sign")).get("sign")).isEqualTo(golden);
  }

  @Test
  void signsWhatTheOfficialSdkSigns() throws AlipayApiException {
    var order = new OrderRequest("order-1", 5000, "Card recharge 饭卡充值", Keys.NOW.plusSeconds(900),
        new OrderRequest.Presentation.Code());
    SortedMap<String, String> parameters = requests.precreate(order, Keys.NOW);

    assertThat(signer.sign(parameters).get("sign")).isEqualTo(
        AlipaySignature.rsaSign(AlipaySignature.getSignContent(parameters), PRIVATE, "utf-8", "RSA2"));
  }

  @Test
  void acceptsACallbackThatTheOfficialSdkSigns() throws AlipayApiException {
    Map<String, String> callback = callback();

    assertThat(signer.isAlipays(callback)).isTrue();
    assertThat(AlipaySignature.rsaCheckV1(new LinkedHashMap<>(callback),
        Base64.getEncoder().encodeToString(Keys.PLATFORM.getPublic().getEncoded()), "utf-8", "RSA2"))
        .isTrue();
  }

  @Test
  void aCallbackWithAnythingChangedAddedOrLeftOutIsNotAlipays() throws AlipayApiException {
    for (String name : callback().keySet()) {
      Map<String, String> changed = callback();
      changed.put(name, "x" + changed.get(name));
      Map<String, String> less = callback();
      less.remove(name);
      // Which algorithm was meant is not ours to be told.
      assertThat(signer.isAlipays(changed)).as(name).isEqualTo(name.equals("sign_type"));
      assertThat(signer.isAlipays(less)).as(name).isEqualTo(name.equals("sign_type"));
    }
    Map<String, String> more = callback();
    more.put("zzz", "1");
    assertThat(signer.isAlipays(more)).isFalse();
  }

  @Test
  void anAnswerIsVerifiedInItsOwnCharacters() throws MalformedMessageException {
    String node = "{\"code\":\"10000\", \"msg\":\"Success } {\\\"\",\"out_trade_no\":\"o1\"}";
    String body = "{\"alipay_trade_query_response\": " + node + " ,\"sign\":\""
        + WechatMessages.signature(Keys.PLATFORM.getPrivate(), node) + "\"}";

    AlipayEnvelope envelope = AlipayEnvelope.read("alipay.trade.query",
        body.getBytes(StandardCharsets.UTF_8));

    assertThat(envelope.node()).isEqualTo(node);
    assertThat(signer.isAlipays(envelope.node(), envelope.signature())).isTrue();
    assertThat(signer.isAlipays(envelope.node().replace("10000", "10001"), envelope.signature())).isFalse();
  }

  @Test
  void anAnswerToAnotherQuestionOrTwoAnswersAreNone() {
    assertThatThrownBy(() -> AlipayEnvelope.read("alipay.trade.query",
        "{\"alipay_trade_close_response\":{},\"sign\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("alipay_trade_query_response is missing");
    assertThatThrownBy(() -> AlipayEnvelope.read("alipay.trade.query",
        "{\"alipay_trade_query_response\":{\"a\":1},\"alipay_trade_query_response\":{\"a\":2},\"sign\":\"x\"}"
            .getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("two answers");
  }

  private static Map<String, String> callback() throws AlipayApiException {
    Map<String, String> callback = new TreeMap<>(Map.of("app_id", "2014072300007148", "out_trade_no",
        "order-1",
        "trade_no", "2026112122001", "trade_status", "TRADE_SUCCESS", "total_amount", "50.00", "gmt_payment",
        "2026-11-21 09:00:00", "subject", "饭卡 充值 & more", "notify_id", "n1", "charset", "utf-8"));
    callback.put("sign",
        AlipaySignature.rsaSign(AlipaySignature.getSignContent(callback), ALIPAYS_PRIVATE, "utf-8", "RSA2"));
    callback.put("sign_type", "RSA2");
    return callback;
  }

  private static SortedMap<String, String> without(SortedMap<String, String> map, String name) {
    var copy = new TreeMap<>(map);
    copy.remove(name);
    return copy;
  }
}
