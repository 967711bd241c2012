package dev.counterfoil.sim.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The Alipay half: the open platform's trade methods as far as the server uses them.
final class AlipaySide {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss",
      Locale.ROOT);
  /// How long the address of a bill is good.
  private static final long BILL_SECONDS = 30;

  private final JsonMapper json = JsonMapper.shared();
  private final GatewayBooks books;
  private final SimulatorKeys keys;
  private final Mood mood;
  private final InstantSource clock;
  private final CallbackPost post;

  AlipaySide(GatewayBooks books, SimulatorKeys keys, Mood mood, InstantSource clock, CallbackPost post) {
    this.books = books;
    this.keys = keys;
    this.mood = mood;
    this.clock = clock;
    this.post = post;
  }

  SimulatedAnswer answer(SimulatedRequest request, String base) {
    Map<String, String> form = form(request.text());
    String method = form.getOrDefault("method", "");
    ObjectNode node = isMerchants(form) ? route(method, form, base) : bad("isv.invalid-signature");
    PrivateKey key = mood.take(Misbehaviour.FORGE_ANSWER) ? keys.stranger().getPrivate()
        : keys.platform().getPrivate();
    String text = node.toString();
    return SimulatedAnswer.text(200, "{\"" + method.replace('.', '_') + "_response\":" + text + ",\"sign\":\""
        + SimulatorKeys.sign(key, text) + "\"}");
  }

  private boolean isMerchants(Map<String, String> form) {
    var signed = new TreeMap<>(form);
    String signature = Optional.ofNullable(signed.remove("sign")).orElse("");
    return SimulatorKeys.ALIPAY_APP_ID.equals(form.get("app_id"))
        && SimulatorKeys.verifies(keys.merchant().getPublic(), joined(signed), signature);
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> form(String text) {
    var form = new TreeMap<String, String>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private ObjectNode route(String method, Map<String, String> form, String base) {
    if (mood.take(Misbehaviour.REFUSE)) {
      return bad("ACQ.INVALID_PARAMETER");
    }
    JsonNode content = json.readTree(form.getOrDefault("biz_content", "{}"));
    String orderId = content.path("out_trade_no").asString("");
    return switch (method) {
      case "alipay.trade.precreate" -> order(orderId, content, form.getOrDefault("notify_url", ""));
      case "alipay.trade.query" -> query(orderId);
      case "alipay.trade.close" -> close(orderId);
      case "alipay.trade.refund" -> refund(orderId, content);
      case "alipay.trade.fastpay.refund.query" ->
        refundOf(orderId, content.path("out_request_no").asString());
      case "alipay.data.dataservice.bill.downloadurl.query" -> billAddress(base);
      default -> bad("isv.invalid-method");
    };
  }

  private ObjectNode order(String orderId, JsonNode content, String notifyUrl) {
    Instant expiresAt = LocalDateTime.parse(content.path("time_expire").asString(), TIME)
        .toInstant(ZoneOffset.ofHours(8));
    return books.order(orderId, fen(content.path("total_amount").asString()), notifyUrl, expiresAt)
        .map(code -> bad(code.equals("ORDERPAID") ? "ACQ.TRADE_HAS_SUCCESS" : "ACQ." + code))
        .orElseGet(() -> good().put("out_trade_no", orderId).put("qr_code", "https://qr.alipay.example/sim"));
  }

  private static long fen(String yuan) {
    return new BigDecimal(yuan).movePointRight(2).longValueExact();
  }

  private ObjectNode query(String orderId) {
    return books.find(orderId).map(order -> {
      ObjectNode node = good().put("out_trade_no", order.id).put("trade_no", order.transactionId)
          .put("trade_status", state(order)).put("total_amount", GatewayBooks.yuan(order.saidFen));
      Instant paidAt = order.paidAt;
      return paidAt == null ? node : node.put("send_pay_date", time(paidAt));
    }).orElseGet(() -> bad("ACQ.TRADE_NOT_EXIST"));
  }

  private static String state(SimulatedOrder order) {
    return switch (order.state) {
      case OPEN -> "WAIT_BUYER_PAY";
      case CLOSED -> "TRADE_CLOSED";
      case PAID -> order.refundedFen() == order.fen ? "TRADE_CLOSED" : "TRADE_SUCCESS";
    };
  }

  private ObjectNode close(String orderId) {
    return books.find(orderId)
        .map(
            order -> books.close(order) ? good().put("out_trade_no", orderId) : bad("ACQ.TRADE_STATUS_ERROR"))
        .orElseGet(() -> bad("ACQ.TRADE_NOT_EXIST"));
  }

  private ObjectNode refund(String orderId, JsonNode content) {
    if (!books.refund(orderId, content.path("out_request_no").asString(),
        fen(content.path("refund_amount").asString()))) {
      return bad("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
    }
    long refunded = books.find(orderId).map(SimulatedOrder::refundedFen).orElse(0L);
    return good().put("out_trade_no", orderId).put("fund_change", "Y").put("refund_fee",
        GatewayBooks.yuan(refunded));
  }

  private ObjectNode refundOf(String orderId, String refundId) {
    return books.withRefund(refundId).filter(order -> order.id.equals(orderId))
        .map(order -> good().put("out_trade_no", orderId).put("out_request_no", refundId)
            .put("refund_status", "REFUND_SUCCESS")
            .put("refund_amount", GatewayBooks.yuan(order.refunds.getOrDefault(refundId, 0L))))
        .orElseGet(this::good);
  }

  private ObjectNode billAddress(String base) {
    long until = clock.instant().getEpochSecond()
        + (mood.take(Misbehaviour.OLD_BILL_ADDRESS) ? -1 : BILL_SECONDS);
    return books.paid().isEmpty() ? bad("isp.bill_not_exist")
        : good().put("bill_download_url", base + "/alipay-bill?until=" + until);
  }

  /// @param query of the address, as it was told
  SimulatedAnswer bill(String query) {
    if (clock.instant().getEpochSecond() > Long.parseLong(query.replaceFirst(".*until=", ""))) {
      return SimulatedAnswer.text(403, "expired");
    }
    byte[] zip = zipped(AlipayBillText.of(books.paid(), mood));
    return new SimulatedAnswer(200, new TreeMap<>(),
        mood.take(Misbehaviour.CUT_BILL) ? Arrays.copyOf(zip, zip.length / 2) : zip);
  }

  private static byte[] zipped(String items) {
    Charset gbk = Charset.forName("GBK");
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, gbk)) {
      zip.putNextEntry(new ZipEntry("2088_业务明细.csv"));
      zip.write(items.getBytes(gbk));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /// The payer pays, the callback goes out.
  void pay(String id) {
    SimulatedOrder order = books.pay(id, mood.take(Misbehaviour.WRONG_AMOUNT) ? 1 : 0);
    var parameters = new TreeMap<String, String>();
    parameters.put("app_id", SimulatorKeys.ALIPAY_APP_ID);
    parameters.put("notify_type", "trade_status_sync");
    parameters.put("notify_time", time(clock.instant()));
    parameters.put("gmt_payment", time(clock.instant()));
    parameters.put("out_trade_no", order.id);
    parameters.put("trade_no", order.transactionId);
    parameters.put("trade_status", "TRADE_SUCCESS");
    parameters.put("total_amount", GatewayBooks.yuan(order.saidFen));
    post.send(callback(order, parameters, keys.platform().getPrivate()),
        callback(order, parameters, keys.stranger().getPrivate()));
  }

  private static CallbackPost.Callback callback(SimulatedOrder order, Map<String, String> parameters,
      PrivateKey key) {
    var signed = new TreeMap<>(parameters);
    signed.put("sign", SimulatorKeys.sign(key, joined(parameters)));
    signed.put("sign_type", "RSA2");
    String body = signed.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return new CallbackPost.Callback(order.notifyUrl,
        new TreeMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String time(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.ofHours(8)));
  }

  private ObjectNode good() {
    return json.createObjectNode().put("code", "10000").put("msg", "Success");
  }

  private ObjectNode bad(String reason) {
    return json.createObjectNode().put("code", "40004").put("msg", "Business Failed").put("sub_code", reason)
        .put("sub_msg", "simulated");
  }
}
