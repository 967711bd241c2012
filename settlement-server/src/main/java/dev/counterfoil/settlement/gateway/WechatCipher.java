package dev.counterfoil.settlement.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Decrypts the `resource` of a callback: AES-256-GCM, tag of 128 bits behind the text, nonce of 12 bytes.
final class WechatCipher {

  private static final int TAG_BITS = 128;

  private WechatCipher() {}

  /// @param resource the field of the callback
  /// @return nothing if it was not encrypted with that key, or was changed
  static Optional<byte[]> decrypt(SecretKey key, GatewayJson resource) throws MalformedMessageException {
    if (!resource.text("algorithm").equals("AEAD_AES_256_GCM")) {
      throw new MalformedMessageException("algorithm is not AEAD_AES_256_GCM");
    }
    byte[] nonce = resource.text("nonce").getBytes(StandardCharsets.UTF_8);
    byte[] bound = resource.words("associated_data").getBytes(StandardCharsets.UTF_8);
    String text = resource.text("ciphertext");
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bound);
      return Optional.of(cipher.doFinal(Base64.getDecoder().decode(text)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
