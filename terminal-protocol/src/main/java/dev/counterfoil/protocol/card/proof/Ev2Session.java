package dev.counterfoil.protocol.card.proof;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// An authenticated conversation with a card after AuthenticateEV2First: a counter, which both sides keep, stands in each
/// CMAC, so that no message can be replayed. Immutable; an answer returns the session that follows. Source: NXP AN12196
/// sections 5.3 and 5.4.
public final class Ev2Session {

  /// Bytes of the CMAC that both sides send.
  public static final int MAC_LENGTH = 8;

  private static final byte[] TO_CARD = {(byte) 0xA5, 0x5A};
  private static final byte[] FROM_CARD = {0x5A, (byte) 0xA5};
  private static final byte PAD = (byte) 0x80;
  private static final byte OK = 0x00;

  private final AesKey encryptionKey;
  private final AesKey macKey;
  private final byte[] transaction;
  private final int counter;

  /// @param transaction identifier that the card gave, 4 bytes
  /// @param counter     commands answered so far
  Ev2Session(AesKey encryptionKey, AesKey macKey, byte[] transaction, int counter) {
    this.encryptionKey = encryptionKey;
    this.macKey = macKey;
    this.transaction = transaction;
    this.counter = counter;
  }

  /// The eight bytes that go behind a command.
  ///
  /// @param data header and data of the command, encrypted where the file asks for it
  public byte[] commandMac(int command, byte... data) {
    return mac((byte) command, counter, data);
  }

  /// After this answer, or nothing when it was not the card that sent it: the session is worth nothing then.
  ///
  /// @param data as sent, without status and CMAC
  /// @param mac  8 bytes
  public Optional<Ev2Session> received(byte[] data, byte[] mac) {
    return MessageDigest.isEqual(mac(OK, counter + 1, data), mac)
        ? Optional.of(new Ev2Session(encryptionKey, macKey, transaction, counter + 1))
        : Optional.empty();
  }

  /// Encrypts the data of a command, padded as the card expects it.
  public byte[] encrypted(byte[] data) {
    byte[] padded = Arrays.copyOf(data, (data.length / AesKey.LENGTH + 1) * AesKey.LENGTH);
    padded[data.length] = PAD;
    return encryptionKey.encrypt(iv(TO_CARD), padded);
  }

  /// Decrypts the data of the answer that was received last; nothing when its padding is wrong.
  public Optional<byte[]> decrypted(byte[] data) {
    if (data.length == 0 || data.length % AesKey.LENGTH != 0) {
      return Optional.empty();
    }
    byte[] plain = encryptionKey.decrypt(iv(FROM_CARD), data);
    int end = plain.length - 1;
    while (end > 0 && plain[end] == 0) {
      end--;
    }
    return plain[end] == PAD ? Optional.of(Arrays.copyOf(plain, end)) : Optional.empty();
  }

  private byte[] mac(byte first, int count, byte[] data) {
    return AesCmac.everySecondByte(AesCmac.of(macKey,
        Bytes.join(new byte[] {first}, Bytes.littleEndian(count, 2), transaction, data)));
  }

  private byte[] iv(byte[] direction) {
    return encryptionKey.encrypt(new byte[AesKey.LENGTH],
        Bytes.join(direction, transaction, Bytes.littleEndian(counter, 2), new byte[8]));
  }

  AesKey encryptionKey() {
    return encryptionKey;
  }

  AesKey macKey() {
    return macKey;
  }

  byte[] transaction() {
    return transaction.clone();
  }
}
