package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;

/// Books sales of another system by the rules of our own ({@link SalePosting}): holder SUBSIDY, the soonest to expire first,
/// then CASH -> merchant payable. Unlike a terminal's record such a sale is a request: whoever calls has looked whether it
/// can be paid. It counts against no limit of a day, because it was not made now.
public final class ImportedSalePosting {

  /// The merchant of whoever has only one.
  public static final long FIRST_MERCHANT = 1;

  private final Books books;

  public ImportedSalePosting(Books books) {
    this.books = books;
  }

  /// Whether anybody may be paid by that number: the first merchant, or one for whom somebody sold.
  public boolean knows(long merchant) {
    return merchant == FIRST_MERCHANT
        || books.memory().ledger(LedgerKind.MERCHANT_PAYABLE, merchant).isPresent();
  }

  /// @param account has enough
  public void post(ImportedSale sale, AccountRow account) {
    var purses = new Purses(books, account);
    long before = purses.balance();
    long first = move(sale, account, purses);
    books.touch(account.account());
    goods(sale);
    books.insert(new TransactionRow(books.site(), sale.id(), TransactionKind.SALE_IMPORTED, 0, 0,
        account.account(), sale.amount(), books.currency(), false, TransactionRow.SYNCED, null, first,
        sale.soldMs(), books.nowMs(), new TransactionRow.Details(sale.card(), sale.subType().name(), 0,
            sale.discount(), 0, 0, before, purses.balance(), "")));
    books.unit().insertNote(new TransactionNoteRow(books.site(), sale.id(), 0, first, books.nowMs(),
        sale.source(), sale.operator(), sale.reference()));
  }

  private long move(ImportedSale sale, AccountRow account, Purses purses) {
    var legs = new SaleLegs(books, sale.id(), books.ledgerOf(LedgerKind.MERCHANT_PAYABLE, sale.merchant()));
    long rest = sale.amount();
    for (Purses.Part part : purses.subsidiesFor(rest)) {
      legs.post(part.ledger(), part.amount(), PostingReason.SALE_SUBSIDY);
      rest -= part.amount();
    }
    legs.post(account.cashLedger(), rest, PostingReason.SALE);
    return legs.first();
  }

  private void goods(ImportedSale sale) {
    int line = 0;
    for (SaleTerms.Goods each : sale.goods()) {
      line++;
      books.unit().insertSaleLine(new SaleLineRow(books.site(), sale.id(), line, each.product(),
          each.productName(), each.category(), each.categoryName(), each.quantity(), each.unitPriceMinor(),
          each.weightGrams(), each.kilogramMinor()));
    }
  }
}
