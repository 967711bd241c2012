package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.OwnRecord;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the medium failed over without telling whether it is durable, and the sales among it that are and have to be
/// taken back.
///
/// Invariant (I-19): a sale hears [SaleEvent.RecordFailed] only when the journal was read anew without its record, or
/// when the VOID of its record is durable. None of this outlives the run, and nothing of it need: whoever waited was told
/// nothing yet.
final class DoubtfulWrites {

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Long, LastSale> landed = new LinkedHashMap<>();
  private Optional<TransactionId> waiting = Optional.empty();
  private long dueAt = NEVER;

  /// Somebody waits at the glass to hear what became of this transaction.
  void add(TransactionId transaction) {
    waiting = Optional.of(transaction);
  }

  /// Boot milliseconds at which a sale is to be taken back, if the journal can be written then.
  long dueAt() {
    return dueAt;
  }

  /// The sale to take back now; not told again before [#takenBack] or [#found].
  Optional<LastSale> due(long now) {
    if (now < dueAt) {
      return Optional.empty();
    }
    dueAt = NEVER;
    return landed.values().stream().findFirst();
  }

  /// The journal was read anew.
  ///
  /// @param records of the failed attempt that are durable
  /// @return what the sale that waits may hear now
  Optional<SaleEvent> found(List<JournalRecord> records, long now) {
    Optional<SaleEvent> heard = Optional.empty();
    for (JournalRecord record : records) {
      if (record.is(RecordKind.SALE)) {
        LastSale sale = sale(record);
        landed.put(sale.seq(), sale);
      } else if (record.is(RecordKind.VOID)) {
        heard = voided(record);
      } else if (record.is(RecordKind.USE)) {
        // Nothing was paid that could be taken back: it stands.
        heard = heardOf(OwnRecord.body(record, Use.parser()).getTransactionId(), record);
      } else if (record.is(RecordKind.REFUND)) {
        heard = heardOf(OwnRecord.body(record, Refund.parser()).getTransactionId(), record);
      }
    }
    dueAt = landed.isEmpty() ? NEVER : now;
    return heard.or(this::failed);
  }

  /// What became of the VOID that [#due] asked for.
  ///
  /// @param retryAt when to ask again if it is not durable
  /// @return what the sale that waits may hear now
  Optional<SaleEvent> takenBack(LastSale original, boolean durable, long retryAt) {
    if (!durable) {
      dueAt = retryAt;
      return Optional.empty();
    }
    landed.remove(original.seq());
    dueAt = landed.isEmpty() ? NEVER : retryAt;
    return failed();
  }

  /// Nothing more can be durable of the one that waits, unless its sale is still to be taken back.
  private Optional<SaleEvent> failed() {
    Optional<TransactionId> known = waiting
        .filter(own -> landed.values().stream().noneMatch(sale -> sale.transactionId().equals(own)));
    if (known.isPresent()) {
      waiting = Optional.empty();
    }
    return known.map(SaleEvent.RecordFailed::new);
  }

  /// A VOID is durable: an operator's, whose transaction waits itself, or one that took a landed sale back.
  private Optional<SaleEvent> voided(JournalRecord record) {
    Void body = OwnRecord.body(record, Void.parser());
    landed.remove(body.getOriginalSeq());
    return heardOf(body.getTransactionId(), record);
  }

  /// What is durable is told as what it is: it was approved, or costs nothing.
  private Optional<SaleEvent> heardOf(ByteString id, JournalRecord record) {
    TransactionId transaction = TransactionId.of(id.toByteArray());
    if (waiting.filter(transaction::equals).isEmpty()) {
      return Optional.empty();
    }
    waiting = Optional.empty();
    return Optional.of(new SaleEvent.Recorded(transaction, record.seq()));
  }

  private static LastSale sale(JournalRecord record) {
    Sale sale = OwnRecord.body(record, Sale.parser());
    return new LastSale(record.seq(), TransactionId.of(sale.getTransactionId().toByteArray()),
        sale.getTender(), sale.getCardToken(), sale.getAccountId(), sale.getAmountMinor(), sale.getCurrency(),
        sale.getOffline(), record.wallMillis(), false);
  }
}
