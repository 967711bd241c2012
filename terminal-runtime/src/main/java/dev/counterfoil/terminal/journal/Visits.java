package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which cards have begun a time at this terminal that no sale has ended, among the newest records of the journal.
///
/// As with [TillReferences] nothing is kept beside the records: a start is durable before the glass says so, and comes back
/// with every recovery. Belongs to the journal writer thread and blocks as the store does.
public final class Visits {

  private final NewestRecords window;
  private final Map<CardToken, Visit> open = new LinkedHashMap<>();

  /// A time that runs.
  ///
  /// @param seq           record that began it
  /// @param startedMillis Unix milliseconds
  public record Visit(long seq, long startedMillis) {}

  /// @param windowRecords newest records among which starts are remembered
  public Visits(JournalStore store, int windowRecords) {
    this.window = new NewestRecords(store, windowRecords, this::take);
  }

  /// The time that runs for a card.
  public Optional<Visit> of(CardToken token) {
    window.read();
    return Optional.ofNullable(open.get(token)).filter(visit -> window.contains(visit.seq()));
  }

  /// Records that this program has just committed, in order.
  public void committed(List<JournalRecord> records) {
    window.committed(records);
  }

  /// Records may have come or gone by another way: they are read again when next asked for.
  public void forget() {
    open.clear();
    window.forget();
  }

  private void take(JournalRecord record) {
    if (record.is(RecordKind.USE)) {
      began(record, OwnRecord.stored(record, Use.parser()));
    } else if (record.is(RecordKind.SALE)) {
      ended(OwnRecord.stored(record, Sale.parser()));
    }
  }

  private void began(JournalRecord record, Use use) {
    if (use.getOf() == UseOf.USE_OF_TIME_STARTED) {
      open.put(CardToken.of(use.getCardToken().toByteArray()), new Visit(record.seq(), use.getAtMs()));
    }
  }

  private void ended(Sale sale) {
    if (sale.hasStay()) {
      open.remove(CardToken.of(sale.getCardToken().toByteArray()));
    }
  }
}
