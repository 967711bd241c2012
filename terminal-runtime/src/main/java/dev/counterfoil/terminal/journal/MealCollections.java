package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.meal.OrderedMeals.Own;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Which ordered meals this terminal has handed out or taken back, among the newest records of the journal.
///
/// As with [Visits] nothing is kept beside the records. Belongs to the journal writer thread and blocks as the store does.
public final class MealCollections {

  private final NewestRecords window;
  /// Both in the order of their records, so that the oldest go first.
  private final Map<Long, Own> byOrder = new LinkedHashMap<>();
  private final Map<Long, Long> orderOfSale = new LinkedHashMap<>();

  /// @param windowRecords newest records among which collections are remembered
  public MealCollections(JournalStore store, int windowRecords) {
    this.window = new NewestRecords(store, windowRecords, this::take);
  }

  /// What the newest record says of each of these orders that has one.
  public SortedMap<Long, Own> of(Collection<Long> orders) {
    window.read();
    var found = new TreeMap<Long, Own>();
    for (long order : orders) {
      Own own = byOrder.get(order);
      if (own != null && window.contains(own.seq())) {
        found.put(order, own);
      }
    }
    return found;
  }

  /// Records that this program has just committed, in order.
  public void committed(Collection<JournalRecord> records) {
    if (window.committed(records)) {
      dropOldest(byOrder.values(), Own::seq);
      dropOldest(orderOfSale.keySet(), Long::longValue);
    }
  }

  private <T> void dropOldest(Iterable<T> oldestFirst, ToLongFunction<T> seq) {
    var oldest = oldestFirst.iterator();
    while (oldest.hasNext() && !window.contains(seq.applyAsLong(oldest.next()))) {
      oldest.remove();
    }
  }

  /// Records may have come or gone by another way: they are read again when next asked for.
  public void forget() {
    byOrder.clear();
    orderOfSale.clear();
    window.forget();
  }

  private void take(JournalRecord record) {
    if (record.is(RecordKind.SALE)) {
      collected(record, OwnRecord.stored(record, Sale.parser()).getOrderId());
    } else if (record.is(RecordKind.USE)) {
      collected(record, OwnRecord.stored(record, Use.parser()).getOrderId());
    } else if (record.is(RecordKind.VOID)) {
      takenBack(record, OwnRecord.stored(record, Void.parser()).getOriginalSeq());
    }
  }

  private void collected(JournalRecord record, long order) {
    if (order != 0) {
      note(order, new Own(record.seq(), true));
      orderOfSale.put(record.seq(), order);
    }
  }

  private void takenBack(JournalRecord record, long sale) {
    Long order = orderOfSale.get(sale);
    if (order != null) {
      note(order, new Own(record.seq(), false));
    }
  }

  private void note(long order, Own own) {
    byOrder.remove(order);
    byOrder.put(order, own);
  }
}
