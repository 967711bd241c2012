package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.circuit.CircuitTerms;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The payment gateways of the site that the configuration names. Keys are files, so that no key stands in a configuration.
///
/// @param timeout for one exchange with a gateway as a whole
/// @param circuits when a guarded operation is not tried for a while
public record GatewayConfig(Optional<Wechat> wechat, Optional<Alipay> alipay, Duration timeout,
    CircuitTerms circuits) {

  /// @param serial of the merchant's certificate
  /// @param key the merchant's private key
  /// @param platformKeys WeChat's public keys by their serials or IDs
  /// @param apiV3Key a file with the 32 characters of the merchant page
  public record Wechat(URI address, String merchantId, String appId, String serial, Path key,
      Map<String, Path> platformKeys, Path apiV3Key, String notifyUrl) {

    public Wechat {
      platformKeys = Collections.unmodifiableMap(new LinkedHashMap<>(platformKeys));
    }
  }

  /// @param key the application's private key
  /// @param alipayKey Alipay's public key of the application
  public record Alipay(URI address, String appId, Path key, Path alipayKey, String notifyUrl) {}
}
