package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.sim.world.oracle.GroundTruth.TerminalTruth;
import dev.counterfoil.sim.world.oracle.PaperRecord.Effect;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Compares what the server has with what truly happened: I-7, I-10, I-11, I-12, I-13 and the balances of every holder.
/// For use when everything has drained. Reads rows only.
///
/// The terminal with index i has number i + 1 on the server.
public final class DeliveryAudit {
  private static final int BODY_LENGTH_AT = 132;
  private static final int ENVELOPE = 136 + 64;

  private final SettlementReads books;
  private final int site;
  private final GroundTruth truth;
  private final Set<Integer> frozen;

  /// @param frozen terminals that the server rightly takes nothing from any more
  public DeliveryAudit(SettlementReads books, int site, GroundTruth truth, Set<Integer> frozen) {
    this.books = books;
    this.site = site;
    this.truth = truth;
    this.frozen = frozen;
  }

  /// Books the true line of every terminal into `reference` and compares.
  public void verify(ReferenceLedger reference) {
    Set<GapKey> gapExceptions = gapExceptions();
    for (int terminal = 0; terminal < truth.terminalCount(); terminal++) {
      NavigableMap<Long, byte[]> accepted = accepted(terminal);
      chain(terminal, accepted, gapExceptions);
      for (long seq : accepted.keySet()) {
        PaperRecord record = written(terminal, seq, accepted);
        require(record != null, "I-13",
            "server has record " + seq + " that terminal " + terminal + " never wrote");
        if (record != null) {
          reference.book(terminal, record);
        }
      }
      taps(terminal, accepted);
    }
    reference.purses().reckon(books, site);
    money(reference);
  }

  /// What the terminal wrote there. Of one with two histories the server may rightly have taken the other branch first: then what
  /// it has is what it must have booked, and the branches in conflict are the exception queue's.
  private @org.jspecify.annotations.Nullable PaperRecord written(int terminal, long seq,
      NavigableMap<Long, byte[]> accepted) {
    PaperRecord own = truth.terminal(terminal).written().get(seq);
    byte[] taken = accepted.get(seq);
    if (taken == null || !truth.terminal(terminal).hasTwoHistories()
        || own != null && Arrays.equals(own.bytes(), taken)) {
      return own;
    }
    return PaperRecord.read(taken);
  }

  private record GapKey(int terminal, long seq) {}

  private Set<GapKey> gapExceptions() {
    Set<GapKey> keys = new HashSet<>();
    for (ExceptionRow row : books.exceptions(site, false, 0, Integer.MAX_VALUE)) {
      if (row.kind() == ExceptionKind.RECORD_GAP) {
        keys.add(new GapKey(row.terminal() - 1, row.seq()));
      }
    }
    return keys;
  }

  private NavigableMap<Long, byte[]> accepted(int terminal) {
    NavigableMap<Long, byte[]> records = new TreeMap<>();
    for (RecordBatchRow batch : books.batches(site, terminal + 1, 1, Integer.MAX_VALUE)) {
      ByteBuffer bytes = ByteBuffer.wrap(batch.bytes());
      while (bytes.hasRemaining()) {
        byte[] record = new byte[ENVELOPE + bytes.getInt(bytes.position() + BODY_LENGTH_AT)];
        bytes.get(record);
        require(records.put(PaperRecord.seqOf(record), record) == null, "I-11",
            () -> "terminal " + terminal + " record " + PaperRecord.seqOf(record) + " stored twice");
      }
    }
    return records;
  }

  /// The accepted line is the true line, byte for byte, without a hole that no GAP declares.
  private void chain(int terminal, NavigableMap<Long, byte[]> accepted, Set<GapKey> gapExceptions) {
    TerminalTruth line = truth.terminal(terminal);
    long expected = 1;
    for (Map.Entry<Long, byte[]> entry : accepted.entrySet()) {
      long seq = entry.getKey();
      PaperRecord written = written(terminal, seq, accepted);
      if (seq != expected) {
        require(written != null && written.effect() instanceof Effect.Lost gap && gap.fromSeq() == expected
            && gap.toSeq() == seq - 1, "I-11",
            "terminal " + terminal + ": " + expected + " expected, found " + seq);
        require(gapExceptions.contains(new GapKey(terminal, seq)), "I-11",
            "gap before " + seq + " raised no exception");
      }
      require(written == null || Arrays.equals(written.bytes(), entry.getValue()), "I-13",
          () -> "terminal " + terminal + " record " + seq + " differs from what was written");
      expected = seq + 1;
    }
    HeadRow head = books.head(site, terminal + 1).orElseThrow();
    require(head.received().seq() == expected - 1, "I-11",
        "head says " + head.received().seq() + ", records " + expected);
    if (!frozen.contains(terminal)) {
      long last = line.written().isEmpty() ? 0 : line.written().lastKey();
      require(expected - 1 == last, "I-25",
          "terminal " + terminal + " wrote " + last + ", server has " + (expected - 1));
      require(head.settled().seq() == last, "I-7",
          "terminal " + terminal + " settled to " + head.settled().seq());
    }
  }

  /// Every approved tap is settled exactly once or visible.
  private void taps(int terminal, NavigableMap<Long, byte[]> accepted) {
    TerminalTruth line = truth.terminal(terminal);
    Map<PaperId, TransactionRow> settled = new HashMap<>();
    for (TransactionRow row : books.transactionsOf(site, terminal + 1, 0, Integer.MAX_VALUE)) {
      settled.put(PaperId.of(row.transaction()), row);
    }
    for (Map.Entry<Long, PaperRecord> entry : line.written().entrySet()) {
      boolean taken = accepted.containsKey(entry.getKey()) && !frozen.contains(terminal);
      if (entry.getValue().effect() instanceof Effect.Sold sold && taken) {
        TransactionRow row = settled.get(sold.transaction());
        require(row != null, "I-7",
            () -> "sale " + sold.transaction() + " of terminal " + terminal + " is not settled");
        require(row == null || row.amount() == sold.amountMinor() && row.seq() == entry.getKey(), "I-12",
            () -> "sale " + sold.transaction() + " is settled as " + row);
      }
    }
    for (PaperId shown : line.shownApproved()) {
      require(
          settled.containsKey(shown) || frozen.contains(terminal)
              || !line.written().isEmpty() && lost(line, shown),
          "I-7", "approved tap " + shown + " of terminal " + terminal + " is neither settled nor visible");
    }
    for (PaperId shown : line.shownDeclined()) {
      TransactionRow row = settled.get(shown);
      require(row == null || row.kind() == TransactionKind.DECLINE || line.takenBack(shown), "I-19",
          () -> "declined tap " + shown + " is booked");
    }
  }

  private static boolean lost(TerminalTruth line, PaperId shown) {
    return line.lostSeq(shown).stream().anyMatch(line::declaredLost);
  }

  private void money(ReferenceLedger reference) {
    Map<LedgerKind, Long> totals = new HashMap<>();
    for (LedgerAccountRow row : books.ledgerAccounts(site)) {
      totals.merge(row.kind(), row.balance(), Math::addExact);
      if (row.kind() == LedgerKind.CASH) {
        require(row.balance() == reference.ownMinor(row.owner()), "I-12",
            () -> "account " + row.owner() + " stands at " + row.balance() + ", reference says "
                + reference.ownMinor(row.owner()));
      }
    }
    require(totals.getOrDefault(LedgerKind.MERCHANT_PAYABLE, 0L) == reference.merchantMinor(), "I-12",
        "merchants are owed " + totals.get(LedgerKind.MERCHANT_PAYABLE) + ", reference says "
            + reference.merchantMinor());
    require(-totals.getOrDefault(LedgerKind.CASH_DRAWER, 0L) == reference.cashDrawerMinor(), "I-12",
        "drawers hold " + totals.get(LedgerKind.CASH_DRAWER) + ", reference says "
            + reference.cashDrawerMinor());
    require(totals.getOrDefault(LedgerKind.BANK_CLEARING, 0L) == reference.bankMinor(), "I-12",
        "banks are to get " + totals.get(LedgerKind.BANK_CLEARING) + ", reference says "
            + reference.bankMinor());
    refusedVoids(reference);
    for (int terminal = 0; terminal < truth.terminalCount(); terminal++) {
      HeadRow head = books.head(site, terminal + 1).orElseThrow();
      if (truth.terminal(terminal).gapFree()) {
        require(head.settled().turnover() == reference.terminalTotalMinor(terminal), "I-12",
            "terminal " + terminal
                + " turned over " + head.settled().turnover() + ", reference says "
                + reference.terminalTotalMinor(terminal));
      }
    }
  }

  private void refusedVoids(ReferenceLedger reference) {
    long queued = books.exceptions(site, false, 0, Integer.MAX_VALUE).stream()
        .filter(row -> row.kind() == ExceptionKind.VOID_AFTER_REFUND).count();
    require(queued == reference.refusedVoids(), "I-7",
        queued + " voids after a refund are listed, reference says " + reference.refusedVoids());
  }

  /// How many taps of all terminals stand settled.
  public long settledSales() {
    long count = 0;
    for (int terminal = 0; terminal < truth.terminalCount(); terminal++) {
      List<TransactionRow> rows = books.transactionsOf(site, terminal + 1, 0, Integer.MAX_VALUE);
      count += rows.stream()
          .filter(row -> row.kind().isSale())
          .count();
    }
    return count;
  }
}
