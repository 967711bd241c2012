package dev.counterfoil.terminal.secret;

import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals small secrets with AES-256-GCM under keys that HKDF-SHA256 derives from a board's serial.
///
/// The serial is no secret: this keeps a copied card from working in another board by accident or by little effort, it
/// does not stop somebody who holds both card and board. A secure element does.
///
/// ```
/// magic "CFS1" | salt 16 | board check 8 | nonce 12 | ciphertext and tag
/// ```
public final class BoardSeal {

  private static final byte[] MAGIC = "CFS1".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT_LENGTH = 16;
  private static final int CHECK_LENGTH = 8;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_LENGTH = 32;
  private static final int HEADER_LENGTH = 4 + SALT_LENGTH + CHECK_LENGTH + NONCE_LENGTH;

  private final SecretKey serial;
  private final SecureRandom random;

  /// @param serial of the board, not empty
  public BoardSeal(String serial, SecureRandom random) {
    this.serial = new SecretKeySpec(serial.getBytes(StandardCharsets.UTF_8), "Generic");
    this.random = random;
  }

  /// @param purpose what the secret is; the same is needed to open it
  public byte[] seal(String purpose, byte[] secret) {
    byte[] salt = fresh(SALT_LENGTH);
    byte[] nonce = fresh(NONCE_LENGTH);
    try {
      byte[] hidden = cipher(Cipher.ENCRYPT_MODE, purpose, salt, nonce).doFinal(secret);
      return ByteBuffer.allocate(HEADER_LENGTH + hidden.length).put(MAGIC).put(salt).put(check(salt))
          .put(nonce)
          .put(hidden).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 25 has AES-GCM and HKDF", e);
    }
  }

  /// @throws KeyFaultException KEY_SEALED_FOR_ANOTHER_BOARD or KEY_DAMAGED
  public byte[] open(String purpose, byte[] sealed) throws KeyFaultException {
    if (sealed.length < HEADER_LENGTH || !Arrays.equals(Arrays.copyOf(sealed, MAGIC.length), MAGIC)) {
      throw new KeyFaultException(Code.KEY_DAMAGED, purpose + " is no sealed key");
    }
    var in = ByteBuffer.wrap(sealed).position(MAGIC.length);
    byte[] salt = take(in, SALT_LENGTH);
    byte[] check = take(in, CHECK_LENGTH);
    byte[] nonce = take(in, NONCE_LENGTH);
    try {
      if (!MessageDigest.isEqual(check, check(salt))) {
        throw new KeyFaultException(Code.KEY_SEALED_FOR_ANOTHER_BOARD,
            purpose + " was sealed on another board; enrol this one with a code of its own");
      }
      return cipher(Cipher.DECRYPT_MODE, purpose, salt, nonce).doFinal(take(in, in.remaining()));
    } catch (AEADBadTagException _) {
      throw new KeyFaultException(Code.KEY_DAMAGED, purpose + " was changed after it was sealed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 25 has AES-GCM and HKDF", e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] salt, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    var key = new SecretKeySpec(derive("key/" + purpose, salt, KEY_LENGTH), "AES");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /// Tells another board from a damaged file.
  private byte[] check(byte[] salt) throws GeneralSecurityException {
    return derive("board", salt, CHECK_LENGTH);
  }

  private byte[] derive(String info, byte[] salt, int length) throws GeneralSecurityException {
    byte[] context = ("counterfoil/terminal-seal/v1/" + info + "\0").getBytes(StandardCharsets.UTF_8);
    return KDF.getInstance("HKDF-SHA256").deriveData(
        HKDFParameterSpec.ofExtract().addIKM(serial).addSalt(salt).thenExpand(context, length));
  }

  private byte[] fresh(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
