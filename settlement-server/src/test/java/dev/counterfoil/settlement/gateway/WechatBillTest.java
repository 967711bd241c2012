package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WechatBillTest {

  private static final String NAMES = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
      + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTAL_NAMES = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

  @Test
  void aBillIsReadToTheFenAndItsFeesToTheThousandth() {
    BillAnswer answer = WechatBill
        .read(bytes("\uFEFF" + NAMES, payment("4200001", "order-1", 5000, "0.30000"),
            refund("4200001", "order-1", "refund-1", 2000, "-0.12000"), TOTAL_NAMES,
            "`2,`50.00,`20.00,`0.00,`0.18000,`50.00,`20.00"));

    assertThat(answer).isInstanceOf(BillAnswer.Published.class);
    GatewayBill bill = ((BillAnswer.Published) answer).bill();
    assertThat(bill.totals()).isEqualTo(new GatewayBill.Totals(2, 5000, 2000, 18_000));
    assertThat(bill.lines()).containsExactly(
        new GatewayBill.Line(false, LocalDateTime.of(2026, 11, 20, 11, 0), "4200001", "order-1", "", 5000,
            30_000),
        new GatewayBill.Line(true, LocalDateTime.of(2026, 11, 20, 11, 0), "4200001", "order-1", "refund-1",
            2000,
            -12_000));
  }

  @Test
  void aDayWithoutItemsIsABillToo() {
    BillAnswer answer = WechatBill
        .read(bytes(NAMES, TOTAL_NAMES, "`0,`0.00,`0.00,`0.00,`0.00,`0.00,`0.00"));

    assertThat(answer).isEqualTo(
        new BillAnswer.Published(new GatewayBill(List.of(), new GatewayBill.Totals(0, 0, 0, 0))));
  }

  @Test
  void aBillThatWasCutAnywhereIsNeverPublished() {
    byte[] whole = bytes(NAMES, payment("4200001", "order-1", 5000, "0.30000"),
        refund("4200001", "order-1", "refund-1", 2005, "0.00600"), TOTAL_NAMES,
        "`2,`50.00,`20.05,`0.00,`0.30600,`50.00,`20.05");
    assertThat(WechatBill.read(whole)).isInstanceOf(BillAnswer.Published.class);
    // Without its last line break it is still whole.
    for (int length = 0; length < whole.length - 2; length++) {
      BillAnswer answer = WechatBill.read(Arrays.copyOf(whole, length));
      assertThat(code(answer)).as("cut at " + length).isIn(GatewayCode.GATEWAY_BILL_TRUNCATED,
          GatewayCode.GATEWAY_BILL_MALFORMED, GatewayCode.GATEWAY_BILL_TOTALS);
    }
  }

  @Test
  void aMissingLineIsFoundByTheTotals() {
    assertThat(code(WechatBill.read(bytes(NAMES, payment("4200001", "order-1", 5000, "0.30000"), TOTAL_NAMES,
        "`2,`51.00,`0.00,`0.00,`0.30600,`51.00,`0.00")))).isEqualTo(GatewayCode.GATEWAY_BILL_TOTALS);
  }

  @Test
  void aBillWithoutTotalsIsTruncated() {
    assertThat(code(WechatBill.read(bytes(NAMES, payment("4200001", "order-1", 5000, "0.30000")))))
        .isEqualTo(GatewayCode.GATEWAY_BILL_TRUNCATED);
  }

  @Test
  void theLineThatCannotBeReadIsNamed() {
    BillAnswer answer = WechatBill.read(bytes(NAMES, payment("4200001", "order-1", 5000, "0.30000"),
        payment("4200002", "order-2", 100, "0.00600").replace("SUCCESS", "STOLEN"), TOTAL_NAMES,
        "`2,`51.00,`0.00,`0.00,`0.30600,`51.00,`0.00"));

    assertThat(code(answer)).isEqualTo(GatewayCode.GATEWAY_BILL_MALFORMED);
    assertThat(answer.toString()).contains("line=3");
  }

  /// Whatever the items are, the bill reads back; whatever one byte turns into, nothing wrong is published.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void seededBillsReadBackAndChangedOnesDoNotLie(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 50; round++) {
      var lines = new ArrayList<String>(List.of(NAMES));
      long paid = 0;
      long refunded = 0;
      int count = random.nextInt(12);
      for (int i = 0; i < count; i++) {
        long fen = random.nextLong(1, 1_000_000);
        boolean refund = random.nextInt(4) == 0;
        lines.add(refund ? refund("t" + i, "order-" + i, "refund-" + i, fen, "0.00000")
            : payment("t" + i, "order-" + i, fen, "0.00000"));
        paid += refund ? 0 : fen;
        refunded += refund ? fen : 0;
      }
      lines.add(TOTAL_NAMES);
      lines.add(
          "`" + count + ",`" + Money.decimal(paid) + ",`0.00,`0.00,`0.00000,`" + Money.decimal(paid) + ",`"
              + Money.decimal(refunded));
      byte[] file = bytes(lines.toArray(String[]::new));
      String where = "seed " + seed + " round " + round;

      var expected = new GatewayBill.Totals(count, paid, refunded, 0);
      assertThat(totals(WechatBill.read(file))).as(where).isEqualTo(expected);
      for (int change = 0; change < 40; change++) {
        byte[] changed = file.clone();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        BillAnswer answer = WechatBill.read(changed);
        // A changed digit in a column that is not summed may pass; a changed sum may not.
        if (answer instanceof BillAnswer.Published) {
          assertThat(totals(answer).paidFen() + totals(answer).refundedFen()).as(where)
              .isEqualTo(paid + refunded);
        }
      }
    }
  }

  private static GatewayBill.Totals totals(BillAnswer answer) {
    assertThat(answer).isInstanceOf(BillAnswer.Published.class);
    return ((BillAnswer.Published) answer).bill().totals();
  }

  private static GatewayCode code(BillAnswer answer) {
    assertThat(answer).isInstanceOf(BillAnswer.Rejected.class);
    return ((BillAnswer.Rejected) answer).problem().code();
  }

  private static String payment(String transaction, String order, long fen, String fee) {
    return line(transaction, order, "SUCCESS", "", fee, Money.decimal(fen), "0.00");
  }

  private static String refund(String transaction, String order, String refund, long fen, String fee) {
    return line(transaction, order, "REFUND", refund, fee, "0.00", Money.decimal(fen));
  }

  private static String line(String transaction, String order, String state, String refund, String fee,
      String amount, String back) {
    return "`" + String.join(",`", "2026-11-20 11:00:00", "wxd678", "1900000001", "0", "", transaction, order,
        "openid", "NATIVE", state, "OTHERS", "CNY", amount, "0.00", "50001", refund, back, "0.00", "ORIGINAL",
        "",
        "Card recharge, canteen", "", fee, "0.60%", amount, back, "");
  }

  private static byte[] bytes(String... lines) {
    return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
