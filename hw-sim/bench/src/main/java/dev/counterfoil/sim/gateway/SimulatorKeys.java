package dev.counterfoil.sim.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/// The keys of a simulated merchant and of the simulated gateway, and raw RSA over them.
///
/// @param merchant whose requests are accepted
/// @param platform the gateway's
/// @param stranger somebody who forges
public record SimulatorKeys(KeyPair merchant, KeyPair platform, KeyPair stranger) {

  public static final String MERCHANT_ID = "1900000001";
  public static final String APP_ID = "wx0000000000000001";
  public static final String ALIPAY_APP_ID = "2014000000000001";
  public static final String MERCHANT_SERIAL = "5F2A";
  public static final String PLATFORM_SERIAL = "PUB_KEY_ID_01";
  public static final String API_V3_KEY = "simulator-key-of-thirty-two-byte";

  /// New keys, each time others.
  public static SimulatorKeys generate() {
    return new SimulatorKeys(pair(), pair(), pair());
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  static String sign(PrivateKey key, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key made here signs", e);
    }
  }

  static boolean verifies(PublicKey key, String text, String signatureText) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(signatureText));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  /// Writes what a server is configured with: `merchant-key.pem` and `platform-public-key.pem`.
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("merchant-key.pem"), pem("PRIVATE KEY", merchant.getPrivate()));
    Files.writeString(folder.resolve("platform-public-key.pem"), pem("PUBLIC KEY", platform.getPublic()));
  }

  private static String pem(String name, Key key) {
    return "-----BEGIN " + name + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + name
        + "-----\n";
  }

  @Override
  public String toString() {
    return "SimulatorKeys";
  }
}
