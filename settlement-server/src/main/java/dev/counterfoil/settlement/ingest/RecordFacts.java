package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ledger.SaleTerms;
import java.util.Optional;

/// What one record means to the ledger. A record whose meaning cannot be told never stops its batch: it becomes
/// {@link Unreadable} or {@link UnknownKind} and waits in the exception queue.
public sealed interface RecordFacts {

  JournalRecord record();

  /// The business transaction that the record is about.
  default Optional<TransactionId> transaction() {
    return switch (this) {
      case CardSale sale -> Optional.of(sale.id());
      case CashSale sale -> Optional.of(sale.id());
      case Voided voided -> Optional.of(voided.id());
      case Refunded refunded -> Optional.of(refunded.id());
      case Declined declined -> Optional.of(declined.id());
      case NothingTaken nothing -> Optional.of(nothing.id());
      case Intent intent -> Optional.of(intent.id());
      case Genesis _,Gap _,KeyRotation _,Bookkeeping _,Collection _,UnknownKind _,Unreadable _ ->
        Optional.empty();
    };
  }

  /// An approved consumption paid by the account behind a card.
  ///
  /// @param offline decided without the server
  /// @param reference the till's own number of it; empty if none
  /// @param order the ordered meal that it collects; 0 if none
  record CardSale(JournalRecord record, TransactionId id, Optional<CardToken> token, long amount,
      String currency,
      boolean offline, boolean lateDecline, String reference, SaleTerms terms, long order)
      implements
        RecordFacts {}

  /// Coins and notes, only recorded.
  ///
  /// @param reference the till's own number of it; empty if none
  record CashSale(JournalRecord record, TransactionId id, long amount, String currency, String reference,
      SaleTerms terms)
      implements
        RecordFacts {}

  /// Takes back a sale.
  ///
  /// @param amount above 0
  record Voided(JournalRecord record, TransactionId id, TransactionId original, long amount, String currency)
      implements
        RecordFacts {}

  /// Pays a sale back, whole or in part, as the server has approved it.
  ///
  /// @param amount above 0
  record Refunded(JournalRecord record, TransactionId id, TransactionId original, long amount,
      String currency)
      implements
        RecordFacts {}

  /// A refused consumption.
  ///
  /// @param token of the card that was presented, if the record has one
  record Declined(JournalRecord record, TransactionId id, long amount, String currency, boolean offline,
      String reason, Optional<CardToken> token) implements RecordFacts {}

  /// A lock or motor is about to move for this transaction; its OUTCOME follows.
  ///
  /// @param amount minor units at stake, 0 or more
  record Intent(JournalRecord record, TransactionId id, long amount) implements RecordFacts {}

  /// An OUTCOME without a sale: what was reserved for it is free again.
  record NothingTaken(JournalRecord record, TransactionId id) implements RecordFacts {}

  /// @param body what it names of an earlier enrolment
  record Genesis(JournalRecord record, dev.counterfoil.proto.v1.Genesis body) implements RecordFacts {}

  /// @param count records that are lost
  /// @param moved what they moved in all, by the mirror's turnover, minor units
  record Gap(JournalRecord record, long fromSeq, long toSeq, long count, long moved)
      implements
        RecordFacts {}

  record KeyRotation(JournalRecord record, VerificationKey newKey) implements RecordFacts {}

  /// Understood, kept, and without any effect on money.
  record Bookkeeping(JournalRecord record) implements RecordFacts {}

  /// An ordered meal was handed out, and nothing paid.
  record Collection(JournalRecord record, TransactionId id, Optional<CardToken> token, long order)
      implements
        RecordFacts {}

  record UnknownKind(JournalRecord record) implements RecordFacts {}

  /// @param problem what is wrong, without any of the body's content
  record Unreadable(JournalRecord record, String problem) implements RecordFacts {}
}
