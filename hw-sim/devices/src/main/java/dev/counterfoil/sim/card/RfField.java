package dev.counterfoil.sim.card;

import java.util.ArrayList;
import java.util.List;

/// The space in front of a reader and the cards in it.
///
/// Any thread may put and remove cards; the reader's thread looks at them. A card torn out during a write is
/// no longer present until it is put back.
public final class RfField {
  private final List<Card> cards = new ArrayList<>();

  /// Lays a card on the reader. A card that is there already stays where it is.
  public synchronized void put(Card card) {
    cards.removeIf(Card::torn);
    if (!cards.contains(card)) {
      card.enterField();
      cards.add(card);
    }
  }

  /// Lays several cards on the reader in the same moment, as a wallet does.
  public synchronized void putAll(Card... several) {
    for (Card card : several) {
      put(card);
    }
  }

  /// Takes one card away; true when it was there.
  public synchronized boolean remove(Card card) {
    return cards.remove(card);
  }

  /// Takes all cards away.
  public synchronized void clear() {
    cards.clear();
  }

  /// The cards that would answer now, in the order in which they were laid down.
  public synchronized List<Card> present() {
    cards.removeIf(Card::torn);
    return List.copyOf(cards);
  }

  public synchronized boolean contains(Card card) {
    return present().contains(card);
  }
}
