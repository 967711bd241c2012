package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardTechnology;
import java.util.Arrays;

/// What the answer to reset, which the reader makes up, says about a contactless card.
///
/// ```
/// memory card       3B 8F 80 01 80 4F 0C A0 00 00 03 06 SS NN NN 00 00 00 00 TCK     SS: 03 = ISO 14443 A part 3
/// ISO 14443-4 card  3B 8n 80 01 (n historical bytes of its ATS) TCK
/// ```
/// ATQA and SAK are not told over PC/SC; they stand here as cards of that family have them.
final class ContactlessAtr {

  private static final byte[] MEMORY = {0x3B, (byte) 0x8F, (byte) 0x80, 0x01, (byte) 0x80, 0x4F, 0x0C,
      (byte) 0xA0, 0,
      0, 0x03, 0x06};
  private static final int NAME = 13;
  private static final byte[] ISO_DEP = {(byte) 0x80, 0x01};
  private static final int FIRST_HISTORICAL = 4;
  private static final int CLASSIC_1K = 0x0001;
  private static final int CLASSIC_4K = 0x0002;
  private static final int ULTRALIGHT = 0x0003;
  private static final int CLASSIC_MINI = 0x0026;
  private static final int ULTRALIGHT_C = 0x003A;
  private static final byte DESFIRE = (byte) 0x80;

  private ContactlessAtr() {}

  /// The card with this ATR and UID.
  static CardIdentity card(byte[] atr, byte[] uid) {
    if (Arrays.equals(Arrays.copyOf(atr, MEMORY.length), MEMORY) && atr.length > NAME + 1) {
      return memoryCard((atr[NAME] & 0xFF) << 8 | atr[NAME + 1] & 0xFF, uid);
    }
    boolean isoDep = atr.length > FIRST_HISTORICAL
        && Arrays.equals(Arrays.copyOfRange(atr, 2, FIRST_HISTORICAL), ISO_DEP);
    if (!isoDep) {
      return identity(uid, 0x0004, 0x00);
    }
    var historical = Arrays.copyOfRange(atr, FIRST_HISTORICAL, atr.length - 1);
    boolean desfire = historical.length == 1 && historical[0] == DESFIRE;
    return identity(uid, desfire ? 0x0344 : 0x0004, 0x20);
  }

  private static CardIdentity memoryCard(int name, byte[] uid) {
    return switch (name) {
      case CLASSIC_1K, CLASSIC_MINI -> identity(uid, 0x0004, 0x08);
      case CLASSIC_4K -> identity(uid, 0x0002, 0x18);
      case ULTRALIGHT, ULTRALIGHT_C -> identity(uid, 0x0044, 0x00);
      default -> identity(uid, 0x0044, 0x00);
    };
  }

  private static CardIdentity identity(byte[] uid, int atqa, int sak) {
    return new CardIdentity(CardTechnology.of(atqa, sak), uid, atqa, sak,
        new byte[0]);
  }
}
