package dev.counterfoil.sim.card;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-128 as cards use it. Written for the models alone, from NIST SP 800-38B and NXP AN10922: a mistake here must not
/// be the drivers' mistake too.
final class CardAes {
  static final int BLOCK = 16;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128).or(BigInteger.valueOf(0x87));

  private CardAes() {}

  static byte[] zeros() {
    return new byte[BLOCK];
  }

  static byte[] encrypt(byte[] key, byte[] iv, byte[] data) {
    return cipher(Cipher.ENCRYPT_MODE, key, iv, data);
  }

  static byte[] decrypt(byte[] key, byte[] iv, byte[] data) {
    return cipher(Cipher.DECRYPT_MODE, key, iv, data);
  }

  private static byte[] cipher(int mode, byte[] key, byte[] iv, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("AES refused " + data.length + " bytes", refused);
    }
  }

  /// The CMAC that goes on from `iv`.
  static byte[] cmac(byte[] key, byte[] iv, byte[] message) {
    int tail = message.length == 0 ? 0 : (message.length - 1) / BLOCK * BLOCK;
    byte[] last = Arrays.copyOfRange(message, tail, message.length);
    BigInteger mask = doubled(new BigInteger(1, encrypt(key, zeros(), zeros())));
    if (last.length < BLOCK) {
      mask = doubled(mask);
      int length = last.length;
      last = Arrays.copyOf(last, BLOCK);
      last[length] = (byte) 0x80;
    }
    byte[] state = iv;
    for (int at = 0; at < tail; at += BLOCK) {
      state = encrypt(key, state, Arrays.copyOfRange(message, at, at + BLOCK));
    }
    return encrypt(key, state, block(new BigInteger(1, last).xor(mask)));
  }

  /// Multiplied by x in the field of 2^128 elements.
  private static BigInteger doubled(BigInteger value) {
    BigInteger twice = value.shiftLeft(1);
    return twice.testBit(128) ? twice.xor(MODULUS) : twice;
  }

  private static byte[] block(BigInteger value) {
    byte[] digits = value.toByteArray();
    byte[] block = new byte[BLOCK];
    int length = Math.min(BLOCK, digits.length);
    System.arraycopy(digits, digits.length - length, block, BLOCK - length, length);
    return block;
  }

  /// Bytes 1, 3 .. 15 of a CMAC.
  static byte[] shortMac(byte[] mac) {
    byte[] odd = new byte[BLOCK / 2];
    for (int i = 1; i < BLOCK; i += 2) {
      odd[i / 2] = mac[i];
    }
    return odd;
  }

  /// AN10922 section 2.2: `01 input`, filled up to 32 bytes with `80 00..`, and the last block masked with K2 when it was
  /// filled, with K1 when not.
  static byte[] diversified(byte[] master, byte[] input) {
    byte[] message = join(new byte[] {1}, input);
    BigInteger k1 = doubled(new BigInteger(1, encrypt(master, zeros(), zeros())));
    boolean filled = message.length < 2 * BLOCK;
    byte[] both = Arrays.copyOf(message, 2 * BLOCK);
    if (filled) {
      both[message.length] = (byte) 0x80;
    }
    byte[] mask = block(filled ? doubled(k1) : k1);
    for (int i = 0; i < BLOCK; i++) {
      both[BLOCK + i] ^= mask[i];
    }
    return Arrays.copyOfRange(encrypt(master, zeros(), both), BLOCK, 2 * BLOCK);
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /// The first byte comes last.
  static byte[] rotated(byte[] bytes) {
    return join(Arrays.copyOfRange(bytes, 1, bytes.length), new byte[] {bytes[0]});
  }
}
