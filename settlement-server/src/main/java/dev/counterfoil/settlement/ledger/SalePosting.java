package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posting rules of a sale. A sale that a terminal recorded is a fact, never a request: it is always booked in full,
/// and what is wrong with it goes to the account and to the exception queue.
///
/// | event | debit -> credit |
/// | --- | --- |
/// | paid by card | holder SUBSIDY, the soonest to expire first, then CASH -> merchant payable |
/// | paid in part with coins and notes | the terminal's drawer, then as above -> merchant payable |
/// | paid by a card that nobody knows | suspense -> merchant payable |
/// | coins and notes | the terminal's drawer -> merchant payable |
public final class SalePosting {

  private final Books books;
  private final long day;

  /// @param day day number of the books' time, for daily limits
  public SalePosting(Books books, long day) {
    this.books = books;
    this.day = day;
  }

  /// Books coins and notes.
  public void cash(TerminalRow terminal, RecordedSale sale) {
    var moved = books.post(sale.id(), 1, terminal.drawerLedger(), terminal.merchantLedger(), sale.amount(),
        PostingReason.CASH_SALE);
    insert(sale, TransactionKind.SALE_CASH, 0, TransactionRow.SYNCED, moved.transfer());
  }

  /// Books a purchase by card.
  ///
  /// @param authorization the answer that was given to this transaction's Authorize, if there was one
  public void card(TerminalRow terminal, RecordedSale sale, Optional<CardToken> token,
      Optional<AuthorizationRow> authorization) {
    Optional<CardRow> card = token.flatMap(books.memory()::card);
    Optional<AccountRow> account = card.flatMap(known -> books.account(known.account()));
    if (account.isEmpty()) {
      suspense(terminal, sale, token);
      return;
    }
    card.filter(known -> known.status() != CardStatus.ACTIVE).ifPresent(
        known -> raise(ExceptionKind.LOST_CARD_USED, sale, account.get(), "card is " + known.status()));
    holder(terminal, sale, account.get(), card.map(CardRow::card).orElse(0L), authorization);
  }

  private void suspense(TerminalRow terminal, RecordedSale sale, Optional<CardToken> token) {
    long suspense = books.ledgerOf(LedgerKind.SUSPENSE, 0);
    var legs = new SaleLegs(books, sale.id(), terminal.merchantLedger());
    legs.post(terminal.drawerLedger(), sale.terms().cash(), PostingReason.CASH_SALE);
    legs.post(suspense, sale.amount() - sale.terms().cash(), PostingReason.SALE_SUSPENSE);
    insert(sale, TransactionKind.SALE_CARD, 0, TransactionRow.SYNC_FAILED, legs.first());
    books.raise(ExceptionKind.UNKNOWN_CARD, key(sale), sale.terminal(), sale.seq(), Optional.of(sale.id()), 0,
        sale.amount(), token.map(CardToken::toString).orElse("no readable card token"));
  }

  private void holder(TerminalRow terminal, RecordedSale sale, AccountRow account, long card,
      Optional<AuthorizationRow> authorization) {
    Optional<HoldRow> hold = books.openHold(sale.id()).filter(open -> open.account() == account.account());
    var purses = new Purses(books, account);
    long availableBefore = purses.available();
    long balanceBefore = purses.balance();
    long first = settle(terminal, sale, account, purses, hold);
    books.countSpent(day, account.cashLedger(), sale.amount() - sale.terms().cash());
    books.touch(account.account());
    insert(sale, TransactionKind.SALE_CARD, account.account(), TransactionRow.SYNCED, first,
        details(sale, card, balanceBefore, purses.balance()));
    if (hold.isEmpty()) {
      flagLate(sale, account, authorization);
    }
    flagAccount(sale, account);
    flagOverdraft(sale, account, purses, availableBefore);
  }

  /// Subsidies first, then the holder's own money. The hold of this transaction ends here however the sale was approved;
  /// should the record state more than was held, the rest is posted beside it.
  private long settle(TerminalRow terminal, RecordedSale sale, AccountRow account, Purses purses,
      Optional<HoldRow> hold) {
    var legs = new SaleLegs(books, sale.id(), terminal.merchantLedger());
    legs.post(terminal.drawerLedger(), sale.terms().cash(), PostingReason.CASH_SALE);
    long rest = sale.amount() - sale.terms().cash();
    for (Purses.Part part : purses.subsidiesFor(rest)) {
      legs.post(part.ledger(), part.amount(), PostingReason.SALE_SUBSIDY);
      rest -= part.amount();
    }
    long held = hold.isEmpty() ? 0 : Math.min(hold.get().amount(), rest);
    hold.ifPresent(open -> legs.capture(open, held));
    legs.post(account.cashLedger(), rest - held, PostingReason.SALE);
    hold.filter(open -> open.amount() != sale.amount() - sale.terms().cash()).ifPresent(
        open -> raise(ExceptionKind.CAPTURE_AMOUNT_DIFFERS, sale, account, "held " + open.amount()));
    return legs.first();
  }

  private void flagLate(RecordedSale sale, AccountRow account, Optional<AuthorizationRow> authorization) {
    if (authorization.isEmpty()) {
      return;
    }
    AuthorizationRow answer = authorization.get();
    boolean approved = answer.outcome() == AuthorizationOutcome.APPROVED;
    raise(approved ? ExceptionKind.LATE_CAPTURE : ExceptionKind.LATE_DECLINE, sale, account,
        approved ? "hold " + answer.hold() + " had ended"
            : "server had answered " + answer.outcome() + " "
                + answer.reason());
  }

  private void flagAccount(RecordedSale sale, AccountRow account) {
    if (account.status() != AccountStatus.NORMAL) {
      raise(ExceptionKind.ACCOUNT_NOT_NORMAL, sale, account, "account is " + account.status());
    }
  }

  /// The amount stays booked; the account may not buy again before an operator has looked.
  private void flagOverdraft(RecordedSale sale, AccountRow account, Purses purses, long availableBefore) {
    long available = purses.available();
    if (available < availableBefore && available < books.floor(account.cashLedger())) {
      books.put(books.account(account.account()).orElse(account).withRestricted(true));
      raise(ExceptionKind.OFFLINE_OVERDRAFT, sale, account,
          "available " + availableBefore + " -> " + available);
    }
  }

  private void insert(RecordedSale sale, TransactionKind kind, long account, int syncStatus,
      long firstTransfer) {
    insert(sale, kind, account, syncStatus, firstTransfer, details(sale, 0, null, null));
  }

  private static TransactionRow.Details details(RecordedSale sale, long card, @Nullable Long before,
      @Nullable Long after) {
    SaleTerms terms = sale.terms();
    return new TransactionRow.Details(card, terms.subType().name(), terms.presentation(), terms.discount(),
        terms.reduced(), terms.cash(), before, after, terms.consumerIp());
  }

  private void insert(RecordedSale sale, TransactionKind kind, long account, int syncStatus,
      long firstTransfer, TransactionRow.Details details) {
    goods(sale);
    books.insert(new TransactionRow(books.site(), sale.id(), kind, sale.terminal(), sale.seq(), account,
        sale.amount(), books.currency(), sale.offline(), syncStatus, null, firstTransfer, sale.terminalMs(),
        books.nowMs(), details));
  }

  private void goods(RecordedSale sale) {
    int line = 0;
    for (SaleTerms.Goods each : sale.terms().goods()) {
      line++;
      books.unit().insertSaleLine(new SaleLineRow(books.site(), sale.id(), line, each.product(),
          each.productName(), each.category(), each.categoryName(), each.quantity(), each.unitPriceMinor(),
          each.weightGrams(), each.kilogramMinor()));
    }
  }

  private void raise(ExceptionKind kind, RecordedSale sale, AccountRow account, String detail) {
    TransactionId id = sale.id();
    books.raise(kind, key(sale), sale.terminal(), sale.seq(), Optional.of(id), account.account(),
        sale.amount(),
        detail);
  }

  private static String key(RecordedSale sale) {
    return sale.terminal() + ":" + sale.seq();
  }
}
