package dev.counterfoil.settlement.shift;

import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;

/// What the records of a shift came to. Sums in minor units; those of voids and refunds are above 0.
///
/// @param cardMinor of the sales, by card
/// @param cashMinor of the sales, in coins and notes
record ShiftSums(long sales, long salesMinor, long voids, long voidsMinor, long refunds, long refundsMinor,
    long cardMinor, long cashMinor) {

  static final ShiftSums NOTHING = new ShiftSums(0, 0, 0, 0, 0, 0, 0, 0);

  /// What a terminal says in its signed record.
  static ShiftSums of(ShiftReport said) {
    return new ShiftSums(Integer.toUnsignedLong(said.getSales()), said.getSalesMinor(),
        Integer.toUnsignedLong(said.getVoids()), said.getVoidsMinor(),
        Integer.toUnsignedLong(said.getRefunds()), said.getRefundsMinor(), said.getCardMinor(),
        said.getCashMinor());
  }

  ShiftSums plus(TransactionRow row) {
    long amount = row.amount();
    return switch (row.kind()) {
      case SALE_CARD, SALE_CASH, SALE_IMPORTED -> {
        long cash = row.kind() == TransactionKind.SALE_CASH ? amount : row.details().cash();
        yield new ShiftSums(sales + 1, salesMinor + amount, voids, voidsMinor, refunds, refundsMinor,
            cardMinor + amount - cash, cashMinor + cash);
      }
      case VOID -> new ShiftSums(sales, salesMinor, voids + 1, voidsMinor - amount, refunds, refundsMinor,
          cardMinor, cashMinor);
      case REFUND -> new ShiftSums(sales, salesMinor, voids, voidsMinor, refunds + 1, refundsMinor - amount,
          cardMinor, cashMinor);
      case DECLINE, RECHARGE, OPENING, TRANSFER, FREEZE, UNFREEZE, WITHDRAWAL, ADJUSTMENT, REVERSAL, SUBSIDY,
          SUBSIDY_LAPSE ->
        this;
    };
  }

  /// What stayed of the sales, minor units.
  long netMinor() {
    return salesMinor - voidsMinor - refundsMinor;
  }

  ShiftAnswer.Builder answer() {
    return ShiftAnswer.newBuilder().setSales((int) sales).setSalesMinor(salesMinor).setVoids((int) voids)
        .setVoidsMinor(voidsMinor).setRefunds((int) refunds).setRefundsMinor(refundsMinor)
        .setCardMinor(cardMinor).setCashMinor(cashMinor);
  }
}
