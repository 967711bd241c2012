package dev.counterfoil.settlement.card;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;
import java.util.List;

/// Issues, binds and blocks cards. Every method commits before it returns, or throws {@link RefusedException} and has
/// changed nothing. Belongs to the core's thread.
public final class CardDesk {

  /// Cards blocked in one unit by the clock.
  private static final int AT_ONCE = 500;

  private final StoreMemory memory;

  public CardDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// Gives a card to an account.
  ///
  /// @throws RefusedException CARD_IN_USE if the token is known, ACCOUNT_UNKNOWN, ACCOUNT_NOT_NORMAL if it is closed
  public CardRow issue(int site, CardToken token, long account, long nowMs) {
    checkOpen(site, account);
    return add(site, token, account, false, nowMs);
  }

  /// Makes a card that acts for an operator, such as to void a sale at a terminal.
  public CardRow issueOperatorCard(int site, CardToken token, long nowMs) {
    return add(site, token, 0, true, nowMs);
  }

  private CardRow add(int site, CardToken token, long account, boolean operator, long nowMs) {
    CardRow card = fresh(site, token, account, operator);
    write(card, nowMs, new CommitUnit());
    return card;
  }

  private CardRow fresh(int site, CardToken token, long account, boolean operator) {
    return fresh(memory.site(site), token, account, operator);
  }

  /// A card for an account, to be put into a unit.
  ///
  /// @throws RefusedException CARD_IN_USE if the token is known
  public static CardRow fresh(SiteMemory site, CardToken token, long account) {
    return fresh(site, token, account, false);
  }

  private static CardRow fresh(SiteMemory site, CardToken token, long account, boolean operator) {
    if (site.card(token).isPresent()) {
      throw new RefusedException("CARD_IN_USE", token + " is issued already");
    }
    return new CardRow(site.row().site(), site.numbers().nextCard(), token, account, CardStatus.ACTIVE,
        operator, 0);
  }

  /// A new card in the place of an old one (CRD-10): the account and its balance are the same, the old token is refused
  /// everywhere from now on. Not to be repeated: the old card is retired then.
  ///
  /// @throws RefusedException CARD_UNKNOWN, CARD_IN_USE, CARD_TRANSITION if the old one is retired,
  ///     ACCOUNT_NOT_NORMAL if the account is closed
  public CardRow reissue(int site, CardToken old, CardToken token, long nowMs) {
    CardRow before = existing(site, old);
    if (before.status() == CardStatus.RETIRED) {
      throw new RefusedException("CARD_TRANSITION", old + " is " + before.status());
    }
    if (before.account() != 0) {
      checkOpen(site, before.account());
    }
    CardRow next = fresh(site, token, before.account(), before.operatorCard());
    var unit = new CommitUnit();
    unit.putCard(next);
    follow(unit, before, next);
    changeStatus(before.withStatus(CardStatus.RETIRED), true, nowMs, unit);
    return next;
  }

  /// The main card stays the main card.
  private void follow(CommitUnit unit, CardRow before, CardRow next) {
    memory.reads().profiles().profile(before.site(), before.account())
        .filter(profile -> profile.primaryCard() == before.card())
        .ifPresent(profile -> unit.putProfile(profile.withPrimaryCard(next.card())));
  }

  /// Makes a card the main one of its account (ACC-19).
  public CardRow makePrimary(int site, CardToken token, long nowMs) {
    CardRow card = existing(site, token);
    var unit = new CommitUnit();
    memory.reads().profiles().profile(site, card.account())
        .ifPresent(profile -> unit.putProfile(profile.withPrimaryCard(card.card())));
    write(card, nowMs, unit);
    return card;
  }

  /// Moves a card to another account.
  public CardRow bind(int site, CardToken token, long account, long nowMs) {
    CardRow card = existing(site, token);
    checkOpen(site, account);
    CardRow next = card.withAccount(account);
    var unit = new CommitUnit();
    write(next, nowMs, unit, card.account());
    return next;
  }

  /// Blocks a card everywhere: online at once, at terminals with the next deny list (I-17).
  public CardRow reportLost(int site, CardToken token, long nowMs) {
    return changeStatus(existing(site, token).withStatus(CardStatus.LOST), true, nowMs, new CommitUnit());
  }

  /// Takes a loss report back.
  public CardRow found(int site, CardToken token, long nowMs) {
    CardRow card = existing(site, token);
    if (card.status() != CardStatus.LOST) {
      throw new RefusedException("CARD_TRANSITION", token + " is " + card.status());
    }
    return changeStatus(card.withStatus(CardStatus.ACTIVE), false, nowMs, new CommitUnit());
  }

  /// Takes a card out of use for good.
  public CardRow retire(int site, CardToken token, long nowMs) {
    return changeStatus(existing(site, token).withStatus(CardStatus.RETIRED), true, nowMs, new CommitUnit());
  }

  /// Says when a card's time is over (CRD-08); a later date takes an expired card back into use.
  ///
  /// @param expiresMs server time, 0 for never
  public CardRow expireAt(int site, CardToken token, long expiresMs, long nowMs) {
    CardRow card = existing(site, token).withExpiresMs(expiresMs);
    boolean over = card.isOver(nowMs);
    return switch (card.status()) {
      case ACTIVE -> over
          ? changeStatus(card.withStatus(CardStatus.EXPIRED), true, nowMs, new CommitUnit())
          : changed(card, nowMs);
      case EXPIRED -> over ? changed(card, nowMs)
          : changeStatus(card.withStatus(CardStatus.ACTIVE), false, nowMs, new CommitUnit());
      case LOST, RETIRED -> throw new RefusedException("CARD_TRANSITION", token + " is " + card.status());
    };
  }

  private CardRow changed(CardRow card, long nowMs) {
    write(card, nowMs, new CommitUnit());
    return card;
  }

  /// Blocks the cards whose time is over, at terminals with the next deny list. Call about once a second: an index finds
  /// them.
  ///
  /// @return how many
  public int expire(int site, long nowMs) {
    List<CardRow> over = memory.reads().profiles().cardsExpired(site, nowMs, AT_ONCE);
    if (over.isEmpty()) {
      return 0;
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    for (CardRow card : over) {
      deny(unit, card, true);
      unit.putCard(card.withStatus(CardStatus.EXPIRED));
      books.touch(card.account());
    }
    books.close();
    return memory.commit(unit).isCommitted() ? over.size() : 0;
  }

  private CardRow changeStatus(CardRow next, boolean denied, long nowMs, CommitUnit unit) {
    deny(unit, next, denied);
    write(next, nowMs, unit);
    return next;
  }

  private void deny(CommitUnit unit, CardRow card, boolean denied) {
    unit.putDenial(new DenyRow(card.site(), card.token(),
        memory.site(card.site()).numbers().nextDenyVersion(), denied));
  }

  /// A closed account gets no card: nobody could pay with it.
  private void checkOpen(int site, long account) {
    AccountRow row = memory.site(site).account(account).orElseThrow(
        () -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site));
    if (row.status() == AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_NOT_NORMAL", "account " + row.number() + " is " + row.status());
    }
  }

  private CardRow existing(int site, CardToken token) {
    return memory.site(site).card(token)
        .orElseThrow(() -> new RefusedException("CARD_UNKNOWN", token + " was never issued at site " + site));
  }

  private void write(CardRow card, long nowMs, CommitUnit unit, long... alsoTouched) {
    var books = new Books(memory.site(card.site()), memory.reads(), unit, nowMs);
    unit.putCard(card);
    books.touch(card.account());
    for (long account : alsoTouched) {
      books.touch(account);
    }
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }
}
