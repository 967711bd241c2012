package dev.counterfoil.protocol.shift;

import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;

/// What the records of a shift come to. Sums in minor units; those of voids and refunds are above 0.
///
/// @param cardMinor of the sales, by card
/// @param cashMinor of the sales, in coins and notes
public record ShiftTotals(long sales, long salesMinor, long voids, long voidsMinor, long refunds,
    long refundsMinor, long cardMinor, long cashMinor) {

  public static final ShiftTotals NOTHING = new ShiftTotals(0, 0, 0, 0, 0, 0, 0, 0);

  /// What a terminal says in its signed record.
  public static ShiftTotals of(ShiftReport said) {
    return new ShiftTotals(Integer.toUnsignedLong(said.getSales()), said.getSalesMinor(),
        Integer.toUnsignedLong(said.getVoids()), said.getVoidsMinor(),
        Integer.toUnsignedLong(said.getRefunds()), said.getRefundsMinor(), said.getCardMinor(),
        said.getCashMinor());
  }

  /// What the server says.
  public static ShiftTotals of(ShiftAnswer said) {
    return new ShiftTotals(Integer.toUnsignedLong(said.getSales()), said.getSalesMinor(),
        Integer.toUnsignedLong(said.getVoids()), said.getVoidsMinor(),
        Integer.toUnsignedLong(said.getRefunds()), said.getRefundsMinor(), said.getCardMinor(),
        said.getCashMinor());
  }

  /// With one more sale.
  ///
  /// @param cash part of the amount that was paid in coins and notes; the rest was paid by card
  public ShiftTotals withSale(long amount, long cash) {
    return new ShiftTotals(sales + 1, salesMinor + amount, voids, voidsMinor, refunds, refundsMinor,
        cardMinor + amount - cash, cashMinor + cash);
  }

  /// With one more sale taken back.
  ///
  /// @param amount above 0
  public ShiftTotals withVoid(long amount) {
    return new ShiftTotals(sales, salesMinor, voids + 1, voidsMinor + amount, refunds, refundsMinor,
        cardMinor,
        cashMinor);
  }

  /// With one more refund.
  ///
  /// @param amount above 0
  public ShiftTotals withRefund(long amount) {
    return new ShiftTotals(sales, salesMinor, voids, voidsMinor, refunds + 1, refundsMinor + amount,
        cardMinor,
        cashMinor);
  }

  /// What stayed of the sales.
  public long netMinor() {
    return salesMinor - voidsMinor - refundsMinor;
  }

  /// Puts them into a terminal's record.
  public ShiftReport.Builder into(ShiftReport.Builder report) {
    return report.setSales((int) sales).setSalesMinor(salesMinor).setVoids((int) voids)
        .setVoidsMinor(voidsMinor).setRefunds((int) refunds).setRefundsMinor(refundsMinor)
        .setCardMinor(cardMinor).setCashMinor(cashMinor);
  }

  /// Puts them into a server's answer.
  public ShiftAnswer.Builder into(ShiftAnswer.Builder answer) {
    return answer.setSales((int) sales).setSalesMinor(salesMinor).setVoids((int) voids)
        .setVoidsMinor(voidsMinor).setRefunds((int) refunds).setRefundsMinor(refundsMinor)
        .setCardMinor(cardMinor).setCashMinor(cashMinor);
  }
}
