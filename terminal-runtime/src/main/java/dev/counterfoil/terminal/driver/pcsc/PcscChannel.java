package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.SectorKey;
import dev.counterfoil.terminal.line.PcscPort;
import java.util.Arrays;

/// The conversation with the card on a PC/SC reader, which itself takes the commands of class FF.
///
/// ```
/// FF CA 00 00 00                            UID
/// FF 82 00 slot 06 key(6)                   keep a key of MIFARE Classic; 00 is a volatile slot
/// FF 86 00 00 05 01 00 block 60|61 slot     open its sector with that key
/// FF B0 00 block 10                         read 16 bytes
/// ```
/// Threads: the reader's.
final class PcscChannel implements CardChannel {

  private static final byte READER = (byte) 0xFF;
  private static final byte KEY_A = 0x60;
  private static final byte KEY_B = 0x61;
  private static final int KEY_LENGTH = 6;
  private static final int BLOCK = 16;

  private final PcscPort port;
  private final String reader;
  private final CardIdentity card;

  private PcscChannel(PcscPort port, String reader, CardIdentity card) {
    this.port = port;
    this.reader = reader;
    this.card = card;
  }

  /// Connects to the card that lies there and asks who it is, twice: a UID that was read wrongly once must not count.
  static PcscChannel open(PcscPort port, String reader, byte[] atr)
      throws CardRefusedException, DeviceFaultException {
    port.connect(reader);
    byte[] uid = uid(port);
    if (!Arrays.equals(uid, uid(port))) {
      throw new CardRefusedException(CardRefusal.CARD_REMOVED, "two UIDs in a row");
    }
    return new PcscChannel(port, reader, ContactlessAtr.card(atr, uid));
  }

  private static byte[] uid(PcscPort port) throws CardRefusedException, DeviceFaultException {
    byte[] answer = port.transmit(new byte[] {READER, (byte) 0xCA, 0, 0, 0});
    int length = answer.length - 2;
    if (!isGood(answer) || length != 4 && length != 7 && length != 10) {
      throw new CardRefusedException(CardRefusal.CARD_WRONG_KIND, "the reader tells no UID of this card");
    }
    return Arrays.copyOf(answer, length);
  }

  @Override
  public CardIdentity card() {
    return card;
  }

  @Override
  public byte[] transmit(byte... command) throws CardRefusedException, DeviceFaultException {
    return port.transmit(command);
  }

  @Override
  public boolean openSector(int block, SectorKey key) throws CardRefusedException, DeviceFaultException {
    var load = new byte[5 + KEY_LENGTH];
    load[0] = READER;
    load[1] = (byte) 0x82;
    load[4] = KEY_LENGTH;
    System.arraycopy(key.bytes(), 0, load, 5, KEY_LENGTH);
    if (!isGood(port.transmit(load))) {
      throw new CardRefusedException(CardRefusal.CARD_WRONG_KIND,
          "this reader keeps no keys of MIFARE Classic");
    }
    boolean open = isGood(port.transmit(new byte[] {READER, (byte) 0x86, 0, 0, 5, 1, 0, (byte) block,
        key.letter() == SectorKey.Letter.A ? KEY_A : KEY_B, 0}));
    if (!open) {
      port.connect(reader);
    }
    return open;
  }

  @Override
  public byte[] readBlock(int block) throws CardRefusedException, DeviceFaultException {
    byte[] answer = port.transmit(new byte[] {READER, (byte) 0xB0, 0, (byte) block, BLOCK});
    if (!isGood(answer) || answer.length != BLOCK + 2) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE,
          "block " + block + " may not be read with this key");
    }
    return Arrays.copyOf(answer, BLOCK);
  }

  private static boolean isGood(byte[] answer) {
    return answer.length >= 2 && answer[answer.length - 2] == (byte) 0x90 && answer[answer.length - 1] == 0;
  }
}
