package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.model.Transaction;
import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WechatCallbackTest {

  private static final byte[] BODY = WechatMessages.callback("TRANSACTION.SUCCESS", WechatMessages.PAID);
  private static final WechatHeaders SIGNED = WechatMessages.sign(BODY, Keys.NOW.getEpochSecond());

  private final WechatCallback callback = new WechatCallback(Keys.WECHAT, Keys.wechat());

  @Test
  @Requirement({"RCH-07"})
  void aGenuineCallbackTellsThePayment() {
    assertThat(callback.read(SIGNED, BODY, Keys.NOW)).isEqualTo(new CallbackReading.Genuine("order-1",
        new GatewayEvent.PaymentLearned(new PaymentAnswer.Paid(
            new Payment("order-1", "4200001", 5000, Instant.parse("2026-11-21T01:00:00Z"))))));
  }

  /// What these tests send is what WeChat sends, says WeChat's own reader.
  @Test
  void theOfficialSdkReadsTheSameCallback() {
    var parser = new NotificationParser(
        Map.of("WECHATPAY2-SHA256-RSA2048", new RSAVerifier(Keys.PLATFORM.getPublic(), "PUB_KEY_ID_01")),
        Map.of("AEAD_AES_256_GCM", new AeadAesCipher(Keys.API_KEY.getBytes(StandardCharsets.UTF_8))));
    RequestParam request = new RequestParam.Builder().serialNumber(SIGNED.serial()).nonce(SIGNED.nonce())
        .signature(SIGNED.signature()).timestamp(SIGNED.timestamp()).signType("WECHATPAY2-SHA256-RSA2048")
        .body(new String(BODY, StandardCharsets.UTF_8)).build();

    Transaction theirs = parser.parse(request, Transaction.class);

    assertThat(theirs.getOutTradeNo()).isEqualTo("order-1");
    assertThat(theirs.getAmount().getTotal()).isEqualTo(5000);
  }

  @ParameterizedTest
  @ValueSource(longs = {301, -301, 86_400, Long.MAX_VALUE})
  void anOldCallbackIsRefused(long age) {
    assertThat(
        code(callback.read(WechatMessages.sign(BODY, Keys.NOW.getEpochSecond() - age), BODY, Keys.NOW)))
        .isEqualTo(GatewayCode.GATEWAY_CALLBACK_STALE);
  }

  @ParameterizedTest
  @ValueSource(longs = {300, 0, -300})
  void aCallbackOfFiveMinutesIsTaken(long age) {
    assertThat(callback.read(WechatMessages.sign(BODY, Keys.NOW.getEpochSecond() - age), BODY, Keys.NOW))
        .isInstanceOf(CallbackReading.Genuine.class);
  }

  @Test
  void oneChangedByteAnywhereIsAWrongSignature() {
    for (int i = 0; i < BODY.length; i++) {
      byte[] changed = BODY.clone();
      changed[i] ^= 1;
      assertThat(code(callback.read(SIGNED, changed, Keys.NOW))).as("byte " + i)
          .isEqualTo(GatewayCode.GATEWAY_SIGNATURE);
    }
  }

  /// The same JSON in other bytes is not what was signed.
  @Test
  void bytesAreVerifiedAndNotTheirMeaning() {
    byte[] spaced = (" " + new String(BODY, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

    assertThat(code(callback.read(SIGNED, spaced, Keys.NOW))).isEqualTo(GatewayCode.GATEWAY_SIGNATURE);
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    var forged = new WechatHeaders("PUB_KEY_ID_01", SIGNED.timestamp(), "n0nce",
        WechatMessages.signature(Keys.MERCHANT.getPrivate(),
            SIGNED.timestamp() + "\nn0nce\n" + new String(BODY, StandardCharsets.UTF_8) + "\n"));
    var unknown = new WechatHeaders("PUB_KEY_ID_02", SIGNED.timestamp(), "n0nce", SIGNED.signature());
    var none = new WechatHeaders("PUB_KEY_ID_01", SIGNED.timestamp(), "n0nce", "");

    assertThat(code(callback.read(forged, BODY, Keys.NOW))).isEqualTo(GatewayCode.GATEWAY_SIGNATURE);
    assertThat(code(callback.read(unknown, BODY, Keys.NOW))).isEqualTo(GatewayCode.GATEWAY_SERIAL);
    assertThat(code(callback.read(none, BODY, Keys.NOW))).isEqualTo(GatewayCode.GATEWAY_SIGNATURE);
  }

  @Test
  void anotherMerchantsPaymentIsRefused() {
    assertThat(code(read("TRANSACTION.SUCCESS", WechatMessages.PAID.replace("1900000001", "1900000002"))))
        .isEqualTo(GatewayCode.GATEWAY_MERCHANT);
    assertThat(code(read("TRANSACTION.SUCCESS", WechatMessages.PAID.replace("wxd678", "wxd679"))))
        .isEqualTo(GatewayCode.GATEWAY_MERCHANT);
  }

  @Test
  void anotherCurrencyIsRefused() {
    assertThat(code(read("TRANSACTION.SUCCESS", WechatMessages.PAID.replace("CNY", "USD"))))
        .isEqualTo(GatewayCode.GATEWAY_CURRENCY);
  }

  @Test
  void anAmountThatIsNoWholeFenOrIsThereTwiceIsRefused() {
    assertThat(
        code(read("TRANSACTION.SUCCESS", WechatMessages.PAID.replace("\"total\":5000", "\"total\":50.5"))))
        .isEqualTo(GatewayCode.GATEWAY_CALLBACK_MALFORMED);
    assertThat(code(read("TRANSACTION.SUCCESS",
        WechatMessages.PAID.replace("\"total\":5000", "\"total\":1,\"total\":5000"))))
        .isEqualTo(GatewayCode.GATEWAY_CALLBACK_MALFORMED);
  }

  @Test
  void aContentUnderAnotherKeyIsToldApart() {
    var keys = new WechatKeys("5F2A", Keys.MERCHANT.getPrivate(),
        Map.of("PUB_KEY_ID_01", Keys.PLATFORM.getPublic()),
        WechatKeys.apiV3Key("another-key-of-thirty-two-bytes!"));

    assertThat(code(new WechatCallback(Keys.WECHAT, keys).read(SIGNED, BODY, Keys.NOW)))
        .isEqualTo(GatewayCode.GATEWAY_DECRYPT);
  }

  @Test
  void aRefundIsToldByItsOwnNumberAndAmount() {
    String content = """
        {"mchid":"1900000001","out_trade_no":"order-1","transaction_id":"4200001","out_refund_no":"refund-1",\
        "refund_id":"5000001","refund_status":"SUCCESS","success_time":"2026-11-21T09:10:00+08:00",\
        "amount":{"total":5000,"refund":2000,"payer_total":5000,"payer_refund":2000}}""";

    assertThat(read("REFUND.SUCCESS", content)).isEqualTo(new CallbackReading.Genuine("order-1",
        new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Refunded("refund-1", 2000))));
  }

  @Test
  @Requirement({"ORD-08"})
  void aPayScoreOrderIsPaidByItsCallback() {
    String content = """
        {"mchid":"1900000001","appid":"wxd678efh567hg6787","service_id":"2002000000000558128851361561536",\
        "out_order_no":"order-1","state":"DONE","total_amount":1250,"collection":{"state":"USER_PAID",\
        "paid_amount":1250,"paying_amount":0,"total_amount":1250,"details":[{"seq":1,"amount":1250,\
        "paid_type":"NEWTON","paid_time":"20261121090000","transaction_id":"4200009"}]}}""";

    assertThat(read("PAYSCORE.USER_PAID", content)).isEqualTo(new CallbackReading.Genuine("order-1",
        new GatewayEvent.PaymentLearned(new PaymentAnswer.Paid(
            new Payment("order-1", "4200009", 1250, Instant.parse("2026-11-21T01:00:00Z"))))));
  }

  @Test
  void anUnknownKindIsTakenWithoutEffect() {
    assertThat(read("COUPON.USE", WechatMessages.PAID))
        .isEqualTo(new CallbackReading.Irrelevant("COUPON.USE"));
  }

  private CallbackReading read(String type, String content) {
    byte[] body = WechatMessages.callback(type, content);
    return callback.read(WechatMessages.sign(body, Keys.NOW.getEpochSecond()), body, Keys.NOW);
  }

  private static GatewayCode code(CallbackReading reading) {
    assertThat(reading).isInstanceOf(CallbackReading.Refused.class);
    return ((CallbackReading.Refused) reading).problem().code();
  }
}
