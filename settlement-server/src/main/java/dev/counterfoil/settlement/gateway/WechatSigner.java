package dev.counterfoil.settlement.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Signs requests to WeChat Pay API v3 and the parameters of in-app payments. Pure: time and nonce are given.
///
/// A request's signed text is five lines, each ended by `\n`: method, path with query as sent, Unix seconds, nonce, body
/// (empty for GET).
public final class WechatSigner {

  static final String SCHEMA = "WECHATPAY2-SHA256-RSA2048";

  private final WechatAccount account;
  private final WechatKeys keys;

  public WechatSigner(WechatAccount account, WechatKeys keys) {
    this.account = account;
    this.keys = keys;
  }

  /// @param epochSecond now; WeChat refuses more than five minutes off
  /// @param nonce never used before, at most 32 letters and digits
  /// @return value of the `Authorization` header
  String authorization(WechatRequest request, long epochSecond, String nonce) {
    String signature = RsaSha256.sign(keys.privateKey(),
        lines(request.body(), request.method(), request.path(), Long.toString(epochSecond), nonce));
    return SCHEMA + " mchid=\"" + account.merchantId() + "\",nonce_str=\"" + nonce + "\",timestamp=\""
        + epochSecond + "\",serial_no=\"" + keys.serial() + "\",signature=\"" + signature + "\"";
  }

  /// @return what the app hands to `wx.requestPayment`, as a JSON object
  String inAppParameters(String prepayId, long epochSecond, String nonce) {
    String packed = "prepay_id=" + prepayId;
    String time = Long.toString(epochSecond);
    String signature = RsaSha256.sign(keys.privateKey(),
        lines(packed.getBytes(StandardCharsets.UTF_8), account.appId(), time, nonce));
    return new String(
        GatewayJson.bytes(GatewayJson.write().put("appId", account.appId()).put("timeStamp", time)
            .put("nonceStr", nonce).put("package", packed).put("signType", "RSA").put("paySign", signature)),
        StandardCharsets.UTF_8);
  }

  /// The signed text: lines and then the body as a last line, byte for byte.
  static byte[] lines(byte[] body, String... before) {
    var text = new ByteArrayOutputStream();
    text.writeBytes((String.join("\n", before) + "\n").getBytes(StandardCharsets.UTF_8));
    text.writeBytes(body);
    text.write('\n');
    return text.toByteArray();
  }
}
