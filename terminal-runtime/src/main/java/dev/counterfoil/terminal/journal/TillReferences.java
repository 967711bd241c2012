package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was sold under which reference of a till, among the newest records of the journal: so that a till that asks
/// again, because an answer was lost or either program restarted, is given the first result (PAY-17).
///
/// Nothing is kept beside the records. A record carries its reference, is durable before the till hears `paid`, and
/// comes back with every recovery; the index is read from them when a reference is first asked for. References older
/// than the window are known to the server only. Belongs to the journal writer thread and blocks as the store does.
public final class TillReferences {

  private final NewestRecords window;
  private final Map<String, Sold> byReference = new LinkedHashMap<>();
  private final Set<Long> toBeTakenBack = new HashSet<>();

  /// A sale under a reference.
  ///
  /// @param voided it was taken back since
  public record Sold(String reference, long seq, TransactionId transaction, long amountMinor,
      boolean voided) {

    private Sold takenBack() {
      return new Sold(reference, seq, transaction, amountMinor, true);
    }
  }

  /// @param windowRecords newest records whose references are remembered
  public TillReferences(JournalStore store, int windowRecords) {
    this.window = new NewestRecords(store, windowRecords, this::take);
  }

  /// The sale under a reference, newest first should there be several.
  public Optional<Sold> find(String reference) {
    window.read();
    return Optional.ofNullable(byReference.get(reference)).filter(this::isInWindow)
        .map(sold -> toBeTakenBack.contains(sold.seq()) ? sold.takenBack() : sold);
  }

  /// Records that this program has just committed, in order.
  public void committed(List<JournalRecord> records) {
    if (window.committed(records)) {
      forgetOld();
    }
  }

  /// These are durable though their failure was told; a VOID will follow, and nobody may be told `paid` before it.
  public void willBeTakenBack(List<JournalRecord> landed) {
    landed.forEach(record -> toBeTakenBack.add(record.seq()));
  }

  /// Records may have come or gone by another way: they are read again when next asked for.
  public void forget() {
    byReference.clear();
    window.forget();
  }

  private boolean isInWindow(Sold sold) {
    return window.contains(sold.seq());
  }

  private void forgetOld() {
    var oldest = byReference.values().iterator();
    while (oldest.hasNext() && !isInWindow(oldest.next())) {
      oldest.remove();
    }
  }

  private void take(JournalRecord record) {
    if (record.is(RecordKind.SALE)) {
      sold(record, OwnRecord.stored(record, Sale.parser()));
    } else if (record.is(RecordKind.OUTCOME) && record.amount() > 0) {
      sold(record, OwnRecord.stored(record, Outcome.parser()).getSale());
    } else if (record.is(RecordKind.VOID)) {
      voided(OwnRecord.stored(record, Void.parser()).getOriginalSeq());
    }
  }

  private void sold(JournalRecord record, Sale sale) {
    String reference = sale.getExternalReference();
    if (!reference.isEmpty()) {
      // Removed first, so that the order stays that of the records.
      byReference.remove(reference);
      byReference.put(reference, new Sold(reference, record.seq(),
          TransactionId.of(sale.getTransactionId().toByteArray()), payable(record, sale), false));
    }
  }

  /// What the till asked for: points may have paid a part of it.
  private static long payable(JournalRecord record, Sale sale) {
    return sale.getOriginalMinor() == 0 ? record.amount() : sale.getOriginalMinor() - sale.getDiscountMinor();
  }

  private void voided(long originalSeq) {
    byReference.replaceAll((_, sold) -> sold.seq() == originalSeq ? sold.takenBack() : sold);
  }
}
