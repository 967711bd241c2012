package dev.counterfoil.sim.world.disk;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.PruneAnchor;
import dev.counterfoil.terminal.journal.Spend;
import dev.counterfoil.terminal.journal.StateChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Everything that lies on one medium: an SD card as it could be taken out and copied. Mutable, one thread.
public final class JournalImage {
  private JournalState state;
  private final NavigableMap<Long, JournalRecord> records = new TreeMap<>();
  private final Map<CardToken, AccountEntry> accounts = new HashMap<>();
  private final Set<CardToken> named = new HashSet<>();
  private final Set<CardToken> denied = new HashSet<>();
  private final Map<Long, Deque<Spend>> spends = new HashMap<>();
  private final Map<CardToken, CardUse> cardUses = new HashMap<>();

  public JournalImage(JournalState state) {
    this.state = state;
  }

  /// An independent copy, as a card duplicator makes it.
  public JournalImage copy() {
    JournalImage copy = new JournalImage(state);
    copy.records.putAll(records);
    copy.accounts.putAll(accounts);
    copy.named.addAll(named);
    copy.denied.addAll(denied);
    spends.forEach((account, list) -> copy.spends.put(account, new ArrayDeque<>(list)));
    copy.cardUses.putAll(cardUses);
    return copy;
  }

  public JournalState state() {
    return state;
  }

  public NavigableMap<Long, JournalRecord> records() {
    return records;
  }

  void apply(CommitUnit unit) {
    state = state.after(unit);
    unit.records().forEach(record -> records.put(record.seq(), record));
    unit.changes().forEach(this::apply);
  }

  private void apply(StateChange change) {
    switch (change) {
      case StateChange.SnapshotPart part -> apply(part);
      case StateChange.DenyPart part -> apply(part);
      case StateChange.CardUsed(var use) -> cardUses.put(use.token(), use);
      case StateChange.SpendRecorded(var spend) ->
        spends.computeIfAbsent(spend.accountId(), _ -> new ArrayDeque<>())
            .addLast(spend);
      // Part of the one-row state, applied there.
      case StateChange.AckStored _,StateChange.EpochAdopted _,StateChange.AnchorTaken _,StateChange.ConfigTaken _,StateChange.OfflineUsed _,StateChange.RunTimeTicked _,StateChange.SaleKept _,StateChange.CheckpointBound _,StateChange.DeclineHeld _,StateChange.HardwareCounted _,StateChange.Started _,StateChange.Stopped _,StateChange.GapDeclared _,StateChange.Barred _,StateChange.ShiftChanged _,StateChange.SaleTold _,StateChange.TestModeSet _,StateChange.Locked _ ->
        {
        }
    }
  }

  private void apply(StateChange.SnapshotPart part) {
    for (AccountEntry entry : part.entries()) {
      CardToken token = CardToken.of(entry.getCardToken().toByteArray());
      if (entry.getRemoved()) {
        accounts.remove(token);
      } else {
        accounts.put(token, entry);
        if (part.complete()) {
          named.add(token);
        }
      }
    }
    if (part.complete() && part.last()) {
      accounts.keySet().retainAll(named);
      named.clear();
    }
  }

  private void apply(StateChange.DenyPart part) {
    if (part.complete()) {
      denied.clear();
    }
    denied.addAll(part.added());
    part.removed().forEach(denied::remove);
  }

  int prune(PruneAnchor anchor) {
    NavigableMap<Long, JournalRecord> old = records.headMap(anchor.position().seq(), true);
    int removed = old.size();
    old.clear();
    state = state.afterPruning(anchor, removed);
    return removed;
  }

  List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes) {
    List<JournalRecord> found = new ArrayList<>();
    long bytes = 0;
    for (JournalRecord record : records.tailMap(fromSeq, true).values()) {
      bytes += record.bytes().length;
      if (found.size() == maxCount || bytes > maxBytes && !found.isEmpty()) {
        break;
      }
      found.add(record);
    }
    return found;
  }

  List<JournalRecord> tail(int count) {
    List<JournalRecord> newest = new ArrayList<>();
    for (JournalRecord record : records.descendingMap().values()) {
      if (newest.size() == count) {
        break;
      }
      newest.add(record);
    }
    return newest.reversed();
  }

  Optional<AccountEntry> account(CardToken token) {
    return Optional.ofNullable(accounts.get(token));
  }

  int accountCount() {
    return accounts.size();
  }

  boolean denied(CardToken token) {
    return denied.contains(token);
  }

  long spentAfter(long accountId, long asOfSeq) {
    long sum = 0;
    Deque<Spend> list = spends.get(accountId);
    if (list != null) {
      for (var newest = list.descendingIterator(); newest.hasNext();) {
        Spend spend = newest.next();
        if (spend.seq() <= asOfSeq) {
          break;
        }
        sum = Math.addExact(sum, spend.amountMinor());
      }
    }
    return sum;
  }

  CardUse cardUse(CardToken token) {
    CardUse use = cardUses.get(token);
    return use == null ? CardUse.none(token) : use;
  }
}
