package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.gateway.AlipayAccount;
import dev.counterfoil.settlement.gateway.AlipayCallback;
import dev.counterfoil.settlement.gateway.AlipayGateway;
import dev.counterfoil.settlement.gateway.GatewayHttp;
import dev.counterfoil.settlement.gateway.GatewayKeyText;
import dev.counterfoil.settlement.gateway.WechatAccount;
import dev.counterfoil.settlement.gateway.WechatCallback;
import dev.counterfoil.settlement.gateway.WechatGateway;
import dev.counterfoil.settlement.gateway.WechatKeys;
import dev.counterfoil.settlement.payment.GatewayLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Makes the clients of the configured gateways, with their keys read from files.
final class GatewayOpening {

  private static final int NONCE_BYTES = 16;

  private final GatewayHttp http;
  private final InstantSource clock;
  private final SecureRandom random;

  GatewayOpening(GatewayHttp http, InstantSource clock, SecureRandom random) {
    this.http = http;
    this.clock = clock;
    this.random = random;
  }

  /// @throws StartupException `GATEWAY_KEYS`
  List<GatewayLine> lines(GatewayConfig config) {
    var lines = new ArrayList<GatewayLine>();
    config.wechat().map(this::wechat).ifPresent(lines::add);
    config.alipay().map(this::alipay).ifPresent(lines::add);
    return lines;
  }

  private GatewayLine wechat(GatewayConfig.Wechat config) {
    var account = new WechatAccount(config.merchantId(), config.appId(), config.notifyUrl(), "");
    Map<String, PublicKey> platform = new LinkedHashMap<>();
    config.platformKeys().forEach((id, file) -> platform.put(id, read(file, GatewayKeyText::publicKey)));
    var keys = new WechatKeys(config.serial(), read(config.key(), GatewayKeyText::privateKey), platform,
        read(config.apiV3Key(), text -> WechatKeys.apiV3Key(text.strip())));
    var gateway = new WechatGateway(http, config.address(), account, keys, clock, this::nonce);
    return GatewayLine.wechat(gateway, new WechatCallback(account, keys), clock);
  }

  private GatewayLine alipay(GatewayConfig.Alipay config) {
    var account = new AlipayAccount(config.appId(), config.notifyUrl(),
        read(config.key(), GatewayKeyText::privateKey), read(config.alipayKey(), GatewayKeyText::publicKey));
    return GatewayLine.alipay(new AlipayGateway(http, config.address(), account, clock),
        new AlipayCallback(account));
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static <T> T read(Path file, Function<String, T> parse) {
    try {
      return parse.apply(Files.readString(file));
    } catch (IOException e) {
      throw new StartupException("GATEWAY_KEYS", "file=" + file + " reason=\"cannot be read\"", e);
    } catch (IllegalArgumentException e) {
      throw new StartupException("GATEWAY_KEYS", "file=" + file + " reason=\"" + e.getMessage() + "\"", e);
    }
  }
}
