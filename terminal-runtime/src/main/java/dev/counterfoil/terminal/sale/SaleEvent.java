package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;

/// What can happen to a sale.
public sealed interface SaleEvent {

  /// A key: `0`-`9`, `*`, `#`, `A`-`D` of the 4x4 pad, `+` and `<` where a keypad has them.
  record KeyPressed(char key) implements SaleEvent {}

  /// A card that identified itself lies in the field; once per presentation.
  record CardPresented(CardToken token) implements SaleEvent {}

  /// A card lies in the field that tells nobody who it is, such as one with a random UID.
  record CardUnidentified() implements SaleEvent {}

  record CardRemoved() implements SaleEvent {}

  /// A code of ours was scanned, whole and undamaged.
  record CodePresented(PaymentCode code) implements SaleEvent {}

  /// Something was presented that cannot be used.
  ///
  /// @param mistake what the customer is told
  record Misread(Screen.Mistake mistake) implements SaleEvent {}

  record SeveralCards() implements SaleEvent {}

  /// The till or vending controller wants this paid by the next card.
  record BasketOffered(Basket basket) implements SaleEvent {}

  /// The till or coin changer reports this as already paid in cash.
  record CashTaken(Basket basket) implements SaleEvent {}

  /// The till gives up the basket it offered.
  record BasketWithdrawn() implements SaleEvent {}

  /// The server approved and holds the amount.
  ///
  /// @param balanceMinor available before this purchase
  record Approved(TransactionId transaction, long holdId, long accountId,
      long balanceMinor) implements SaleEvent {}

  /// The server approved a scanned code and holds the amount.
  ///
  /// @param token        whose code it was
  /// @param balanceMinor available before this purchase
  record CodeApproved(TransactionId transaction, CardToken token, long holdId, long accountId,
      long balanceMinor) implements SaleEvent {}

  record Declined(TransactionId transaction, DeclineReason reason, long accountId) implements SaleEvent {}

  /// The server decides this purchase when it has the holder's password; it has kept nothing of the question.
  record PasswordAsked(TransactionId transaction) implements SaleEvent {}

  /// The link broke: an answer that is still open will not come over it.
  record LinkLost() implements SaleEvent {}

  /// The record handed out last is durable.
  record Recorded(TransactionId transaction, long seq) implements SaleEvent {}

  /// The medium failed over the record handed out last and has not told whether it is durable. [Recorded] or
  /// [RecordFailed] follows once the journal knows.
  record RecordInDoubt(TransactionId transaction) implements SaleEvent {}

  /// The record handed out last is known not to be durable, or was taken back by another that is; nothing was charged.
  record RecordFailed(TransactionId transaction) implements SaleEvent {}

  /// Time has passed, or something on the idle screen has changed.
  record Tick() implements SaleEvent {}
}
