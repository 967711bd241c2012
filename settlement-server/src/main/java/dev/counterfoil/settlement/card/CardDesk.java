package dev.counterfoil.settlement.card;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;

/// Issues, binds and blocks cards. Every method commits before it returns, or throws {@link RefusedException} and has
/// changed nothing. Belongs to the core's thread.
public final class CardDesk {

  private final StoreMemory memory;

  public CardDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// Gives a card to an account.
  ///
  /// @throws RefusedException CARD_IN_USE if the token is known, ACCOUNT_UNKNOWN
  public CardRow issue(int site, CardToken token, long account, long nowMs) {
    if (memory.site(site).account(account).isEmpty()) {
      throw new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site);
    }
    return add(site, token, account, false, nowMs);
  }

  /// Makes a card that acts for an operator, such as to void a sale at a terminal.
  public CardRow issueOperatorCard(int site, CardToken token, long nowMs) {
    return add(site, token, 0, true, nowMs);
  }

  private CardRow add(int site, CardToken token, long account, boolean operator, long nowMs) {
    SiteMemory memoryOfSite = memory.site(site);
    if (memoryOfSite.card(token).isPresent()) {
      throw new RefusedException("CARD_IN_USE", token + " is issued already");
    }
    var card = new CardRow(site, memoryOfSite.numbers().nextCard(), token, account, CardStatus.ACTIVE,
        operator);
    write(card, nowMs, new CommitUnit());
    return card;
  }

  /// Moves a card to another account.
  public CardRow bind(int site, CardToken token, long account, long nowMs) {
    CardRow card = existing(site, token);
    if (memory.site(site).account(account).isEmpty()) {
      throw new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site);
    }
    CardRow next = card.withAccount(account);
    write(next, nowMs, new CommitUnit());
    return next;
  }

  /// Blocks a card everywhere: online at once, at terminals with the next deny list (I-17).
  public CardRow reportLost(int site, CardToken token, long nowMs) {
    return changeStatus(existing(site, token).withStatus(CardStatus.LOST), true, nowMs);
  }

  /// Takes a loss report back.
  public CardRow found(int site, CardToken token, long nowMs) {
    CardRow card = existing(site, token);
    if (card.status() != CardStatus.LOST) {
      throw new RefusedException("CARD_TRANSITION", token + " is " + card.status());
    }
    return changeStatus(card.withStatus(CardStatus.ACTIVE), false, nowMs);
  }

  /// Takes a card out of use for good.
  public CardRow retire(int site, CardToken token, long nowMs) {
    return changeStatus(existing(site, token).withStatus(CardStatus.RETIRED), true, nowMs);
  }

  private CardRow changeStatus(CardRow next, boolean denied, long nowMs) {
    var unit = new CommitUnit();
    unit.putDenial(
        new DenyRow(next.site(), next.token(), memory.site(next.site()).numbers().nextDenyVersion(), denied));
    write(next, nowMs, unit);
    return next;
  }

  private CardRow existing(int site, CardToken token) {
    return memory.site(site).card(token)
        .orElseThrow(() -> new RefusedException("CARD_UNKNOWN", token + " was never issued at site " + site));
  }

  private void write(CardRow card, long nowMs, CommitUnit unit) {
    var books = new Books(memory.site(card.site()), memory.reads(), unit, nowMs);
    unit.putCard(card);
    books.touch(card.account());
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }
}
