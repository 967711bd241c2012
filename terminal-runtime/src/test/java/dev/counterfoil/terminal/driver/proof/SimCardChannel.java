package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardAnswer;
import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.SectorKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A simulated card in a reader that is not simulated: the conversation without any wire, with all that was said.
final class SimCardChannel implements CardChannel {

  final List<String> said = new ArrayList<>();
  private final Card card;

  SimCardChannel(Card card) {
    this.card = card;
    card.select();
  }

  @Override
  public CardIdentity card() {
    byte[] atqa = card.atqa();
    int number = (atqa[0] & 0xFF) << 8 | atqa[1] & 0xFF;
    byte[] ats = card.ats();
    return new CardIdentity(CardTechnology.of(number, card.sak()), card.uid(), number, card.sak(),
        ats.length == 0 ? ats : Arrays.copyOfRange(ats, 1, ats.length));
  }

  @Override
  public byte[] transmit(byte... command) throws CardRefusedException {
    var answer = exchange(command);
    said.add(HexFormat.of().formatHex(command) + " -> " + HexFormat.of().formatHex(answer));
    return answer;
  }

  private byte[] exchange(byte[] command) throws CardRefusedException {
    return switch (card.exchange(command)) {
      case CardAnswer.Data(byte[] bytes) -> bytes;
      case CardAnswer.Nak _,CardAnswer.AuthenticationFailed _,CardAnswer.Silence _ ->
        throw new CardRefusedException(CardRefusal.CARD_REMOVED, "no answer");
    };
  }

  @Override
  public boolean openSector(int block, SectorKey key) throws CardRefusedException {
    byte[] uid = card.uid();
    var command = new byte[12];
    command[0] = (byte) (key.letter() == SectorKey.Letter.A ? 0x60 : 0x61);
    command[1] = (byte) block;
    System.arraycopy(key.bytes(), 0, command, 2, 6);
    System.arraycopy(uid, uid.length - 4, command, 8, 4);
    return switch (card.exchange(command)) {
      case CardAnswer.Data _ -> true;
      case CardAnswer.AuthenticationFailed _ -> {
        card.select();
        yield false;
      }
      case CardAnswer.Nak _,CardAnswer.Silence _ ->
        throw new CardRefusedException(CardRefusal.CARD_REMOVED, "no answer");
    };
  }

  @Override
  public byte[] readBlock(int block) throws CardRefusedException {
    return exchange(new byte[] {0x30, (byte) block});
  }
}
