package dev.counterfoil.sim.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A trade bill as WeChat prints it: BOM, a back-tick before every field, totals in the last two lines.
final class WechatBillText {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss",
      Locale.ROOT);
  private static final String NAMES = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
      + "代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTAL_NAMES = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

  private WechatBillText() {}

  static byte[] of(List<SimulatedOrder> paid, String merchantId, Mood mood) {
    var lines = new ArrayList<String>();
    long paidFen = 0;
    long refundedFen = 0;
    for (SimulatedOrder order : paid) {
      lines.add(line(order, merchantId, "", order.fen));
      paidFen += order.fen;
      order.refunds.forEach((refundId, fen) -> lines.add(line(order, merchantId, refundId, fen)));
      refundedFen += order.refundedFen();
    }
    String totals = "`" + lines.size() + ",`" + GatewayBooks.yuan(paidFen) + ",`"
        + GatewayBooks.yuan(refundedFen) + ",`0.00,`0.00000,`" + GatewayBooks.yuan(paidFen) + ",`"
        + GatewayBooks.yuan(refundedFen);
    if (mood.take(Misbehaviour.SHORT_BILL)) {
      lines.removeFirst();
    }
    lines.addFirst("\uFEFF" + NAMES);
    lines.add(TOTAL_NAMES);
    lines.add(totals);
    byte[] file = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    return mood.take(Misbehaviour.CUT_BILL) ? Arrays.copyOf(file, file.length / 2) : file;
  }

  private static String line(SimulatedOrder order, String merchantId, String refundId, long fen) {
    boolean refund = !refundId.isEmpty();
    Instant at = order.paidAt == null ? order.expiresAt : order.paidAt;
    String amount = GatewayBooks.yuan(refund ? 0 : fen);
    String back = GatewayBooks.yuan(refund ? fen : 0);
    return "`" + String.join(",`", TIME.format(at.atOffset(ZoneOffset.ofHours(8))), SimulatorKeys.APP_ID,
        merchantId, "0",
        "", order.transactionId, order.id, "payer", "NATIVE", refund ? "REFUND" : "SUCCESS", "OTHERS", "CNY",
        amount, "0.00", refund ? "5" + refundId : "0", refund ? refundId : "0", back, "0.00",
        refund ? "ORIGINAL" : "", refund ? "SUCCESS" : "", "Recharge, canteen", "", "0.00000", "0.60%",
        amount,
        back, "");
  }
}
