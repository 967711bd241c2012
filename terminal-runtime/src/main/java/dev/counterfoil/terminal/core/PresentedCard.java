package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the terminal's own store says about the card that was presented last. A card that is not this one is unknown.
final class PresentedCard {

  private @Nullable CardToken lookedFor;
  private @Nullable CardFacts facts;

  /// This card is looked up from here on, and no earlier one.
  void lookFor(CardToken token) {
    lookedFor = token;
  }

  /// The store has answered.
  ///
  /// @param found empty if it could not tell
  /// @return whether this is the card that is looked for; else nothing is kept
  boolean found(CardToken token, Optional<CardFacts> found) {
    if (!token.equals(lookedFor)) {
      return false;
    }
    lookedFor = null;
    facts = found.orElse(null);
    return true;
  }

  Optional<CardFacts> facts(CardToken token) {
    return Optional.ofNullable(facts).filter(known -> known.token().equals(token));
  }

  Optional<AccountEntry> entry(CardToken token) {
    return facts(token).flatMap(CardFacts::entry);
  }
}
