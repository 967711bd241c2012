package dev.counterfoil.sim.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The file of items of a trade bill as Alipay prints it: remarks with `#`, tabs behind numbers, refunds below zero.
final class AlipayBillText {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss",
      Locale.ROOT);
  private static final String NAMES = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,"
      + "集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

  private AlipayBillText() {}

  static String of(List<SimulatedOrder> paid, Mood mood) {
    var lines = new ArrayList<String>();
    long paidFen = 0;
    long refundedFen = 0;
    int refunds = 0;
    for (SimulatedOrder order : paid) {
      lines.add(line(order, "", order.fen));
      paidFen += order.fen;
      order.refunds.forEach((refundId, fen) -> lines.add(line(order, refundId, -fen)));
      refundedFen += order.refundedFen();
      refunds += order.refunds.size();
    }
    if (mood.take(Misbehaviour.SHORT_BILL)) {
      lines.removeFirst();
    }
    return "#支付宝业务明细查询\r\n#账号：[2088]\r\n#-----业务明细列表-----\r\n" + NAMES + "\r\n" + String.join("\r\n", lines)
        + "\r\n#-----业务明细列表结束-----\r\n#交易合计：" + paid.size() + "笔，商家实收共" + GatewayBooks.yuan(paidFen)
        + "元，商家优惠共0.00元\r\n#退款合计：" + refunds + "笔，商家实收退款共" + GatewayBooks.yuan(-refundedFen)
        + "元，商家优惠退款共0.00元\r\n#导出时间：[2026年01月01日 00:00:00]\r\n";
  }

  private static String line(SimulatedOrder order, String refundId, long fen) {
    Instant at = order.paidAt == null ? order.expiresAt : order.paidAt;
    String time = TIME.format(at.atOffset(ZoneOffset.ofHours(8)));
    String amount = GatewayBooks.yuan(fen);
    return String.join(",", order.transactionId + "\t", order.id + "\t", refundId.isEmpty() ? "交易\t" : "退款\t",
        "饭卡充值", time, time, "\t", "\t", "\t", "\t", "*某(138****0000)\t", amount, amount, "0.00", "0.00",
        "0.00",
        "0.00", "0.00", "", "0.00\t", "0.00", refundId + "\t", "0.00", "0.00", "");
  }
}
