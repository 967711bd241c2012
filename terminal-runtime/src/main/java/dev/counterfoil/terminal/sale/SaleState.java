package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.Optional;

/// Where a terminal stands in a purchase.
///
/// ```
/// Entering --#, product, till--> Armed --card--> Asking --answer, 800 ms, link lost--> Recording --durable--> Showing
///     |                            |                |                                                          |
///     +--A--> OperatorNeeded --operator card--> Recording         declined --> Showing <-----------------------+
///     +--#, mode Weighed--> Weighing --card--> Asking
///     +--B--> BalanceAsked --card--> Showing     +--password wanted--> PasswordNeeded --#--> Asking
/// ```
///
/// Times are the monotonic milliseconds of the run.
public sealed interface SaleState {

  /// Waiting for keys. In mode Fixed this state is passed through.
  record Entering(String keyed, Basket basket) implements SaleState {

    static final Entering NOTHING = new Entering("", Basket.EMPTY);
  }

  /// The price is known, a card is awaited.
  ///
  /// @param untilMillis when the amount is forgotten; `Long.MAX_VALUE` where the terminal armed itself
  /// @param charged     the card charged last, while it must not be charged again
  record Armed(Basket basket, long untilMillis, Optional<JustCharged> charged) implements SaleState {}

  /// The goods are known, their weight and a card are awaited.
  ///
  /// @param goods       its price is that of a kilogram
  /// @param untilMillis when the goods are forgotten; `Long.MAX_VALUE` where the terminal weighs nothing else
  /// @param charged     as in [Armed]
  record Weighing(SaleLine goods, long untilMillis, Optional<JustCharged> charged) implements SaleState {}

  /// Who was charged last where the next sale starts by itself.
  record JustCharged(CardToken token, Screen result, long untilMillis) {}

  /// The server was asked.
  record Asking(TransactionId transaction, CardToken token, Basket basket, long answerByMillis)
      implements
        SaleState {}

  /// The server was asked about a scanned code.
  record AskingCode(TransactionId transaction, Basket basket, long answerByMillis) implements SaleState {}

  /// Decided; the record is being made durable. Nothing is shown before that is done or known to have failed; while
  /// the medium has not told, the customer is asked to wait.
  ///
  /// @param result  what to show then
  /// @param token   who was charged, for a card sale
  /// @param held    the server holds the amount, so that a failed commit must cancel
  record Recording(TransactionId transaction, Basket basket, Screen result, Optional<CardToken> token,
      boolean held) implements SaleState {}

  /// The server wants the holder's password for this purchase.
  ///
  /// @param typed digits so far; shown as stars and written nowhere
  record PasswordNeeded(TransactionId transaction, CardToken token, Basket basket, String typed,
      long untilMillis) implements SaleState {

    @Override
    public String toString() {
      return "PasswordNeeded[" + transaction + ", digits=" + typed.length() + "]";
    }
  }

  /// A result stands on the screen.
  record Showing(Screen result, long untilMillis, Optional<JustCharged> charged) implements SaleState {}

  /// Key `A` was pressed: an operator card does this errand, at first the void of the last sale.
  record OperatorNeeded(OperatorErrand errand, long untilMillis) implements SaleState {

    OperatorNeeded(long untilMillis) {
      this(OperatorErrand.VOID, untilMillis);
    }
  }

  /// An operator wants to pay a sale back: which one?
  ///
  /// @param typed digits of its record number
  record RefundSale(CardToken operator, String typed, long untilMillis) implements SaleState {}

  /// How much of the sale is paid back?
  record RefundAmount(CardToken operator, RefundableSale sale, String typed,
      long untilMillis) implements SaleState {}

  /// The server was asked about a refund.
  ///
  /// @param refund what it was asked to allow; empty while a sale is looked for
  record RefundAsking(CardToken operator, Optional<Wanted> refund, long answerByMillis) implements SaleState {

    record Wanted(TransactionId transaction, RefundableSale sale, long amountMinor) {}
  }

  /// The opening or closing of a shift is being made durable.
  record ShiftRecording() implements SaleState {}

  /// Key `B` was pressed: the next card is told what it has.
  record BalanceAsked(long untilMillis) implements SaleState {}
}
