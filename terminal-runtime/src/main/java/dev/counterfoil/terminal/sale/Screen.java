package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.policy.DeclineReason;

/// What the customer is told, without saying in which language or on how many lines.
public sealed interface Screen {

  /// Nothing is going on.
  ///
  /// @param online whether purchases are decided by the server right now
  record Ready(boolean online) implements Screen {}

  /// Keys so far, as typed.
  record Typing(String keyed, long basketMinor) implements Screen {}

  /// A code was scanned first and waits for its price.
  record CodeRead() implements Screen {}

  /// Price known, card awaited.
  record PresentCard(long amountMinor) implements Screen {}

  /// Being decided or made durable.
  record Working(long amountMinor) implements Screen {}

  /// Durable and approved.
  record Approved(long amountMinor, long balanceMinor, boolean offline) implements Screen {}

  record CashRecorded(long amountMinor) implements Screen {}

  record Declined(DeclineReason reason) implements Screen {}

  record OperatorCard() implements Screen {}

  record Voided(long amountMinor) implements Screen {}

  /// The key sequence means nothing here.
  record Rejected(Mistake mistake) implements Screen {}

  record SeveralCards() implements Screen {}

  /// The terminal cannot sell; `code` is stable and also stands in the heartbeat.
  record OutOfOrder(String code) implements Screen {}

  /// What a person keyed or presented wrongly.
  enum Mistake {
    NO_AMOUNT, AMOUNT_TOO_HIGH, UNKNOWN_PRODUCT, TOO_MANY_PRODUCTS, NOTHING_TO_VOID, NOT_AN_OPERATOR,
    /// A code was scanned that is none of ours; it leads nowhere.
    FOREIGN_CODE,
    /// A code of ours arrived damaged.
    SCAN_AGAIN,
    /// A card's number arrived damaged.
    PRESENT_AGAIN
  }
}
