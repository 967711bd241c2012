package dev.counterfoil.settlement.gateway;

import dev.counterfoil.protocol.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Builds the requests of Alipay's open platform that are used here, not yet signed. Pure.
final class AlipayRequests {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss",
      Locale.ROOT);

  private final AlipayAccount account;

  AlipayRequests(AlipayAccount account) {
    this.account = account;
  }

  SortedMap<String, String> precreate(OrderRequest request, Instant now) {
    return method("alipay.trade.precreate", now, account.notifyUrl(), order(request));
  }

  SortedMap<String, String> page(OrderRequest request, String returnUrl, Instant now) {
    SortedMap<String, String> parameters = method("alipay.trade.page.pay", now, account.notifyUrl(),
        order(request).put("product_code", "FAST_INSTANT_TRADE_PAY"));
    parameters.put("return_url", returnUrl);
    return parameters;
  }

  private static ObjectNode order(OrderRequest request) {
    return GatewayJson.write().put("out_trade_no", request.orderId())
        .put("total_amount", Money.decimal(request.amountFen()))
        // Bills are not quoted: a comma here would break the line of the bill.
        .put("subject", request.description().replaceAll("[,/=&]", " "))
        .put("time_expire", time(request.expiresAt()));
  }

  SortedMap<String, String> query(String orderId, Instant now) {
    return method("alipay.trade.query", now, "", GatewayJson.write().put("out_trade_no", orderId));
  }

  SortedMap<String, String> close(String orderId, Instant now) {
    return method("alipay.trade.close", now, "", GatewayJson.write().put("out_trade_no", orderId));
  }

  SortedMap<String, String> refund(RefundRequest request, Instant now) {
    return method("alipay.trade.refund", now, "",
        GatewayJson.write().put("out_trade_no", request.orderId()).put("out_request_no", request.refundId())
            .put("refund_amount", Money.decimal(request.amountFen())));
  }

  SortedMap<String, String> queryRefund(String orderId, String refundId, Instant now) {
    return method("alipay.trade.fastpay.refund.query", now, "",
        GatewayJson.write().put("out_trade_no", orderId).put("out_request_no", refundId));
  }

  SortedMap<String, String> bill(LocalDate day, Instant now) {
    return method("alipay.data.dataservice.bill.downloadurl.query", now, "",
        GatewayJson.write().put("bill_type", "trade").put("bill_date", day.toString()));
  }

  private SortedMap<String, String> method(String method, Instant now, String notifyUrl, ObjectNode content) {
    var parameters = new TreeMap<String, String>();
    parameters.put("app_id", account.appId());
    parameters.put("method", method);
    parameters.put("format", "JSON");
    parameters.put("charset", "utf-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", time(now));
    parameters.put("version", "1.0");
    if (!notifyUrl.isEmpty()) {
      parameters.put("notify_url", notifyUrl);
    }
    parameters.put("biz_content", new String(GatewayJson.bytes(content), StandardCharsets.UTF_8));
    return parameters;
  }

  /// Alipay writes and reads the wall clock of China.
  static String time(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.ofHours(8)));
  }
}
