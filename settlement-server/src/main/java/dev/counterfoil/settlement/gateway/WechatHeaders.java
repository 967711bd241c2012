package dev.counterfoil.settlement.gateway;

import java.util.Optional;
import java.util.function.Function;

/// The headers that sign an answer or a callback of WeChat Pay; missing ones are empty.
public record WechatHeaders(String serial, String timestamp, String nonce, String signature) {

  /// @param header looks up the first value of a header, whatever its case
  public static WechatHeaders from(Function<String, Optional<String>> header) {
    return new WechatHeaders(header.apply("Wechatpay-Serial").orElse(""),
        header.apply("Wechatpay-Timestamp").orElse(""), header.apply("Wechatpay-Nonce").orElse(""),
        header.apply("Wechatpay-Signature").orElse(""));
  }
}
