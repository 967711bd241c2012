package dev.counterfoil.protocol.card.proof;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// An AES-128 key that never shows itself: neither `toString` nor a message of an exception tells a byte of it.
///
/// Immutable, any thread.
public final class AesKey {

  /// Length in bytes, and of a block.
  public static final int LENGTH = 16;

  private final byte[] bytes;

  private AesKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws IllegalArgumentException unless there are 16 bytes, which are copied
  public static AesKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an AES-128 key has 16 bytes, found " + bytes.length);
    }
    return new AesKey(bytes.clone());
  }

  /// @throws IllegalArgumentException unless the text is 32 hexadecimal digits; the message does not repeat it
  public static AesKey parse(String hex) {
    if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("an AES-128 key has 32 hexadecimal digits");
    }
    return new AesKey(HexFormat.of().parseHex(hex));
  }

  /// The first bytes of the key, as a copy: a MIFARE Classic key is the first six of a diversified one.
  public byte[] first(int length) {
    return Arrays.copyOf(bytes, length);
  }

  /// CBC without padding.
  ///
  /// @param iv     16 bytes
  /// @param blocks whole blocks
  byte[] encrypt(byte[] iv, byte[] blocks) {
    return run(Cipher.ENCRYPT_MODE, iv, blocks);
  }

  /// CBC without padding.
  byte[] decrypt(byte[] iv, byte[] blocks) {
    return run(Cipher.DECRYPT_MODE, iv, blocks);
  }

  private byte[] run(int mode, byte[] iv, byte[] blocks) {
    try {
      var cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(mode, new SecretKeySpec(bytes, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "AES-128-CBC of whole blocks is in every JDK; " + blocks.length + " bytes", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AesKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "AesKey[secret]";
  }
}
