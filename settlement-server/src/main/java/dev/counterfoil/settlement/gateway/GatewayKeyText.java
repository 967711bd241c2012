package dev.counterfoil.settlement.gateway;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// RSA keys as gateways hand them out: PEM, or the bare base64 inside of it.
public final class GatewayKeyText {

  private GatewayKeyText() {}

  /// @param text PKCS#8, as in WeChat's `apiclient_key.pem`
  /// @throws IllegalArgumentException if it is no such key; the text is not repeated
  public static PrivateKey privateKey(String text) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes(text)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new IllegalArgumentException("no RSA private key in PKCS#8");
    }
  }

  /// @param text X.509 SubjectPublicKeyInfo, as in WeChat's `pub_key.pem`
  /// @throws IllegalArgumentException if it is no such key
  public static PublicKey publicKey(String text) {
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes(text)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new IllegalArgumentException("no RSA public key in X.509");
    }
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
  }
}
