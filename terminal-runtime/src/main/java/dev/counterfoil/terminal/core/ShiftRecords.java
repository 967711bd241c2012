package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.ShiftStep;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.shift.ShiftTotals;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.OwnRecord;
import dev.counterfoil.terminal.journal.Shift;
import dev.counterfoil.terminal.journal.StateChange;
import java.util.List;
import java.util.Optional;

/// Makes the records that open and close a shift. What a shift comes to is added up from its own records when it is closed,
/// so that no counter of its own can be lost or drift, and a sale costs nothing more. On the journal's thread.
final class ShiftRecords {

  private static final int STEP_RECORDS = 1_000;
  private static final int STEP_BYTES = 4 * 1024 * 1024;

  private final JournalStore store;

  ShiftRecords(JournalStore store) {
    this.store = store;
  }

  Entry entry(JournalTask.RecordShift task, RecordCircumstances now) {
    return task.opens() ? opening(task, now) : closing(task);
  }

  private Entry opening(JournalTask.RecordShift task, RecordCircumstances now) {
    Shift before = store.state().shift();
    var body = ShiftReport.newBuilder().setStep(ShiftStep.SHIFT_STEP_OPENED).setShift(before.number() + 1)
        .setOperatorToken(ByteString.copyFrom(task.operator().bytes())).build();
    return new Entry(RecordDraft.of(RecordKind.SHIFT_REPORT, body, 0),
        seq -> List.of(new StateChange.ShiftChanged(before.opened(seq, now.wallMillis()))));
  }

  /// Ends what a void could take back, too: what was reported is final, and paid back by a refund.
  private Entry closing(JournalTask.RecordShift task) {
    JournalState state = store.state();
    Shift shift = state.shift();
    long from = Math.max(shift.openSeq(), state.origin().seq() + 1);
    var body = totals(from, state.head().seq()).into(ShiftReport.newBuilder()).setFromSeq(from)
        .setToSeq(state.head().seq()).setStep(ShiftStep.SHIFT_STEP_CLOSED).setShift(shift.number())
        .setOpenedMs(shift.openedMs()).setOperatorToken(ByteString.copyFrom(task.operator().bytes())).build();
    return new Entry(RecordDraft.of(RecordKind.SHIFT_REPORT, body, 0),
        seq -> List.of(new StateChange.ShiftChanged(shift.closed(seq)),
            new StateChange.SaleKept(Optional.empty())));
  }

  private ShiftTotals totals(long from, long to) {
    ShiftTotals totals = ShiftTotals.NOTHING;
    long next = from;
    while (next <= to) {
      List<JournalRecord> records = store.records(next, STEP_RECORDS, STEP_BYTES);
      if (records.isEmpty()) {
        return totals;
      }
      for (JournalRecord record : records) {
        totals = plus(totals, record);
      }
      next = records.getLast().seq() + 1;
    }
    return totals;
  }

  /// One that moves no money changes nothing.
  private static ShiftTotals plus(ShiftTotals totals, JournalRecord record) {
    long amount = record.amount();
    if (record.is(RecordKind.SALE)) {
      return totals.withSale(amount, cashOf(OwnRecord.body(record, Sale.parser()), amount));
    }
    if (record.is(RecordKind.OUTCOME) && amount > 0) {
      return totals.withSale(amount, cashOf(OwnRecord.body(record, Outcome.parser()).getSale(), amount));
    }
    if (record.is(RecordKind.REFUND)) {
      return totals.withRefund(-amount);
    }
    return record.is(RecordKind.VOID) ? totals.withVoid(-amount) : totals;
  }

  private static long cashOf(Sale sale, long amount) {
    return sale.getTender() == Tender.TENDER_CASH ? amount : sale.getCashMinor();
  }
}
