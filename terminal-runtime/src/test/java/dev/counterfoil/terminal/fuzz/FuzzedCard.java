package dev.counterfoil.terminal.fuzz;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.SectorKey;
import java.util.List;

/// A card that answers each command with the next piece, whatever it is asked, and then is gone.
public final class FuzzedCard implements CardChannel {

  private final CardIdentity card;
  private final List<byte[]> pieces;
  private int next;

  public FuzzedCard(CardIdentity card, List<byte[]> pieces) {
    this.card = card;
    this.pieces = pieces;
  }

  @Override
  public CardIdentity card() {
    return card;
  }

  @Override
  public byte[] transmit(byte... command) throws CardRefusedException {
    if (next == pieces.size()) {
      throw new CardRefusedException(CardRefusal.CARD_REMOVED, "says no more");
    }
    return pieces.get(next++).clone();
  }

  @Override
  public boolean openSector(int block, SectorKey key) throws CardRefusedException {
    return transmit((byte) block).length % 2 == 0;
  }

  @Override
  public byte[] readBlock(int block) throws CardRefusedException {
    return transmit((byte) block);
  }
}
