package dev.counterfoil.terminal.receipt;

import dev.counterfoil.proto.v1.SeqRange;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.ShiftStep;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.shift.ShiftTotals;
import dev.counterfoil.terminal.device.Slip.Style;
import dev.counterfoil.terminal.device.Slip;
import java.util.List;

/// The slips of a shift: when it is opened or closed, from the signed record alone, and when the server has answered.
///
/// @param receipt what all slips of this terminal share
record ShiftSlip(Receipt receipt) {

  Slip of(JournalRecord record, ShiftReport report, boolean copy) {
    boolean opened = report.getStep() == ShiftStep.SHIFT_STEP_OPENED;
    var layout = receipt.head(opened ? ReceiptWord.SHIFT_OPENED : ReceiptWord.SHIFT_CLOSED, record, copy)
        .line(ReceiptWord.SHIFT, Long.toString(report.getShift()), Style.PLAIN);
    if (!opened) {
      range(layout, report);
      totals(layout, ShiftTotals.of(report));
    }
    return new Slip(receipt.tail(layout, record), false);
  }

  /// Every sequence range is named in full: paper has room, and somebody has to look for these records.
  Slip answered(JournalRecord closing, ShiftReport report, ShiftAnswer answer) {
    ShiftTotals own = ShiftTotals.of(report);
    ShiftTotals books = ShiftTotals.of(answer);
    var layout = receipt.head(ReceiptWord.SHIFT_ANSWER, closing, false)
        .line(ReceiptWord.SHIFT, Long.toString(report.getShift()), Style.PLAIN);
    range(layout, report);
    layout.line(ReceiptWord.TERMINAL, Money.decimal(own.netMinor()), Style.PLAIN)
        .line(ReceiptWord.SERVER, Money.decimal(books.netMinor()), Style.PLAIN)
        .line(ReceiptWord.DIFFERENCE, Money.decimal(books.netMinor() - own.netMinor()), Style.BOLD);
    if (!own.equals(books)) {
      totals(layout.note(ReceiptWord.SERVER), books);
    }
    ranges(layout, ReceiptWord.MISSING, answer.getMissingList());
    ranges(layout, ReceiptWord.UNBOOKED, answer.getUnbookedList());
    return new Slip(receipt.tail(layout, closing), false);
  }

  private static void range(ReceiptLayout layout, ShiftReport report) {
    layout.line(ReceiptWord.RECORDS, report.getFromSeq() + "-" + report.getToSeq(), Style.PLAIN);
  }

  private static void totals(ReceiptLayout layout, ShiftTotals totals) {
    counted(layout, ReceiptWord.SALES, totals.sales(), totals.salesMinor());
    layout.line(ReceiptWord.PAID_BY_CARD, Money.decimal(totals.cardMinor()), Style.PLAIN)
        .line(ReceiptWord.PAID_IN_CASH, Money.decimal(totals.cashMinor()), Style.PLAIN);
    counted(layout, ReceiptWord.VOIDS, totals.voids(), -totals.voidsMinor());
    counted(layout, ReceiptWord.REFUNDS, totals.refunds(), -totals.refundsMinor());
    layout.line(ReceiptWord.TOTAL, Money.decimal(totals.netMinor()), Style.BOLD);
  }

  private static void counted(ReceiptLayout layout, ReceiptWord word, long count, long minor) {
    layout.line(word, count + " x  " + Money.decimal(minor), Style.PLAIN);
  }

  private static void ranges(ReceiptLayout layout, ReceiptWord word, List<SeqRange> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    layout.note(word);
    ranges.forEach(range -> layout.plain(range.getFromSeq() == range.getToSeq()
        ? Long.toString(range.getFromSeq())
        : range.getFromSeq() + " - " + range.getToSeq()));
  }
}
