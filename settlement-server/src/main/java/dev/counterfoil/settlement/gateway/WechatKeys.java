package dev.counterfoil.settlement.gateway;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The keys of one merchant of WeChat Pay.
///
/// @param serial of the merchant's certificate
/// @param privateKey the merchant's, signs requests
/// @param platformKeys WeChat's, by the serial of a platform certificate or the ID of a public key (`PUB_KEY_ID_…`);
///        two during a change
/// @param apiV3Key decrypts callbacks
public record WechatKeys(String serial, PrivateKey privateKey, Map<String, PublicKey> platformKeys,
    SecretKey apiV3Key) {

  private static final int API_KEY_BYTES = 32;

  public WechatKeys {
    platformKeys = Collections.unmodifiableMap(new LinkedHashMap<>(platformKeys));
  }

  /// @param text the 32 characters typed in on WeChat's merchant page
  /// @throws IllegalArgumentException if it has another length; the text is not repeated
  public static SecretKey apiV3Key(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != API_KEY_BYTES) {
      throw new IllegalArgumentException(
          "an APIv3 key has " + API_KEY_BYTES + " bytes, found " + bytes.length);
    }
    return new SecretKeySpec(bytes, "AES");
  }

  @Override
  public String toString() {
    return "WechatKeys[serial=" + serial + ", platform=" + platformKeys.keySet() + "]";
  }
}
