package dev.counterfoil.sim.card;

import java.util.Arrays;
import java.util.Optional;

/// What a DESFire card keeps of an authentication: which key it was, and what it takes to guard commands and answers.
///
/// EV1: every command and every answer goes through one chain of CMACs; the first eight bytes of the newest stand behind
/// each answer. EV2: a counter and the transaction's identifier stand in the CMAC of each message, and eight bytes of it
/// behind each command and each answer.
sealed interface DesfireSession {
  int MAC = 8;

  int keyNumber();

  /// The command as it arrived; its data without what guards them, or nothing when that is wrong.
  Optional<byte[]> open(int code, byte[] data, boolean guarded);

  /// The data of an answer that went well, with what guards them.
  byte[] close(byte[] data, DesfireApplication.Mode mode);

  final class Ev1 implements DesfireSession {
    private final int keyNumber;
    private final byte[] key;
    private byte[] chain = CardAes.zeros();

    Ev1(int keyNumber, byte[] key) {
      this.keyNumber = keyNumber;
      this.key = key;
    }

    @Override
    public int keyNumber() {
      return keyNumber;
    }

    @Override
    public Optional<byte[]> open(int code, byte[] data, boolean guarded) {
      chain = CardAes.cmac(key, chain, CardAes.join(new byte[] {(byte) code}, data));
      return Optional.of(data);
    }

    @Override
    public byte[] close(byte[] data, DesfireApplication.Mode mode) {
      chain = CardAes.cmac(key, chain, CardAes.join(data, new byte[] {0}));
      return CardAes.join(data, Arrays.copyOf(chain, MAC));
    }
  }

  final class Ev2 implements DesfireSession {
    private final int keyNumber;
    private final byte[] encryptionKey;
    private final byte[] macKey;
    private final byte[] transaction;
    private int counter;

    Ev2(int keyNumber, byte[] encryptionKey, byte[] macKey, byte[] transaction) {
      this.keyNumber = keyNumber;
      this.encryptionKey = encryptionKey;
      this.macKey = macKey;
      this.transaction = transaction;
    }

    @Override
    public int keyNumber() {
      return keyNumber;
    }

    @Override
    public Optional<byte[]> open(int code, byte[] data, boolean guarded) {
      if (!guarded) {
        return Optional.of(data);
      }
      if (data.length < MAC) {
        return Optional.empty();
      }
      byte[] plain = Arrays.copyOf(data, data.length - MAC);
      boolean right = Arrays.equals(mac(code, plain), Arrays.copyOfRange(data, plain.length, data.length));
      return right ? Optional.of(plain) : Optional.empty();
    }

    @Override
    public byte[] close(byte[] data, DesfireApplication.Mode mode) {
      counter++;
      return switch (mode) {
        case PLAIN -> data;
        case MAC -> CardAes.join(data, mac(0, data));
        case FULL -> {
          byte[] padded = Arrays.copyOf(data, (data.length / CardAes.BLOCK + 1) * CardAes.BLOCK);
          padded[data.length] = (byte) 0x80;
          byte[] hidden = CardAes.encrypt(encryptionKey, answerIv(), padded);
          yield CardAes.join(hidden, mac(0, hidden));
        }
      };
    }

    private byte[] answerIv() {
      return CardAes.encrypt(encryptionKey, CardAes.zeros(),
          CardAes.join(new byte[] {0x5A, (byte) 0xA5}, transaction, count(), new byte[8]));
    }

    private byte[] mac(int first, byte[] data) {
      return CardAes.shortMac(CardAes.cmac(macKey, CardAes.zeros(),
          CardAes.join(new byte[] {(byte) first}, count(), transaction, data)));
    }

    private byte[] count() {
      return new byte[] {(byte) counter, (byte) (counter >> 8)};
    }
  }
}
