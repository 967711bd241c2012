package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;

/// A card and the account behind it. The card's own number is nowhere; `token` is all that is kept.
///
/// @param account 0 for an operator card without an account
/// @param operatorCard may void a terminal's last sale
/// @param expiresMs server time from which it is void, 0 for never
public record CardRow(
    int site,
    long card,
    CardToken token,
    long account,
    CardStatus status,
    boolean operatorCard,
    long expiresMs) {

  /// Whether its last moment is over, whether or not anybody has noted it.
  public boolean isOver(long nowMs) {
    return expiresMs > 0 && expiresMs <= nowMs;
  }

  public CardRow withStatus(CardStatus next) {
    return new CardRow(site, card, token, account, next, operatorCard, expiresMs);
  }

  public CardRow withAccount(long next) {
    return new CardRow(site, card, token, next, status, operatorCard, expiresMs);
  }

  public CardRow withExpiresMs(long next) {
    return new CardRow(site, card, token, account, status, operatorCard, next);
  }
}
