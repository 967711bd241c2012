package dev.counterfoil.settlement.secret;

import dev.counterfoil.settlement.secret.SealException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Values that the database keeps sealed: names, telephone numbers, security answers (SEC-02). AES-256-GCM:
///
/// | bytes | content |
/// | --- | --- |
/// | 1 | version: 1 |
/// | 4 | number of the key, big endian |
/// | 12 | nonce, random: one key is good for 2^32 values |
/// | n | the value, encrypted |
/// | 16 | tag over the first five bytes, the {@link Cell} and the value |
///
/// Thread-safe if `random` is; never blocks.
public final class SealedColumn {

  private static final byte VERSION = 1;
  private static final int HEADER_LENGTH = 1 + Integer.BYTES;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_LENGTH = 16;

  private final SealKeys keys;
  private final RandomGenerator random;

  /// @param random a cryptographically strong generator outside of tests
  public SealedColumn(SealKeys keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  /// Finds values of a column by their exact text, under the same keys.
  public KeyedHash keyedHash(String purpose) {
    return new KeyedHash(keys, purpose);
  }

  /// Seals with the newest key.
  public byte[] seal(Cell cell, String value) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] clear = value.getBytes(StandardCharsets.UTF_8);
    byte[] head = ByteBuffer.allocate(HEADER_LENGTH).put(VERSION).putInt(keys.newest()).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.newest(), nonce, head, cell).doFinal(clear);
      return ByteBuffer.allocate(HEADER_LENGTH + NONCE_LENGTH + sealed.length).put(head).put(nonce)
          .put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform seals with AES/GCM", e);
    }
  }

  /// @throws SealException SEAL_BROKEN if the value is not what was sealed for this cell, KEY_MISSING if its key is not
  ///                       there
  public String open(Cell cell, byte[] sealed) {
    int number = keyOf(cell, sealed);
    ByteBuffer in = ByteBuffer.wrap(sealed);
    byte[] head = next(in, HEADER_LENGTH);
    byte[] nonce = next(in, NONCE_LENGTH);
    try {
      byte[] clear = cipher(Cipher.DECRYPT_MODE, number, nonce, head, cell)
          .doFinal(next(in, in.remaining()));
      return new String(clear, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw new SealException(Code.SEAL_BROKEN, "cell=" + cell + " key=" + number, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform opens AES/GCM", e);
    }
  }

  /// Whether the value is of an older key and should be sealed again. Once none is left, the older key may go.
  ///
  /// @throws SealException SEAL_BROKEN if it is no sealed value
  public boolean isOutdated(Cell cell, byte[] sealed) {
    return keyOf(cell, sealed) != keys.newest();
  }

  private static int keyOf(Cell cell, byte[] sealed) {
    if (sealed.length < HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH || sealed[0] != VERSION) {
      throw new SealException(Code.SEAL_BROKEN, "cell=" + cell + " is no sealed value of version " + VERSION);
    }
    return ByteBuffer.wrap(sealed).getInt(1);
  }

  private Cipher cipher(int mode, int number, byte[] nonce, byte[] head, Cell cell)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(keys.key(number), "AES"),
        new GCMParameterSpec(TAG_LENGTH * 8, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(cell.bytes());
    return cipher;
  }

  private static byte[] next(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
