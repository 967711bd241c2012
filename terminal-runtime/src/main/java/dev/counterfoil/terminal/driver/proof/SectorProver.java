package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.Arrays;

/// Reads the number of a MIFARE Classic card from a sector that our key opens. Its cipher, Crypto1, is broken: who has the
/// card for some minutes has its keys. Diversified keys keep that to one card.
///
/// Threads: the reader's.
public final class SectorProver implements CardProver {

  private final SectorOfCard place;
  private final CardKeys keys;
  private final IdentityRule identity;

  public SectorProver(SectorOfCard place, CardKeys keys, IdentityRule identity) {
    this.place = place;
    this.keys = keys;
    this.identity = identity;
  }

  @Override
  public CardProof prove(CardChannel channel)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var card = channel.card();
    if (card.technology() != CardTechnology.MIFARE_CLASSIC) {
      throw new CardRefusedException(CardRefusal.CARD_WRONG_KIND,
          card.technology() + " is no MIFARE Classic");
    }
    for (var letter : place.letters()) {
      if (channel.openSector(place.number(), keys.ofSector(card, place.sector(), letter))) {
        var block = channel.readBlock(place.number());
        return identity.proof(CardProof.Kind.SECTOR, card,
            Arrays.copyOfRange(block, place.offset(), place.offset() + place.length()));
      }
    }
    throw new CardRefusedException(CardRefusal.CARD_KEY_WRONG, "no key opens sector " + place.sector());
  }
}
