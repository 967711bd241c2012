package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlipayCallbackTest {

  private static final Map<String, String> PAID = Map.of("app_id", "2014072300007148", "out_trade_no",
      "order-1",
      "trade_no", "2026112122001", "trade_status", "TRADE_SUCCESS", "total_amount", "50.00", "gmt_payment",
      "2026-11-21 09:00:00", "subject", "饭卡 充值");

  private final AlipayCallback callback = new AlipayCallback(Keys.ALIPAY);

  @Test
  @Requirement({"RCH-07"})
  void aGenuineCallbackTellsThePayment() {
    assertThat(callback.read(signed(PAID))).isEqualTo(genuine(new PaymentAnswer.Paid(
        new Payment("order-1", "2026112122001", 5000, Instant.parse("2026-11-21T01:00:00Z")))));
  }

  @Test
  void oneChangedByteIsRefused() {
    byte[] body = signed(PAID);
    for (int i = 0; i < body.length; i++) {
      byte[] changed = body.clone();
      changed[i] = (byte) (changed[i] == 'x' ? 'y' : 'x');
      CallbackReading reading = callback.read(changed);
      if (!reading.equals(callback.read(body))) {
        assertThat(reading).as("byte " + i).isInstanceOf(CallbackReading.Refused.class);
      }
    }
    assertThat(callback.read(body)).isInstanceOf(CallbackReading.Genuine.class);
  }

  @Test
  void aNameThatOccursTwiceIsRefused() {
    byte[] twice = (new String(signed(PAID), StandardCharsets.UTF_8) + "&total_amount=50.00")
        .getBytes(StandardCharsets.UTF_8);

    assertThat(code(callback.read(twice))).isEqualTo(GatewayCode.GATEWAY_CALLBACK_MALFORMED);
  }

  @Test
  void anotherApplicationsPaymentIsRefused() {
    assertThat(code(callback.read(signed(changed("app_id", "2014072300007149")))))
        .isEqualTo(GatewayCode.GATEWAY_MERCHANT);
  }

  @Test
  void anAmountThatIsNoWholeFenIsRefused() {
    assertThat(code(callback.read(signed(changed("total_amount", "50.005")))))
        .isEqualTo(GatewayCode.GATEWAY_CALLBACK_MALFORMED);
  }

  /// Alipay says TRADE_CLOSED when all was given back; that is no word about the payment.
  @Test
  void aRefundIsAskedForAndClosesNothing() {
    Map<String, String> refund = changed("trade_status", "TRADE_CLOSED");
    refund.put("refund_fee", "50.00");
    refund.put("out_biz_no", "refund-1");

    assertThat(callback.read(signed(refund))).isEqualTo(new CallbackReading.Genuine("order-1",
        new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Pending())));
  }

  @Test
  void whatIsNotPaidIsTold() {
    assertThat(callback.read(signed(changed("trade_status", "WAIT_BUYER_PAY"))))
        .isEqualTo(genuine(new PaymentAnswer.Pending()));
    assertThat(callback.read(signed(changed("trade_status", "TRADE_CLOSED"))))
        .isEqualTo(genuine(new PaymentAnswer.Closed()));
  }

  private static CallbackReading genuine(PaymentAnswer answer) {
    return new CallbackReading.Genuine("order-1", new GatewayEvent.PaymentLearned(answer));
  }

  private static Map<String, String> changed(String name, String value) {
    var changed = new TreeMap<>(PAID);
    changed.put(name, value);
    return changed;
  }

  private static byte[] signed(Map<String, String> parameters) {
    var sorted = new TreeMap<>(parameters);
    String text = sorted.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("&"));
    sorted.put("sign", WechatMessages.signature(Keys.PLATFORM.getPrivate(), text));
    sorted.put("sign_type", "RSA2");
    return AlipayForm.write(sorted).getBytes(StandardCharsets.UTF_8);
  }

  private static GatewayCode code(CallbackReading reading) {
    assertThat(reading).isInstanceOf(CallbackReading.Refused.class);
    return ((CallbackReading.Refused) reading).problem().code();
  }
}
