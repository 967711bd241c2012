package dev.counterfoil.sim.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The WeChat Pay half: API v3 as far as the server uses it.
final class WechatSide {

  private static final Pattern TOKEN = Pattern
      .compile("WECHATPAY2-SHA256-RSA2048 mchid=\"" + SimulatorKeys.MERCHANT_ID
          + "\",nonce_str=\"([^\"]+)\",timestamp=\"(\\d+)\",serial_no=\"" + SimulatorKeys.MERCHANT_SERIAL
          + "\",signature=\"([^\"]+)\"");
  private static final String ORDER = "/v3/pay/transactions/out-trade-no/";
  private static final String REFUNDS = "/v3/refund/domestic/refunds";
  private static final int OLDEST_SECONDS = 300;

  private final JsonMapper json = JsonMapper.shared();
  private final GatewayBooks books;
  private final SimulatorKeys keys;
  private final Mood mood;
  private final InstantSource clock;
  private final CallbackPost post;

  WechatSide(GatewayBooks books, SimulatorKeys keys, Mood mood, InstantSource clock, CallbackPost post) {
    this.books = books;
    this.keys = keys;
    this.mood = mood;
    this.clock = clock;
    this.post = post;
  }

  SimulatedAnswer answer(SimulatedRequest request, String base) {
    if (!isMerchants(request)) {
      return error(401, "SIGN_ERROR");
    }
    if (request.path().startsWith("/v3/billdownload/")) {
      return new SimulatedAnswer(200, new TreeMap<>(), bill());
    }
    return signed(route(request, base));
  }

  private boolean isMerchants(SimulatedRequest request) {
    Matcher token = TOKEN.matcher(request.header().apply("Authorization"));
    return token.matches()
        && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(token.group(2))) <= OLDEST_SECONDS
        && SimulatorKeys.verifies(keys.merchant().getPublic(), request.method() + "\n" + request.path() + "\n"
            + token.group(2) + "\n" + token.group(1) + "\n" + request.text() + "\n", token.group(3));
  }

  private SimulatedAnswer route(SimulatedRequest request, String base) {
    String path = request.path().replaceFirst("\\?.*", "");
    if (mood.take(Misbehaviour.REFUSE)) {
      return error(400, "PARAM_ERROR");
    }
    if (path.equals("/v3/pay/transactions/native") || path.equals("/v3/pay/transactions/jsapi")) {
      return order(json.readTree(request.text()), path.endsWith("jsapi"));
    }
    if (path.startsWith(ORDER)) {
      return path.endsWith("/close")
          ? close(path.substring(ORDER.length(), path.length() - "/close".length()))
          : query(path.substring(ORDER.length()));
    }
    if (path.equals(REFUNDS)) {
      return refund(json.readTree(request.text()));
    }
    if (path.startsWith(REFUNDS + "/")) {
      return refundOf(path.substring(REFUNDS.length() + 1));
    }
    return path.equals("/v3/bill/tradebill") ? billAddress(base) : error(404, "RESOURCE_NOT_EXISTS");
  }

  private SimulatedAnswer order(JsonNode body, boolean inApp) {
    Optional<String> refusal = books.order(body.path("out_trade_no").asString(),
        body.path("amount").path("total").asLong(), body.path("notify_url").asString(),
        OffsetDateTime.parse(body.path("time_expire").asString()).toInstant());
    return refusal.map(code -> error(400, code))
        .orElseGet(() -> inApp ? ok(json.createObjectNode().put("prepay_id", "wx0001"))
            : ok(json.createObjectNode().put("code_url", "weixin://wxpay/bizpayurl?pr=sim")));
  }

  private SimulatedAnswer query(String id) {
    return books.find(id).map(order -> ok(transaction(order))).orElseGet(() -> error(404, "ORDER_NOT_EXIST"));
  }

  private ObjectNode transaction(SimulatedOrder order) {
    ObjectNode node = json.createObjectNode().put("mchid", SimulatorKeys.MERCHANT_ID)
        .put("appid", SimulatorKeys.APP_ID).put("out_trade_no", order.id).put("trade_state", state(order));
    node.putObject("amount").put("total", order.saidFen).put("currency", "CNY");
    Instant paidAt = order.paidAt;
    if (paidAt != null) {
      node.put("transaction_id", order.transactionId).put("success_time",
          paidAt.atOffset(ZoneOffset.ofHours(8)).toString());
    }
    return node;
  }

  private static String state(SimulatedOrder order) {
    return switch (order.state) {
      case OPEN -> "NOTPAY";
      case CLOSED -> "CLOSED";
      case PAID -> order.refunds.isEmpty() ? "SUCCESS" : "REFUND";
    };
  }

  private SimulatedAnswer close(String id) {
    return books.find(id)
        .map(order -> books.close(order) ? SimulatedAnswer.text(204, "") : error(400, "ORDERPAID"))
        .orElseGet(() -> error(404, "ORDER_NOT_EXIST"));
  }

  private SimulatedAnswer refund(JsonNode body) {
    String refundId = body.path("out_refund_no").asString();
    return books.refund(body.path("out_trade_no").asString(), refundId,
        body.path("amount").path("refund").asLong()) ? refundOf(refundId) : error(403, "NOT_ENOUGH");
  }

  private SimulatedAnswer refundOf(String refundId) {
    return books.withRefund(refundId).map(order -> {
      ObjectNode node = json.createObjectNode().put("out_refund_no", refundId).put("out_trade_no", order.id)
          .put("status", "SUCCESS");
      node.putObject("amount").put("refund", order.refunds.getOrDefault(refundId, 0L)).put("total", order.fen)
          .put("currency", "CNY");
      return ok(node);
    }).orElseGet(() -> error(404, "RESOURCE_NOT_EXISTS"));
  }

  private SimulatedAnswer billAddress(String base) {
    if (books.paid().isEmpty()) {
      return error(400, "NO_STATEMENT_EXIST");
    }
    return ok(json.createObjectNode().put("hash_type", "SHA1").put("hash_value", sha1(bill()))
        .put("download_url", base + "/v3/billdownload/file?token=1"));
  }

  private byte[] bill() {
    return WechatBillText.of(books.paid(), SimulatorKeys.MERCHANT_ID, mood);
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /// The payer pays, the callback goes out.
  void pay(String id) {
    SimulatedOrder order = books.pay(id, mood.take(Misbehaviour.WRONG_AMOUNT) ? 1 : 0);
    byte[] body = callback(transaction(order).toString());
    post.send(new CallbackPost.Callback(order.notifyUrl, headers(body, keys.platform().getPrivate()), body),
        new CallbackPost.Callback(order.notifyUrl, headers(body, keys.stranger().getPrivate()), body));
  }

  private byte[] callback(String content) {
    ObjectNode node = json.createObjectNode().put("id", "EV-1").put("event_type", "TRANSACTION.SUCCESS")
        .put("resource_type", "encrypt-resource");
    node.putObject("resource").put("algorithm", "AEAD_AES_256_GCM").put("original_type", "transaction")
        .put("associated_data", "transaction").put("nonce", "0123456789ab")
        .put("ciphertext", encrypt(content));
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String encrypt(String content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE,
          new SecretKeySpec(SimulatorKeys.API_V3_KEY.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(128, "0123456789ab".getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD("transaction".getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(cipher.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private SimulatedAnswer signed(SimulatedAnswer answer) {
    PrivateKey key = mood.take(Misbehaviour.FORGE_ANSWER) ? keys.stranger().getPrivate()
        : keys.platform().getPrivate();
    return new SimulatedAnswer(answer.status(), headers(answer.body(), key), answer.body());
  }

  private Map<String, String> headers(byte[] body, PrivateKey key) {
    String time = Long.toString(clock.instant().getEpochSecond());
    var headers = new TreeMap<String, String>();
    headers.put("Wechatpay-Timestamp", time);
    headers.put("Wechatpay-Nonce", "simnonce");
    headers.put("Wechatpay-Serial", SimulatorKeys.PLATFORM_SERIAL);
    headers.put("Wechatpay-Signature", SimulatorKeys.sign(key,
        time + "\nsimnonce\n" + new String(body, StandardCharsets.UTF_8) + "\n"));
    headers.put("Content-Type", "application/json");
    return headers;
  }

  private static SimulatedAnswer ok(ObjectNode node) {
    return SimulatedAnswer.text(200, node.toString());
  }

  private SimulatedAnswer error(int status, String code) {
    return SimulatedAnswer.text(status,
        json.createObjectNode().put("code", code).put("message", "simulated").toString());
  }
}
