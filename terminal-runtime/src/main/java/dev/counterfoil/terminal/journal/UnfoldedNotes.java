package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.card.CardToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The [RecordNote]s that are durable beside their records but not yet in the tables `spend` and `card_use`. A reader
/// of those tables adds what is here. One thread.
final class UnfoldedNotes {

  /// Notes from which they are folded when nothing waits.
  private static final int WORTH_FOLDING = 64;
  /// Notes from which a commit folds them itself, so that neither memory nor the next start grows without bound.
  private static final int FULL = 2_048;

  private final Map<Long, NavigableMap<Long, Spend>> spends = new LinkedHashMap<>();
  private final Map<CardToken, CardUse> uses = new LinkedHashMap<>();
  private int count;

  void add(RecordNote note) {
    if (note.isEmpty()) {
      return;
    }
    count++;
    note.uses().forEach(use -> uses.put(use.token(), use));
    note.spends().forEach(
        spend -> spends.computeIfAbsent(spend.accountId(), _ -> new TreeMap<>()).put(spend.seq(), spend));
  }

  long spentAfter(long accountId, long asOfSeq) {
    NavigableMap<Long, Spend> own = spends.get(accountId);
    return own == null
        ? 0
        : own.tailMap(asOfSeq, false).values().stream().mapToLong(Spend::amountMinor).sum();
  }

  Optional<CardUse> cardUse(CardToken token) {
    return Optional.ofNullable(uses.get(token));
  }

  /// What the tables say about a card, with what is noted.
  CardFound over(CardFound tables, CardToken token, long settledSeq) {
    CardUse use = uses.getOrDefault(token, tables.use());
    return tables.entry().map(entry -> new CardFound(tables.entry(), tables.denied(), use,
        tables.spentMinor() + spentAfter(entry.getAccountId(), entry.getAsOfSeq()),
        tables.unsettledMinor() + spentAfter(entry.getAccountId(), settledSeq)))
        .orElseGet(() -> new CardFound(tables.entry(), tables.denied(), use, 0, 0));
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isWorthFolding() {
    return count >= WORTH_FOLDING;
  }

  boolean isFull() {
    return count >= FULL;
  }

  /// All that is noted, a card's use once.
  RecordNote whole() {
    List<Spend> all = spends.values().stream().flatMap(own -> own.values().stream()).toList();
    return new RecordNote(all, List.copyOf(uses.values()));
  }

  void clear() {
    spends.clear();
    uses.clear();
    count = 0;
  }
}
