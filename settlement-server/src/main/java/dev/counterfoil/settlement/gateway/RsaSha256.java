package dev.counterfoil.settlement.gateway;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/// RSASSA-PKCS1-v1_5 with SHA-256 and base64: what WeChat Pay calls `SHA256-RSA2048` and Alipay `RSA2`.
final class RsaSha256 {

  private static final String ALGORITHM = "SHA256withRSA";

  private RsaSha256() {}

  /// @throws IllegalStateException if the key is no RSA key: a mistake of the configuration
  static String sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with the configured key", e);
    }
  }

  /// @return false for whatever is not this key's signature, also for what is no base64
  static boolean verify(PublicKey key, byte[] message, String signatureText) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(Base64.getDecoder().decode(signatureText));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
