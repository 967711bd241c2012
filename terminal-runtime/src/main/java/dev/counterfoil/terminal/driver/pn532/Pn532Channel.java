package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.SectorKey;
import dev.counterfoil.terminal.driver.pn532.Pn532Chip.CardAnswer;
import java.util.List;

/// The conversation with the card that the chip listed last, alone.
///
/// Threads: the one that owns the line.
public final class Pn532Channel implements CardChannel {

  private static final byte AUTHENTICATE_A = 0x60;
  private static final byte AUTHENTICATE_B = 0x61;
  private static final byte READ = 0x30;
  private static final int KEY_LENGTH = 6;
  private static final int BLOCK = 16;
  /// Of a UID the last four bytes go into the authentication.
  private static final int UID_PART = 4;

  private final Pn532Chip chip;
  private final CardIdentity card;

  public Pn532Channel(Pn532Chip chip, CardIdentity card) {
    this.chip = chip;
    this.card = card;
  }

  @Override
  public CardIdentity card() {
    return card;
  }

  @Override
  public byte[] transmit(byte... command)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    return good(chip.exchangeData(command)).data();
  }

  @Override
  public boolean openSector(int block, SectorKey key)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var answer = chip.exchangeData(authentication(block, key));
    if (answer.status() == CardAnswer.AUTHENTICATION_FAILED) {
      selectAgain();
      return false;
    }
    good(answer);
    return true;
  }

  private byte[] authentication(int block, SectorKey key) {
    var uid = card.uid();
    var command = new byte[2 + KEY_LENGTH + UID_PART];
    command[0] = key.letter() == SectorKey.Letter.A ? AUTHENTICATE_A : AUTHENTICATE_B;
    command[1] = (byte) block;
    System.arraycopy(key.bytes(), 0, command, 2, KEY_LENGTH);
    System.arraycopy(uid, uid.length - UID_PART, command, 2 + KEY_LENGTH, UID_PART);
    return command;
  }

  @Override
  public byte[] readBlock(int block) throws CardRefusedException, DeviceFaultException, InterruptedException {
    var answer = chip.exchangeData(new byte[] {READ, (byte) block});
    if (answer.status() == CardAnswer.AUTHENTICATION_FAILED
        || answer.isGood() && answer.data().length != BLOCK) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE,
          "block " + block + " may not be read with this key");
    }
    return good(answer).data();
  }

  /// Whether this very card lies there alone, selected anew. A card whose power broke down may miss the first look.
  boolean selectAgain() throws DeviceFaultException, InterruptedException {
    chip.releaseCards();
    var found = chip.listCards();
    return (found.isEmpty() ? chip.listCards() : found).equals(List.of(card));
  }

  private static CardAnswer good(CardAnswer answer) throws CardRefusedException {
    if (!answer.isGood()) {
      throw new CardRefusedException(CardRefusal.CARD_REMOVED,
          "the reader says " + Integer.toHexString(answer.status()) + " for the card");
    }
    return answer;
  }
}
