package dev.counterfoil.settlement.shift;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.ShiftStep;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.shift.ShiftTotals;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares what a terminal says that its shift came to with what was booked of the same records (REC-04, I-12). Belongs
/// to the core's thread; reads the shift's records, some tens of thousands at most.
public final class ShiftDesk {

  /// Record numbers looked at in one step.
  private static final int STEP = 1_000;
  /// The longest shift that is added up; longer ones are the report's business.
  static final long MOST_RECORDS = 100_000;
  private static final int MOST_RANGES = 50;
  private static final List<Integer> MONEY = List.of(RecordKind.SALE.code(), RecordKind.VOID.code(),
      RecordKind.REFUND.code());

  private final StoreMemory memory;

  public ShiftDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// What was booked, and what of the range is missing.
  private record Found(ShiftTotals sums, SeqRanges missing, SeqRanges unbooked) {}

  /// Adds a closed shift up by the books. A difference is raised once; asking again is safe and answers what holds then.
  ///
  /// @param closeSeq the SHIFT_REPORT record that closed it
  /// @throws RefusedException TERMINAL_UNKNOWN, SHIFT_UNKNOWN (no such record, or it closes no shift), SHIFT_NOT_SETTLED
  /// (its records are on their way: ask later), SHIFT_TOO_LONG
  public ShiftAnswer answer(dev.counterfoil.protocol.id.TerminalId id, long closeSeq, long nowMs) {
    TerminalMemory terminal = memory.terminal(id)
        .orElseThrow(() -> new RefusedException("TERMINAL_UNKNOWN", "no terminal " + id));
    if (terminal.head().settled().seq() < closeSeq) {
      throw new RefusedException("SHIFT_NOT_SETTLED", "settled up to " + terminal.head().settled().seq());
    }
    ShiftReport said = report(terminal.row(), closeSeq).orElseThrow(
        () -> new RefusedException("SHIFT_UNKNOWN", "record " + closeSeq + " closes no shift"));
    if (said.getFromSeq() < 1 || said.getToSeq() < said.getFromSeq() || said.getToSeq() >= closeSeq
        || said.getToSeq() - said.getFromSeq() >= MOST_RECORDS) {
      throw new RefusedException("SHIFT_TOO_LONG", said.getFromSeq() + ".." + said.getToSeq());
    }
    Found found = find(terminal.row(), said);
    if (!found.sums().equals(ShiftTotals.of(said)) || !found.missing().isEmpty()) {
      raise(terminal.row(), closeSeq, said, found, nowMs);
    }
    return found.sums().into(ShiftAnswer.newBuilder()).setCloseSeq(closeSeq)
        .addAllMissing(found.missing().first(MOST_RANGES))
        .addAllUnbooked(found.unbooked().first(MOST_RANGES)).build();
  }

  private Optional<ShiftReport> report(TerminalRow terminal, long seq) {
    return RecordRun.read(memory.reads(), terminal.site(), terminal.terminal(), seq, seq, 1, 1).stream()
        .filter(record -> record.is(RecordKind.SHIFT_REPORT)).findFirst().flatMap(ShiftDesk::read)
        .filter(report -> report.getStep() == ShiftStep.SHIFT_STEP_CLOSED);
  }

  private static Optional<ShiftReport> read(JournalRecord record) {
    try {
      return Optional.of(ShiftReport.parseFrom(record.body()));
    } catch (InvalidProtocolBufferException _) {
      // Signed nonsense closes no shift, whatever its kind says.
      return Optional.empty();
    }
  }

  private Found find(TerminalRow terminal, ShiftReport said) {
    var missing = new SeqRanges();
    var unbooked = new SeqRanges();
    ShiftTotals sums = ShiftTotals.NOTHING;
    for (long from = said.getFromSeq(); from <= said.getToSeq(); from += STEP) {
      long to = Math.min(said.getToSeq(), from + STEP - 1);
      var booked = new HashSet<Long>();
      for (TransactionRow row : memory.reads().transactionsOf(terminal.site(), terminal.terminal(), from - 1,
          STEP)) {
        if (row.seq() <= to && row.firstTransfer() > 0) {
          sums = plus(sums, row);
          booked.add(row.seq());
        }
      }
      compare(terminal, from, to, booked, missing, unbooked);
    }
    return new Found(sums, missing, unbooked);
  }

  private static ShiftTotals plus(ShiftTotals sums, TransactionRow row) {
    long amount = row.amount();
    return switch (row.kind()) {
      case SALE_CARD, SALE_IMPORTED -> sums.withSale(amount, row.details().cash());
      case SALE_CASH -> sums.withSale(amount, amount);
      case VOID -> sums.withVoid(-amount);
      case REFUND -> sums.withRefund(-amount);
      case DECLINE, RECHARGE, OPENING, TRANSFER, FREEZE, UNFREEZE, WITHDRAWAL, ADJUSTMENT, REVERSAL, SUBSIDY,
          SUBSIDY_LAPSE ->
        sums;
    };
  }

  private void compare(TerminalRow terminal, long from, long to, Set<Long> booked, SeqRanges missing,
      SeqRanges unbooked) {
    long next = from;
    for (RecordKeyRow key : memory.reads().recordKeys(terminal.site(), terminal.terminal(), from, to)) {
      if (key.seq() > next) {
        missing.add(next, key.seq() - 1);
      }
      if (MONEY.contains(key.kind()) && !booked.contains(key.seq())) {
        unbooked.add(key.seq());
      }
      next = key.seq() + 1;
    }
    if (next <= to) {
      missing.add(next, to);
    }
  }

  private void raise(TerminalRow terminal, long closeSeq, ShiftReport said, Found found, long nowMs) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(terminal.site()), memory.reads(), unit, nowMs);
    long difference = found.sums().netMinor() - ShiftTotals.of(said).netMinor();
    String key = terminal.terminal() + ":" + closeSeq;
    if (memory.site(terminal.site()).isRaised(ExceptionKind.SHIFT_DIFFERS + ":" + key)) {
      return;
    }
    books.raise(ExceptionKind.SHIFT_DIFFERS, key, terminal.terminal(), closeSeq, Optional.empty(), 0,
        difference, "records " + said.getFromSeq() + ".." + said.getToSeq() + ": books less terminal "
            + difference + " minor units; missing " + found.missing() + "; not booked " + found.unbooked());
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }
}
