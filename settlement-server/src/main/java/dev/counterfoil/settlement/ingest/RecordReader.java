package dev.counterfoil.settlement.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Intent;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.store.SaleSubType;
import java.util.Optional;

/// Reads what a verified record means. Pure, and safe for any thread.
final class RecordReader {

  /// Beyond this an amount is no purchase but damage; it also keeps every sum of the books far from overflow.
  static final long MAX_AMOUNT_MINOR = 10_000_000_000_000L;

  private RecordReader() {}

  /// @param turnoverBefore of the record before it
  static RecordFacts read(JournalRecord record, long turnoverBefore) {
    Optional<RecordKind> kind = record.kind();
    if (kind.isEmpty()) {
      return new RecordFacts.UnknownKind(record);
    }
    try {
      return read(kind.get(), record, turnoverBefore);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return new RecordFacts.Unreadable(record,
          kind.get() + " body cannot be read (" + e.getClass().getSimpleName()
              + ")");
    }
  }

  private static RecordFacts read(RecordKind kind, JournalRecord record, long turnoverBefore)
      throws InvalidProtocolBufferException {
    return switch (kind) {
      case SALE -> sale(record, Sale.parseFrom(record.body()), false);
      case OUTCOME -> outcome(record, Outcome.parseFrom(record.body()));
      case VOID -> voided(record, Void.parseFrom(record.body()));
      case REFUND -> refunded(record, Refund.parseFrom(record.body()));
      case DECLINE -> declined(record, Decline.parseFrom(record.body()));
      case GAP -> gap(record, Gap.parseFrom(record.body()), turnoverBefore);
      case KEY_ROTATE -> rotation(record, KeyRotate.parseFrom(record.body()));
      case GENESIS ->
        new RecordFacts.Genesis(record, dev.counterfoil.proto.v1.Genesis.parseFrom(record.body()));
      case INTENT -> intent(record, Intent.parseFrom(record.body()));
      case USE -> used(record, Use.parseFrom(record.body()));
      // Whatever its body holds: nothing of a test is read as business.
      case TEST -> new RecordFacts.Bookkeeping(record);
      case RESUME, DOOR, SHIFT_REPORT, CHECKPOINT_SEEN, TIME_ANCHOR, CONFIG_APPLIED, HEALTH,
          EPOCH_CLOSE ->
        new RecordFacts.Bookkeeping(record);
    };
  }

  private static RecordFacts sale(JournalRecord record, Sale sale, boolean cabinet) {
    if (sale.getAmountMinor() != record.amount() || sale.getAmountMinor() > MAX_AMOUNT_MINOR) {
      return amountProblem(record, sale.getAmountMinor());
    }
    TransactionId id = transaction(sale.getTransactionId());
    return switch (sale.getTender()) {
      case TENDER_CARD ->
        new RecordFacts.CardSale(record, id, token(sale.getCardToken()), sale.getAmountMinor(),
            sale.getCurrency(), sale.getOffline(), sale.getLateAnswer() != 0, sale.getExternalReference(),
            SaleTermsReader.read(sale, cabinet ? SaleSubType.CABINET : SaleSubType.NFC),
            sale.getOrderId());
      case TENDER_CASH -> new RecordFacts.CashSale(record, id, sale.getAmountMinor(), sale.getCurrency(),
          sale.getExternalReference(),
          SaleTermsReader.read(sale, cabinet ? SaleSubType.CABINET : SaleSubType.POS));
      case TENDER_UNSPECIFIED, UNRECOGNIZED -> new RecordFacts.Unreadable(record, "unknown tender");
    };
  }

  private static RecordFacts intent(JournalRecord record, Intent body) {
    long amount = body.getAmountMinor();
    return amount < 0 || amount > MAX_AMOUNT_MINOR
        ? new RecordFacts.Unreadable(record, "body states " + amount)
        : new RecordFacts.Intent(record, transaction(body.getTransactionId()), amount);
  }

  private static RecordFacts outcome(JournalRecord record, Outcome outcome) {
    return outcome.hasSale() && record.amount() > 0
        ? sale(record, outcome.getSale(), true)
        : new RecordFacts.NothingTaken(record, transaction(outcome.getTransactionId()));
  }

  private static RecordFacts voided(JournalRecord record, Void body) {
    if (body.getAmountMinor() <= 0 || -body.getAmountMinor() != record.amount()) {
      return amountProblem(record, body.getAmountMinor());
    }
    return new RecordFacts.Voided(record, transaction(body.getTransactionId()),
        transaction(body.getOriginalTransactionId()), body.getAmountMinor(), body.getCurrency());
  }

  private static RecordFacts refunded(JournalRecord record, Refund body) {
    if (body.getAmountMinor() <= 0 || -body.getAmountMinor() != record.amount()) {
      return amountProblem(record, body.getAmountMinor());
    }
    return new RecordFacts.Refunded(record, transaction(body.getTransactionId()),
        transaction(body.getOriginalTransactionId()), body.getAmountMinor(), body.getCurrency());
  }

  private static RecordFacts declined(JournalRecord record, Decline body) {
    return new RecordFacts.Declined(record, transaction(body.getTransactionId()), body.getAmountMinor(),
        body.getCurrency(), body.getOffline(), body.getReason(), token(body.getCardToken()));
  }

  /// Nothing is paid for it, so the ledger knows nothing of it; the record is the proof.
  private static RecordFacts used(JournalRecord record, Use body) {
    TransactionId id = transaction(body.getTransactionId());
    return body.getOrderId() == 0 ? new RecordFacts.Bookkeeping(record)
        : new RecordFacts.Collection(record, id, token(body.getCardToken()), body.getOrderId());
  }

  private static RecordFacts gap(JournalRecord record, Gap gap, long turnoverBefore) {
    return new RecordFacts.Gap(record, gap.getFromSeq(), gap.getToSeq(),
        gap.getToSeq() - gap.getFromSeq() + 1, record.turnover() - turnoverBefore);
  }

  private static RecordFacts rotation(JournalRecord record, KeyRotate rotate) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.ofCode(rotate.getNewAlg())
        .orElseThrow(() -> new IllegalArgumentException("algorithm " + rotate.getNewAlg()));
    return new RecordFacts.KeyRotation(record,
        VerificationKey.of(algorithm, rotate.getNewPublicKey().toByteArray()));
  }

  private static RecordFacts amountProblem(JournalRecord record, long stated) {
    return new RecordFacts.Unreadable(record, "body states " + stated + ", header " + record.amount());
  }

  private static TransactionId transaction(ByteString bytes) {
    return TransactionId.of(bytes.toByteArray());
  }

  private static Optional<CardToken> token(ByteString bytes) {
    return bytes.size() == CardToken.LENGTH ? Optional.of(CardToken.of(bytes.toByteArray()))
        : Optional.empty();
  }
}
