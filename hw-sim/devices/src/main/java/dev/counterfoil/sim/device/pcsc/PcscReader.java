package dev.counterfoil.sim.device.pcsc;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardAnswer;
import java.util.Arrays;

/// What a contactless PC/SC reader makes of a card: an answer to reset (PC/SC part 3 section 3.1.3.2.3), commands of
/// its own in class FF, and all others passed on.
final class PcscReader {
  private static final byte[] DONE = {(byte) 0x90, 0x00};
  private static final byte[] FAILED = {0x63, 0x00};
  private static final byte[] NOT_SUPPORTED = {0x6A, (byte) 0x81};
  private static final byte[] WRONG_LENGTH = {0x67, 0x00};
  private static final int KEY = 6;

  private final Card card;
  private byte[] storedKey = new byte[0];

  PcscReader(Card card) {
    this.card = card;
  }

  /// Memory cards are named with the card's number in PC/SC's list; others bring the historical bytes of their ATS.
  byte[] atr() {
    byte[] ats = card.ats();
    byte[] historical = ats.length > 5 ? Arrays.copyOfRange(ats, 5, ats.length) : memoryCard();
    byte[] atr = new byte[4 + historical.length + 1];
    atr[0] = 0x3B;
    atr[1] = (byte) (0x80 | historical.length);
    atr[2] = (byte) 0x80;
    atr[3] = 0x01;
    System.arraycopy(historical, 0, atr, 4, historical.length);
    for (int i = 1; i < atr.length - 1; i++) {
      atr[atr.length - 1] ^= atr[i];
    }
    return atr;
  }

  private byte[] memoryCard() {
    int name = switch (card.sak()) {
      case 0x08 -> 1;
      case 0x18 -> 2;
      default -> 3;
    };
    return new byte[] {(byte) 0x80, 0x4F, 0x0C, (byte) 0xA0, 0, 0, 3, 6, 3, 0, (byte) name, 0, 0, 0, 0};
  }

  /// Nothing (empty) when the card is gone.
  byte[] answer(byte[] command) {
    if (card.torn()) {
      return new byte[0];
    }
    return command.length >= 5 && command[0] == (byte) 0xFF ? own(command) : passedOn(card.exchange(command));
  }

  private byte[] own(byte[] command) {
    return switch (command[1] & 0xFF) {
      case 0xCA -> command[2] == 0 ? join(card.uid(), DONE) : NOT_SUPPORTED.clone();
      case 0x82 -> keep(command);
      case 0x86 -> open(command);
      case 0xB0 -> withStatus(card.exchange(new byte[] {0x30, command[3]}));
      default -> NOT_SUPPORTED.clone();
    };
  }

  private byte[] keep(byte[] command) {
    if (command.length != 5 + KEY) {
      return WRONG_LENGTH.clone();
    }
    storedKey = Arrays.copyOfRange(command, 5, 5 + KEY);
    return DONE.clone();
  }

  private byte[] open(byte[] command) {
    if (command.length != 10 || storedKey.length != KEY) {
      return WRONG_LENGTH.clone();
    }
    byte[] uid = card.uid();
    return withStatus(card.exchange(join(new byte[] {command[8], command[7]}, storedKey,
        Arrays.copyOfRange(uid, uid.length - 4, uid.length))));
  }

  private static byte[] withStatus(CardAnswer answer) {
    return switch (answer) {
      case CardAnswer.Data(byte[] bytes) -> join(bytes, DONE);
      case CardAnswer.Nak _,CardAnswer.AuthenticationFailed _ -> FAILED.clone();
      case CardAnswer.Silence _ -> new byte[0];
    };
  }

  private static byte[] passedOn(CardAnswer answer) {
    return switch (answer) {
      case CardAnswer.Data(byte[] bytes) -> bytes;
      case CardAnswer.Nak _,CardAnswer.AuthenticationFailed _,CardAnswer.Silence _ -> new byte[0];
    };
  }

  private static byte[] join(byte[]... parts) {
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
}
