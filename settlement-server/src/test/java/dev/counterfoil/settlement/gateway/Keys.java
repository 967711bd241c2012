package dev.counterfoil.settlement.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// Keys of the tests: one committed for golden vectors, two made for this run.
final class Keys {

  static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
  static final KeyPair MERCHANT = fresh();
  static final KeyPair PLATFORM = fresh();
  static final String API_KEY = "0123456789abcdef0123456789ABCDEF";
  static final WechatAccount WECHAT = new WechatAccount("1900000001", "wxd678efh567hg6787",
      "https://pay.example/wechat", "2002000000000558128851361561536");
  static final AlipayAccount ALIPAY = new AlipayAccount("2014072300007148", "https://pay.example/alipay",
      MERCHANT.getPrivate(), PLATFORM.getPublic());

  private Keys() {}

  static WechatKeys wechat() {
    return new WechatKeys("5F2A", MERCHANT.getPrivate(), Map.of("PUB_KEY_ID_01", PLATFORM.getPublic()),
        WechatKeys.apiV3Key(API_KEY));
  }

  static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Keys.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
