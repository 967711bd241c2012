package dev.counterfoil.sim.virtual;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.ClassicCard;
import dev.counterfoil.sim.card.PageCard;
import dev.counterfoil.sim.virtual.ScenarioException.Code;
import dev.counterfoil.sim.world.Holders;
import dev.counterfoil.sim.world.Holders.Holder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cards that lie beside the terminals of a virtual shop, and the people they belong to.
final class CardTray {

  private static final byte[] CARD_KEY = "the card key of a virtual shop".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_UID = 0xC0FFEE01;

  /// What a card is there for.
  enum Kind {
    GOOD, LOW, LOST, FOREIGN, OPERATOR
  }

  /// @param holder whose it is; none of a card that this shop never issued, or that serves operators
  record TrayCard(String name, Kind kind, Card card, Optional<Holder> holder) {

    CardToken token() {
      return tokenOf(card.uid());
    }
  }

  private final Map<String, TrayCard> cards = new LinkedHashMap<>();
  private final List<Holder> holders = new ArrayList<>();

  CardTray() {
    owned("anna", Kind.GOOD, 5_000);
    owned("bo", Kind.GOOD, 20_000);
    owned("carl", Kind.LOW, 320);
    owned("dora", Kind.LOST, 3_000);
    other("foreign", Kind.FOREIGN, PageCard.ntag(uid(cards.size())));
    other("operator", Kind.OPERATOR, ClassicCard.oneK(uid(cards.size())));
  }

  private void owned(String name, Kind kind, long openingMinor) {
    Card card = ClassicCard.oneK(uid(cards.size()));
    var holder = new Holder(holders.size(), holders.size() + 1L, tokenOf(card.uid()), openingMinor, true);
    holders.add(holder);
    cards.put(name, new TrayCard(name, kind, card, Optional.of(holder)));
  }

  private void other(String name, Kind kind, Card card) {
    cards.put(name, new TrayCard(name, kind, card, Optional.empty()));
  }

  /// Seven bytes of NXP's range.
  private static byte[] uid(int number) {
    return ByteBuffer.allocate(7).put((byte) 4).putInt(FIRST_UID + number).put((byte) 0x5A).put((byte) 0x80)
        .array();
  }

  /// What this shop's terminals make of a card's UID.
  static CardToken tokenOf(byte[] uid) {
    return CardToken.derive(1, CARD_KEY, uid);
  }

  List<TrayCard> all() {
    return List.copyOf(cards.values());
  }

  Holders holders() {
    return new Holders(holders, tokenOf(one(Kind.OPERATOR).card().uid()));
  }

  /// The first card of a kind.
  TrayCard one(Kind kind) {
    return cards.values().stream().filter(card -> card.kind() == kind).findFirst().orElseThrow();
  }

  /// @throws ScenarioException if there is none of that name
  TrayCard named(String name) throws ScenarioException {
    TrayCard card = cards.get(name);
    if (card == null) {
      throw new ScenarioException(Code.SCENARIO_CARD,
          "\"" + name + "\" is none of the cards " + String.join(", ", cards.keySet()));
    }
    return card;
  }

  /// What this card is called.
  String nameOf(Card card) {
    return cards.values().stream().filter(one -> one.card() == card).findFirst().orElseThrow().name();
  }
}
