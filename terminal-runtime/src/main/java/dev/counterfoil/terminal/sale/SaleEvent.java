package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.device.CardRefusal;

/// What can happen to a sale.
public sealed interface SaleEvent {

  /// Somebody pressed a key or presented something.
  sealed interface AtTheCounter extends SaleEvent {}

  /// The till or vending controller wants something.
  sealed interface FromTill extends SaleEvent {}

  /// The server's answer, or that none will come.
  sealed interface FromServer extends SaleEvent {}

  /// What became of a record.
  sealed interface FromJournal extends SaleEvent {}

  /// A key: `0`-`9`, `*`, `#`, `A`-`D` of the 4x4 pad, `+` and `<` where a keypad has them.
  record KeyPressed(char key) implements AtTheCounter {}

  /// A card that identified itself lies in the field; once per presentation.
  record CardPresented(CardToken token) implements AtTheCounter {}

  /// A card lies in the field and is not taken: it tells nobody who it is, or has not shown that it is the one.
  record CardUnidentified(CardRefusal why) implements AtTheCounter {

    /// One with a random UID.
    public CardUnidentified() {
      this(CardRefusal.CARD_UNIDENTIFIED);
    }
  }

  record CardRemoved() implements AtTheCounter {}

  /// A code of ours was scanned, whole and undamaged.
  record CodePresented(PaymentCode code) implements AtTheCounter {}

  /// The code of a receipt was scanned.
  record ReceiptPresented(ReceiptCode code) implements AtTheCounter {}

  /// Something was presented that cannot be used.
  ///
  /// @param mistake what the customer is told
  record Misread(Screen.Mistake mistake) implements AtTheCounter {}

  record SeveralCards() implements AtTheCounter {}

  /// The scale says something else than before.
  record WeightChanged() implements AtTheCounter {}

  /// The till or vending controller wants this paid by the next card.
  record BasketOffered(Basket basket) implements FromTill {}

  /// The till or coin changer reports this as already paid in cash.
  record CashTaken(Basket basket) implements FromTill {}

  /// The till gives up the basket it offered.
  record BasketWithdrawn() implements FromTill {}

  /// The server approved and holds what is to be paid in money.
  record Approved(TransactionId transaction, long holdId, long accountId, Funds funds) implements FromServer {

    /// Of money that is all the holder's own.
    public Approved(TransactionId transaction, long holdId, long accountId, long balanceMinor) {
      this(transaction, holdId, accountId, new Funds(balanceMinor, 0));
    }
  }

  /// The server approved a scanned code and holds the amount.
  ///
  /// @param token whose code it was
  record CodeApproved(TransactionId transaction, CardToken token, long holdId, long accountId,
      Funds funds) implements FromServer {}

  record Declined(TransactionId transaction, DeclineReason reason, long accountId) implements FromServer {}

  /// The server decides this purchase when it has the holder's password; it has kept nothing of the question.
  record PasswordAsked(TransactionId transaction) implements FromServer {}

  /// The sale that is to be paid back.
  record SaleFound(RefundableSale sale) implements FromServer {}

  /// The server allows this refund; it moves money once its record is durable.
  ///
  /// @param leftMinor of the sale after it
  record RefundApproved(TransactionId transaction, long leftMinor) implements FromServer {}

  /// The server found no such sale, or does not allow the refund.
  ///
  /// @param code stable
  record RefundRefused(String code) implements FromServer {}

  /// The link broke: an answer that is still open will not come over it.
  record LinkLost() implements FromServer {}

  /// The record handed out last is durable.
  record Recorded(TransactionId transaction, long seq) implements FromJournal {}

  /// The medium failed over the record handed out last and has not told whether it is durable. [Recorded] or
  /// [RecordFailed] follows once the journal knows.
  record RecordInDoubt(TransactionId transaction) implements FromJournal {}

  /// The record handed out last is known not to be durable, or was taken back by another that is; nothing was charged.
  record RecordFailed(TransactionId transaction) implements FromJournal {}

  /// A shift is open now, durably.
  record ShiftOpened(long number) implements FromJournal {}

  /// A shift is closed, durably.
  ///
  /// @param netMinor what stayed of its sales by this terminal's records, minor units
  record ShiftClosed(long number, long netMinor) implements FromJournal {}

  /// Test mode is on or off now, durably.
  record TestModeSet(boolean on) implements FromJournal {}

  /// The record of a shift could not be made, or nobody knows whether it was; where the shift stands shows next time.
  record ShiftFailed(String code) implements FromJournal {}

  /// The server has answered a closed shift; told while nobody is being served.
  record ShiftAnswered(Screen result) implements FromServer {}

  /// Time has passed, or something on the idle screen has changed.
  record Tick() implements SaleEvent {}
}
