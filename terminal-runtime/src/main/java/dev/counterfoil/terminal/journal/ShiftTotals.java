package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;

/// What the records of a shift come to. Sums in minor units; those of voids and refunds are above 0.
///
/// @param cardMinor of the sales, by card
/// @param cashMinor of the sales, in coins and notes
public record ShiftTotals(long sales, long salesMinor, long voids, long voidsMinor, long refunds,
    long refundsMinor, long cardMinor, long cashMinor) {

  public static final ShiftTotals NOTHING = new ShiftTotals(0, 0, 0, 0, 0, 0, 0, 0);

  /// What a record of this terminal says.
  public static ShiftTotals of(ShiftReport said) {
    return new ShiftTotals(Integer.toUnsignedLong(said.getSales()), said.getSalesMinor(),
        Integer.toUnsignedLong(said.getVoids()), said.getVoidsMinor(),
        Integer.toUnsignedLong(said.getRefunds()),
        said.getRefundsMinor(), said.getCardMinor(), said.getCashMinor());
  }

  /// What the server says.
  public static ShiftTotals of(ShiftAnswer said) {
    return new ShiftTotals(Integer.toUnsignedLong(said.getSales()), said.getSalesMinor(),
        Integer.toUnsignedLong(said.getVoids()), said.getVoidsMinor(),
        Integer.toUnsignedLong(said.getRefunds()),
        said.getRefundsMinor(), said.getCardMinor(), said.getCashMinor());
  }

  /// With one more record; one that moves no money changes nothing.
  public ShiftTotals plus(JournalRecord record) {
    long amount = record.amount();
    if (record.is(RecordKind.SALE) || record.is(RecordKind.OUTCOME) && amount > 0) {
      long cash = cashOf(record);
      return new ShiftTotals(sales + 1, salesMinor + amount, voids, voidsMinor, refunds, refundsMinor,
          cardMinor + amount - cash, cashMinor + cash);
    }
    if (record.is(RecordKind.REFUND)) {
      return new ShiftTotals(sales, salesMinor, voids, voidsMinor, refunds + 1, refundsMinor - amount,
          cardMinor,
          cashMinor);
    }
    return record.is(RecordKind.VOID)
        ? new ShiftTotals(sales, salesMinor, voids + 1, voidsMinor - amount, refunds, refundsMinor, cardMinor,
            cashMinor)
        : this;
  }

  private static long cashOf(JournalRecord record) {
    Sale sale = record.is(RecordKind.SALE) ? OwnRecord.body(record, Sale.parser())
        : OwnRecord.body(record, Outcome.parser()).getSale();
    return sale.getTender() == Tender.TENDER_CASH ? record.amount() : sale.getCashMinor();
  }

  /// What stayed of the sales.
  public long netMinor() {
    return salesMinor - voidsMinor - refundsMinor;
  }

  /// Puts them into a record.
  public ShiftReport.Builder into(ShiftReport.Builder report) {
    return report.setSales((int) sales).setSalesMinor(salesMinor).setVoids((int) voids)
        .setVoidsMinor(voidsMinor).setRefunds((int) refunds).setRefundsMinor(refundsMinor)
        .setCardMinor(cardMinor).setCashMinor(cashMinor);
  }
}
