package dev.counterfoil.settlement.refund;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Refunds that were approved for terminals and whose records have not come yet, so that two counters do not pay one sale
/// back twice. A memory of this server alone: after a restart, or with several servers, the posting rule still books
/// no more than the sale, and what exceeds it stands in the exception queue.
final class ApprovedRefunds {

  /// A terminal writes the record at once; its link may break before it arrives.
  static final long LIFE_MS = Duration.ofMinutes(15).toMillis();
  private static final int MOST = 10_000;

  private record Approved(TransactionId sale, long amount, long untilMs) {}

  private final Map<TransactionId, Approved> open = new LinkedHashMap<>();

  void add(TransactionId sale, TransactionId refund, long amount, long nowMs) {
    open.put(refund, new Approved(sale, amount, nowMs + LIFE_MS));
    if (open.size() > MOST) {
      open.remove(open.keySet().iterator().next());
    }
  }

  /// What is approved of a sale and neither booked nor over, minor units.
  long of(TransactionId sale, SettlementReads reads, int site, long nowMs) {
    open.values().removeIf(approved -> approved.untilMs() <= nowMs);
    var mine = new HashMap<TransactionId, Approved>();
    open.forEach((refund, approved) -> {
      if (approved.sale().equals(sale)) {
        mine.put(refund, approved);
      }
    });
    reads.transactions(site, mine.keySet()).forEach(booked -> {
      mine.remove(booked.transaction());
      open.remove(booked.transaction());
    });
    return mine.values().stream().mapToLong(Approved::amount).sum();
  }
}
