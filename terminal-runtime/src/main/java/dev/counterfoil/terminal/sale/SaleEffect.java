package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.Optional;

/// What a sale wants done, in this order.
public sealed interface SaleEffect {

  /// Ask the server; an answer comes back as [SaleEvent.Approved] or [SaleEvent.Declined].
  ///
  /// @param reference the till's number of what is bought; empty if none
  /// @param meal      number of the meal period, 0 for none
  /// @param order     number of the ordered meal that is collected, 0 for none
  record Authorize(TransactionId transaction, CardToken token, long amountMinor, String reference, int meal,
      long order)
      implements
        SaleEffect {

    Authorize(TransactionId transaction, CardToken token, long amountMinor, String reference) {
      this(transaction, token, amountMinor, reference, 0, 0);
    }
  }

  /// Ask the server about a scanned code; it alone knows whose it is.
  record AuthorizeCode(TransactionId transaction, PaymentCode code, long amountMinor, String reference)
      implements
        SaleEffect {}

  /// Ask the server again, with the holder's password.
  ///
  /// @param password as typed; must never be written anywhere
  record AuthorizeWithPassword(Authorize question, String password) implements SaleEffect {

    @Override
    public String toString() {
      return "AuthorizeWithPassword[" + question + "]";
    }
  }

  /// Tell the server that this transaction will not be charged, whatever it answers or has answered.
  record Cancel(TransactionId transaction) implements SaleEffect {}

  /// The offline policy has decided a transaction that the server was asked about.
  record FellBack(TransactionId transaction, boolean approved) implements SaleEffect {}

  /// Make an approved sale durable.
  record RecordSale(TransactionId transaction, Basket basket,
      Optional<Charge> charge) implements SaleEffect {}

  /// How a card pays for a sale.
  ///
  /// @param holdId  the server's hold; 0 when decided offline
  /// @param scanned whether the card's code was scanned, not the card itself
  record Charge(CardToken token, long accountId, long holdId, boolean offline, Funds funds, boolean scanned) {

    Charge(CardToken token, long accountId, long holdId, boolean offline, Funds funds) {
      this(token, accountId, holdId, offline, funds, false);
    }

    public long balanceBeforeMinor() {
      return funds.balanceMinor();
    }
  }

  /// Make a use durable that nothing is paid for now.
  record RecordUse(TransactionId transaction, CardToken token, CardUsed use) implements SaleEffect {}

  /// Make a void of the last sale durable.
  record RecordVoid(TransactionId transaction, LastSale original, CardToken operator) implements SaleEffect {}

  /// Make the opening or closing of a shift durable.
  record RecordShift(boolean opens, CardToken operator) implements SaleEffect {}

  /// Ask the server which sale is to be paid back; [SaleEvent.SaleFound] or [SaleEvent.RefundRefused] follows.
  record FindSale(CardToken operator, SaleName name) implements SaleEffect {}

  /// What names a sale at the counter.
  sealed interface SaleName {

    /// The receipt that was scanned.
    record Receipt(ReceiptCode code) implements SaleName {}

    /// A record of this terminal, as its receipt says.
    record Record(long seq) implements SaleName {}

    /// The newest sale to this card here.
    record Card(CardToken token) implements SaleName {}
  }

  /// Ask the server whether this may be paid back; [SaleEvent.RefundApproved] or [SaleEvent.RefundRefused] follows.
  record AskRefund(CardToken operator, TransactionId transaction, TransactionId original,
      long amountMinor) implements SaleEffect {}

  /// Make a refund durable that the server has approved.
  record RecordRefund(TransactionId transaction, CardToken operator, RefundableSale sale, long amountMinor,
      long leftMinor) implements SaleEffect {}

  /// The holder of an [OpenSale] knows now, or an operator has settled it.
  record SaleTold(long seq) implements SaleEffect {}

  /// Switch test mode.
  record SetTestMode(boolean on, CardToken operator) implements SaleEffect {}

  /// Log a refused attempt; equal ones within ten seconds become one record.
  record RecordDecline(TransactionId transaction, CardToken token, long amountMinor, DeclineReason reason,
      boolean offline, long accountId) implements SaleEffect {}

  /// An attempt for which no transaction exists (PAY-04).
  record LogAttempt(DeclineReason reason) implements SaleEffect {}

  /// Nothing was sold because of the scale, and no transaction exists.
  record LogUnweighed(WeighedGoods.Problem problem) implements SaleEffect {}

  /// Make what lies on the scale its nought.
  record Tare() implements SaleEffect {}

  record Show(Screen screen) implements SaleEffect {}

  record Indicate(Signal signal) implements SaleEffect {}

  /// Tell the till how its basket ended.
  record AnswerTill(String externalReference, TillOutcome outcome) implements SaleEffect {}

  /// How a basket of the till ended.
  sealed interface TillOutcome {

    record Paid(TransactionId transaction, long seq) implements TillOutcome {}

    record Refused(DeclineReason reason) implements TillOutcome {}

    record Withdrawn() implements TillOutcome {}

    /// The reference cannot be used for this; nothing was charged now.
    record Rejected(ReferenceProblem problem) implements TillOutcome {}
  }

  /// Why a reference of the till is not taken. The names are stable codes.
  enum ReferenceProblem {
    /// It is being paid, or has been, with another amount.
    REFERENCE_USED("reference has another amount already"),
    /// It has been paid and was taken back since; what is sold now needs a new one.
    REFERENCE_VOIDED("reference was paid and voided");

    private final String meaning;

    ReferenceProblem(String meaning) {
      this.meaning = meaning;
    }

    /// A few words in English.
    public String meaning() {
      return meaning;
    }
  }
}
