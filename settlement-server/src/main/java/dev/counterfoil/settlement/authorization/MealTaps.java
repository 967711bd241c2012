package dev.counterfoil.settlement.authorization;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often an account has eaten today in a meal period, at all terminals: read from their signed records, so that nothing
/// is counted that could drift, and with what this server has approved and not yet booked. The latter is a memory of this
/// run: after a restart, for as long as a hold lives, two terminals at once could each serve a card.
final class MealTaps {

  /// More purchases of a day than any account makes; beyond it the older ones are not looked at.
  private static final int MOST_OF_A_DAY = 200;
  private static final int MOST_UNDER_WAY = 10_000;

  private final Map<TransactionId, Approved> underWay = new LinkedHashMap<>();

  private record Approved(long account, int meal) {}

  void approved(TransactionId id, AccountRow account, int meal) {
    if (meal > 0) {
      underWay.put(id, new Approved(account.account(), meal));
    }
    if (underWay.size() > MOST_UNDER_WAY) {
      underWay.remove(underWay.keySet().iterator().next());
    }
  }

  /// Taps of today in the period, those that were taken back not counted.
  long had(Books books, SettlementReads reads, CoreSettings settings, AccountRow account, int meal) {
    long day = settings.dayAt(books.nowMs());
    long booked = reads.transactions(account.site(),
        TransactionSearch.ALL.between(settings.startOf(day), Long.MAX_VALUE).ofAccount(account.account())
            .ofKind(TransactionKind.SALE_CARD),
        TransactionSearch.Place.FIRST, MOST_OF_A_DAY).stream()
        .filter(row -> reads.reversalOf(row.site(), row.transaction()).isEmpty())
        .filter(row -> isOf(reads, settings, row, day, meal)).count();
    // What is over, booked or given back, has no open hold any more.
    underWay.keySet().removeIf(id -> books.openHold(id).isEmpty());
    return booked + underWay.values().stream().filter(new Approved(account.account(), meal)::equals).count();
  }

  private static boolean isOf(SettlementReads reads, CoreSettings settings, TransactionRow row, long day,
      int meal) {
    return RecordRun.read(reads, row.site(), row.terminal(), row.seq(), row.seq(), 1, 1).stream()
        .filter(record -> settings.dayAt(record.wallMillis()) == day)
        .anyMatch(record -> mealOf(record) == meal);
  }

  private static int mealOf(JournalRecord record) {
    try {
      return record.is(RecordKind.SALE) ? Sale.parseFrom(record.body()).getMealPeriod() : 0;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("record " + record.seq() + " was booked and cannot be read", e);
    }
  }
}
