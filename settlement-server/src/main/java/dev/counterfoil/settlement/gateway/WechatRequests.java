package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/// Builds the requests of WeChat Pay API v3 that are used here. Pure. Paths need no escaping: order and refund numbers
/// have none of the characters that would.
final class WechatRequests {

  private static final String ORDERS = "/v3/pay/transactions/";
  private static final String REFUNDS = "/v3/refund/domestic/refunds";

  private final WechatAccount account;

  WechatRequests(WechatAccount account) {
    this.account = account;
  }

  WechatRequest nativeOrder(OrderRequest request) {
    return WechatRequest.post(ORDERS + "native", order(request));
  }

  WechatRequest inAppOrder(OrderRequest request, String payerId) {
    ObjectNode body = order(request);
    body.putObject("payer").put("openid", payerId);
    return WechatRequest.post(ORDERS + "jsapi", body);
  }

  private ObjectNode order(OrderRequest request) {
    ObjectNode body = GatewayJson.write().put("appid", account.appId()).put("mchid", account.merchantId())
        .put("description", request.description()).put("out_trade_no", request.orderId())
        .put("time_expire", chinaTime(request.expiresAt())).put("notify_url", account.notifyUrl());
    body.putObject("amount").put("total", request.amountFen()).put("currency", "CNY");
    return body;
  }

  WechatRequest query(String orderId) {
    return WechatRequest.get(ORDERS + "out-trade-no/" + orderId + "?mchid=" + account.merchantId());
  }

  WechatRequest close(String orderId) {
    return WechatRequest.post(ORDERS + "out-trade-no/" + orderId + "/close",
        GatewayJson.write().put("mchid", account.merchantId()));
  }

  WechatRequest refund(RefundRequest request) {
    ObjectNode body = GatewayJson.write().put("out_trade_no", request.orderId())
        .put("out_refund_no", request.refundId()).put("notify_url", account.notifyUrl());
    body.putObject("amount").put("refund", request.amountFen()).put("total", request.paidFen())
        .put("currency", "CNY");
    return WechatRequest.post(REFUNDS, body);
  }

  WechatRequest queryRefund(String refundId) {
    return WechatRequest.get(REFUNDS + "/" + refundId);
  }

  WechatRequest bill(LocalDate day) {
    return WechatRequest.get("/v3/bill/tradebill?bill_date=" + day + "&bill_type=ALL");
  }

  /// RFC 3339 in China's time without fractions, the only form that WeChat documents.
  static String chinaTime(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME
        .format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.ofHours(8)));
  }
}
