package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WechatSignerTest {

  private static final Pattern TOKEN = Pattern
      .compile("nonce_str=\"(\\w+)\",timestamp=\"(\\d+)\",serial_no=\"\\w+\",signature=\"([^\"]+)\"");

  private final WechatSigner signer = new WechatSigner(Keys.WECHAT, Keys.wechat());

  /// The example request of WeChat's documentation, signed by openssl with the committed test key.
  @Test
  void signsWhatOpensslSigns() {
    var keys = new WechatKeys("1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C",
        GatewayKeyText.privateKey(Keys.text("test-key.pem")), Map.of(), WechatKeys.apiV3Key(Keys.API_KEY));

    assertThat(new WechatSigner(Keys.WECHAT, keys).authorization(WechatRequest.get("/v3/certificates"),
        1554208460, "593BEC0C930BF1AFEB40B4A08C8FB242")).isEqualTo(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"593BEC0C930BF1AFEB40B4A08C8FB242\","
                + "timestamp=\"1554208460\",serial_no=\"1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C\",signature=\""
                + "WQu4eSOrjHyAPdyEjU3mm1xLQ0ysb9Y3uUEpMZQ+XOrE+eoYyS/0pWsGX95yPRERM7iwO5xMMXJ1UPAWYhOVcA"
                + "TpqnHZ8YwsZH/5ETxGh/E7P3XzGHG/3IowOYuWyvhDWmptFaSdKyCX0fGgTVj3Mt5lX00R7fwRCF81YYxmGAY0"
                + "L0sxvtFfMnH433S2vj+Bn57cuvfdBBSKt5eX3fe+3URsJkfuW3DzNPgITw3efcM8Z21r6+SOamiYSnDClu63sb"
                + "u3X3iJ9e28mQVAWJcaGQui4KU8oBBkJ6Vhj6yidL1wGBW4uCfXsNmBVBo1gP5TQqkjIJpVM5o8/DvU2w6XrA=="
                + "\"");
  }

  @Test
  void signsWhatTheOfficialSdkSigns() {
    WechatRequest request = new WechatRequests(Keys.WECHAT).bill(LocalDate.of(2026, 11, 20));
    String theirs = new WechatPay2Credential("1900000001", new RSASigner("5F2A", Keys.MERCHANT.getPrivate()))
        .getAuthorization(URI.create("https://api.mch.weixin.qq.com" + request.path()), "GET", "");
    Matcher token = TOKEN.matcher(theirs);
    assertThat(token.find()).isTrue();

    assertThat(signer.authorization(request, Long.parseLong(token.group(2)), token.group(1)))
        .isEqualTo(theirs);
  }

  @Test
  void theOfficialSdkAcceptsASignedBody() {
    WechatRequest request = new WechatRequests(Keys.WECHAT).query("order-1");
    WechatRequest close = new WechatRequests(Keys.WECHAT).close("order-1");
    Matcher token = TOKEN.matcher(signer.authorization(close, 1554208460, "abc"));
    assertThat(token.find()).isTrue();
    String body = new String(close.body(), StandardCharsets.UTF_8);

    var verifier = new RSAVerifier(Keys.MERCHANT.getPublic(), "5F2A");
    assertThat(verifier.verify("5F2A", "POST\n" + close.path() + "\n1554208460\nabc\n" + body + "\n",
        token.group(3))).isTrue();
    assertThat(request.path()).isEqualTo("/v3/pay/transactions/out-trade-no/order-1?mchid=1900000001");
  }

  @Test
  void inAppParametersAreSignedLineByLine() throws MalformedMessageException {
    GatewayJson parameters = GatewayJson
        .read(signer.inAppParameters("wx201410272009395522657a690389285100", 1414561699, "5K8264ILTKCH16CQ")
            .getBytes(StandardCharsets.UTF_8));

    var verifier = new RSAVerifier(Keys.MERCHANT.getPublic(), "5F2A");
    assertThat(verifier.verify("5F2A", "wxd678efh567hg6787\n1414561699\n5K8264ILTKCH16CQ\n"
        + "prepay_id=wx201410272009395522657a690389285100\n", parameters.text("paySign"))).isTrue();
    assertThat(parameters.text("signType")).isEqualTo("RSA");
  }

  @Test
  void keysAreNeverInAMessage() {
    assertThat(Keys.wechat().toString()).isEqualTo("WechatKeys[serial=5F2A, platform=[PUB_KEY_ID_01]]");
    assertThatThrownBy(() -> WechatKeys.apiV3Key("too short")).hasMessageNotContaining("too short");
    assertThatThrownBy(() -> GatewayKeyText.privateKey("abcd")).hasMessageNotContaining("abcd");
  }
}
