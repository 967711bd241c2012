package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.RecordedSale;
import dev.counterfoil.settlement.ledger.SalePosting;
import dev.counterfoil.settlement.ledger.SaleTerms;
import dev.counterfoil.settlement.ledger.TerminalRefundPosting;
import dev.counterfoil.settlement.ledger.VoidPosting;
import dev.counterfoil.settlement.mealorder.Collected;
import dev.counterfoil.settlement.mealorder.OrderBook;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.SaleSubType;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Settles one record after the other into one site's books: posts it, or puts it into the exception queue. Never
/// throws because of what a record says.
final class RecordPoster {

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private final Books books;
  private final Map<TransactionId, AuthorizationRow> authorizations;
  private final SalePosting sales;
  private final VoidPosting voids;
  private final TerminalRefundPosting refunds;
  private final IntentBook intents;
  private final OrderBook orders;

  /// @param authorizations answers given to the transactions of this unit
  /// @param intents of the same books; the caller closes it
  RecordPoster(Books books, Map<TransactionId, AuthorizationRow> authorizations, IntentBook intents,
      OrderBook orders, CoreSettings settings) {
    this.books = books;
    this.authorizations = authorizations;
    this.sales = new SalePosting(books, settings.dayAt(books.nowMs()));
    this.voids = new VoidPosting(books, settings);
    this.refunds = new TerminalRefundPosting(books, settings);
    this.intents = intents;
    this.orders = orders;
  }

  void settle(TerminalRow terminal, RecordFacts facts) {
    JournalRecord record = facts.record();
    follow(terminal.terminal(), facts);
    switch (facts) {
      case RecordFacts.CardSale sale -> {
        RecordedSale event = event(terminal, record, sale.id(), sale.amount(), sale.currency(),
            sale.offline(), sale.terms());
        if (isBookable(event) && isNewToItsTill(event, sale.reference())) {
          sales.card(terminal, event, sale.token(), Optional.ofNullable(authorizations.get(sale.id())));
          orders.collected(new Collected(sale.id(), terminal.terminal(), record.seq(), sale.order(),
              holder(sale.token()), Math.addExact(sale.amount(), sale.terms().reduced())));
        }
      }
      case RecordFacts.CashSale sale -> {
        RecordedSale event = event(terminal, record, sale.id(), sale.amount(), sale.currency(), false,
            sale.terms());
        if (isBookable(event) && isNewToItsTill(event, sale.reference())) {
          sales.cash(terminal, event);
        }
      }
      case RecordFacts.Voided voided -> {
        RecordedSale event = event(terminal, record, voided.id(), voided.amount(), voided.currency(), false,
            SaleTerms.plain(SaleSubType.POS));
        if (isBookable(event) && voids.post(event, voided.original())) {
          orders.voided(voided.original());
        }
      }
      case RecordFacts.Refunded refunded -> {
        RecordedSale event = event(terminal, record, refunded.id(), refunded.amount(), refunded.currency(),
            false, SaleTerms.plain(SaleSubType.POS));
        if (isBookable(event)) {
          refunds.post(event, refunded.original(), Optional.ofNullable(authorizations.get(refunded.id())));
        }
      }
      case RecordFacts.Collection used -> orders.collected(new Collected(used.id(), terminal.terminal(),
          record.seq(), used.order(), holder(used.token()), 0));
      case RecordFacts.Declined declined -> declined(terminal, declined);
      case RecordFacts.NothingTaken nothing -> release(nothing.id());
      case RecordFacts.Gap gap -> raise(ExceptionKind.RECORD_GAP, terminal, record, gap.moved(), gap.count()
          + " records are lost, " + gap.fromSeq() + ".." + gap.toSeq());
      case RecordFacts.UnknownKind _ -> raise(ExceptionKind.UNKNOWN_KIND, terminal, record, record.amount(),
          "kind " + record.kindCode() + " waits for an upgrade");
      case RecordFacts.Unreadable unreadable -> raise(ExceptionKind.UNREADABLE_RECORD, terminal, record,
          record.amount(), unreadable.problem());
      case RecordFacts.Genesis _,RecordFacts.KeyRotation _,RecordFacts.Bookkeeping _,RecordFacts.Intent _ -> {
        // Nothing that the ledger would know of.
      }
    }
  }

  private long holder(Optional<CardToken> token) {
    return token.flatMap(books.memory()::card).map(CardRow::account).orElse(0L);
  }

  private void follow(int terminal, RecordFacts facts) {
    JournalRecord record = facts.record();
    if (facts instanceof RecordFacts.Intent intent) {
      intents.begun(terminal, intent);
    } else if (record.is(RecordKind.OUTCOME)) {
      facts.transaction().ifPresent(id -> intents.ended(terminal, id, record.seq()));
    } else if (record.is(RecordKind.RESUME) || record.is(RecordKind.GENESIS)) {
      intents.runIsOver(terminal);
    }
  }

  private void declined(TerminalRow terminal, RecordFacts.Declined declined) {
    release(declined.id());
    declined.token().filter(_ -> declined.reason().equals(DeclineReason.CARD_LOST.name()))
        .flatMap(books.memory()::card).ifPresent(card -> lostCard(terminal, declined, card));
    JournalRecord record = declined.record();
    if (books.transaction(declined.id()).isPresent()) {
      raise(ExceptionKind.DUPLICATE_TRANSACTION, terminal, record, declined.amount(),
          "declined, though the transaction exists");
      return;
    }
    books.insert(new TransactionRow(books.site(), declined.id(), TransactionKind.DECLINE, terminal.terminal(),
        record.seq(), 0, declined.amount(), books.currency(), declined.offline(), TransactionRow.SYNCED, null,
        0,
        record.wallMillis(), books.nowMs()));
  }

  /// Somebody tries a card that was reported lost: worth one look in an hour, however often he tries (RSK-09).
  private void lostCard(TerminalRow terminal, RecordFacts.Declined declined, CardRow card) {
    JournalRecord record = declined.record();
    long hour = Math.floorDiv(record.wallMillis(), HOUR_MS);
    books.raise(ExceptionKind.LOST_CARD_SHOWN, card.card() + ":" + hour, terminal.terminal(), record.seq(),
        Optional.of(declined.id()), card.account(), declined.amount(),
        "card " + card.card() + " was presented and refused; it is " + card.status());
  }

  private void release(TransactionId id) {
    books.openHold(id).ifPresent(hold -> books.release(hold, HoldState.RELEASED, PostingReason.DECLINED));
  }

  /// One transaction id, one posting (PAY-17, OFF-07); one site, one currency.
  private boolean isBookable(RecordedSale event) {
    if (books.transaction(event.id()).isPresent()) {
      raise(ExceptionKind.DUPLICATE_TRANSACTION, event, "the transaction is settled already");
      return false;
    }
    if (!event.currency().equals(books.currency())) {
      raise(ExceptionKind.WRONG_CURRENCY, event,
          "currency " + event.currency() + " at a site of " + books.currency());
      return false;
    }
    return true;
  }

  /// One number of a till, one sale (PAY-17): a second one stands in the exception queue and debits nobody. Two tills
  /// may count alike, so a number belongs to its terminal.
  private boolean isNewToItsTill(RecordedSale event, String reference) {
    if (reference.isEmpty()) {
      return true;
    }
    Optional<TillReferenceRow> before = books.tillReference(event.terminal(), reference);
    if (before.isPresent()) {
      release(event.id());
      raise(ExceptionKind.DUPLICATE_REFERENCE, event, "till reference " + reference + " was booked by record "
          + before.get().seq() + " with " + before.get().amount());
      return false;
    }
    books.insert(new TillReferenceRow(books.site(), event.terminal(), reference, event.id(), event.seq(),
        event.amount()));
    return true;
  }

  private static RecordedSale event(TerminalRow terminal, JournalRecord record, TransactionId id, long amount,
      String currency, boolean offline, SaleTerms terms) {
    return new RecordedSale(id, terminal.terminal(), record.seq(), amount, currency, offline,
        record.wallMillis(), terms);
  }

  private void raise(ExceptionKind kind, RecordedSale event, String detail) {
    books.raise(kind, event.terminal() + ":" + event.seq(), event.terminal(), event.seq(),
        Optional.of(event.id()), 0,
        event.amount(), detail);
  }

  private void raise(ExceptionKind kind, TerminalRow terminal, JournalRecord record, long amount,
      String detail) {
    books.raise(kind, terminal.terminal() + ":" + record.seq(), terminal.terminal(), record.seq(),
        Optional.empty(), 0,
        amount, detail);
  }
}
