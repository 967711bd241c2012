package dev.counterfoil.settlement.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Messages as WeChat sends them, made without the code under test.
final class WechatMessages {

  static final String PAID = """
      {"mchid":"1900000001","appid":"wxd678efh567hg6787","out_trade_no":"order-1","transaction_id":"4200001",\
      "trade_type":"NATIVE","trade_state":"SUCCESS","success_time":"2026-11-21T09:00:00+08:00",\
      "payer":{"openid":"o"},"amount":{"total":5000,"payer_total":5000,"currency":"CNY"}}""";

  private WechatMessages() {}

  static byte[] callback(String type, String content) {
    return ("{\"id\":\"EV-1\",\"create_time\":\"2026-11-21T09:00:01+08:00\",\"resource_type\":\"encrypt-resource\","
        + "\"event_type\":\"" + type
        + "\",\"summary\":\"支付成功\",\"resource\":{\"original_type\":\"transaction\","
        + "\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + encrypt(content)
        + "\",\"associated_data\":\"transaction\",\"nonce\":\"fdasflkja484\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String encrypt(String content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE,
          new SecretKeySpec(Keys.API_KEY.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(128, "fdasflkja484".getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD("transaction".getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(cipher.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static WechatHeaders sign(byte[] body, long epochSecond) {
    return new WechatHeaders("PUB_KEY_ID_01", Long.toString(epochSecond), "n0nce",
        signature(Keys.PLATFORM.getPrivate(),
            epochSecond + "\nn0nce\n" + new String(body, StandardCharsets.UTF_8) + "\n"));
  }

  static String signature(PrivateKey key, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
