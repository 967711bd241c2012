package dev.counterfoil.settlement.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Alipay's RSA2 over parameters: sorted by name, `name=value` joined by `&`, not escaped, in UTF-8. Pure.
final class AlipaySigner {

  private final AlipayAccount account;

  AlipaySigner(AlipayAccount account) {
    this.account = account;
  }

  /// @param parameters of a request, without `sign`
  /// @return the same with `sign`
  SortedMap<String, String> sign(SortedMap<String, String> parameters) {
    var filled = new TreeMap<>(parameters);
    filled.values().removeIf(String::isEmpty);
    var signed = new TreeMap<>(filled);
    signed.put("sign", RsaSha256.sign(account.privateKey(), content(filled)));
    return signed;
  }

  /// @param parameters of a callback, decoded
  boolean isAlipays(Map<String, String> parameters) {
    var signed = new TreeMap<>(parameters);
    signed.remove("sign_type");
    String signature = signed.remove("sign");
    return signature != null && RsaSha256.verify(account.alipayKey(), content(signed), signature);
  }

  /// @param node the answer's object, byte for byte as received
  boolean isAlipays(String node, String signature) {
    return RsaSha256.verify(account.alipayKey(), node.getBytes(StandardCharsets.UTF_8), signature);
  }

  private static byte[] content(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
  }
}
