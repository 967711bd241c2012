package dev.counterfoil.protocol.card.proof;

import java.util.Arrays;

/// AES-CMAC (NIST SP 800-38B), with the two habits of MIFARE: a start value other than zero, and only every second byte
/// sent.
public final class AesCmac {

  private static final int BLOCK = AesKey.LENGTH;
  private static final byte[] ZERO = new byte[BLOCK];
  /// What a bit shifted out of the block comes back as: x^128 = x^7 + x^2 + x + 1.
  private static final int REDUCTION = 0x87;
  private static final byte PAD = (byte) 0x80;

  private AesCmac() {}

  /// The 16 bytes of the CMAC.
  public static byte[] of(AesKey key, byte[] message) {
    return chained(key, ZERO, message);
  }

  /// The CMAC that begins with another value than zero: DESFire EV1 goes on from the one before.
  static byte[] chained(AesKey key, byte[] start, byte[] message) {
    return ofPadded(key, start, message, Math.max(1, (message.length + BLOCK - 1) / BLOCK) * BLOCK);
  }

  /// The CMAC of a message that is padded to this length even where a shorter one would hold it, as AN10922 wants.
  ///
  /// @param length a multiple of 16, at least the message's
  static byte[] ofPadded(AesKey key, byte[] start, byte[] message, int length) {
    byte[] padded = Arrays.copyOf(message, length);
    boolean whole = message.length == length;
    if (!whole) {
      padded[message.length] = PAD;
    }
    byte[] subkey = subkey(key, whole);
    for (int i = 0; i < BLOCK; i++) {
      padded[length - BLOCK + i] ^= subkey[i];
    }
    return Arrays.copyOfRange(key.encrypt(start, padded), length - BLOCK, length);
  }

  /// K1 for a message of whole blocks, K2 for a padded one.
  static byte[] subkey(AesKey key, boolean whole) {
    byte[] first = doubled(key.encrypt(ZERO, ZERO));
    return whole ? first : doubled(first);
  }

  private static byte[] doubled(byte[] block) {
    byte[] twice = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int next = i + 1 < BLOCK ? (block[i + 1] & 0xFF) >> 7 : 0;
      twice[i] = (byte) (block[i] << 1 | next);
    }
    if (block[0] < 0) {
      twice[BLOCK - 1] ^= (byte) REDUCTION;
    }
    return twice;
  }

  /// The eight bytes that DESFire EV2 and NTAG 424 send: the second, fourth ... sixteenth of the CMAC.
  static byte[] everySecondByte(byte[] mac) {
    byte[] half = new byte[BLOCK / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = mac[2 * i + 1];
    }
    return half;
  }
}
