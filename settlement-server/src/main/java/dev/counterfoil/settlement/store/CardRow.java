package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;

/// A card and the account behind it. The card's own number is nowhere; `token` is all that is kept.
///
/// @param account 0 for an operator card without an account
/// @param operatorCard may void a terminal's last sale
public record CardRow(
    int site,
    long card,
    CardToken token,
    long account,
    CardStatus status,
    boolean operatorCard) {

  public CardRow withStatus(CardStatus next) {
    return new CardRow(site, card, token, account, next, operatorCard);
  }

  public CardRow withAccount(long next) {
    return new CardRow(site, card, token, next, status, operatorCard);
  }
}
