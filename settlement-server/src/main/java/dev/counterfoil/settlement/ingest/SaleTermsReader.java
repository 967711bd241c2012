package dev.counterfoil.settlement.ingest;

import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.settlement.ledger.SaleTerms;
import dev.counterfoil.settlement.store.SaleSubType;

/// Reads what a sale's record says besides who paid how much. Pure, and safe for any thread.
final class SaleTermsReader {

  private static final int CODE_SCAN = 3;
  private static final int LONGEST_ADDRESS = 45;

  private SaleTermsReader() {}

  /// @param otherwise what kind of consumption it is, unless the record says so
  /// @throws IllegalArgumentException if the amounts contradict each other (PAY-11, PAY-12)
  static SaleTerms read(Sale sale, SaleSubType otherwise) {
    long paid = sale.getAmountMinor();
    long original = sale.getOriginalMinor() == 0 ? paid : sale.getOriginalMinor();
    long discount = sale.getDiscountMinor();
    long cash = sale.getCashMinor();
    if (cash < 0 || cash > 0 && cash >= paid || discount < 0 || original > RecordReader.MAX_AMOUNT_MINOR
        || original - discount < paid) {
      throw new IllegalArgumentException("amounts");
    }
    String address = sale.getConsumerIp().length() > LONGEST_ADDRESS ? "" : sale.getConsumerIp();
    return new SaleTerms(cash, discount, original - discount - paid, subType(sale, otherwise),
        sale.getPresentation(), address, sale.getLinesList().stream().map(SaleTermsReader::goods).toList());
  }

  private static SaleTerms.Goods goods(LineItem line) {
    return new SaleTerms.Goods(line.getProductCode(), line.getProductName(),
        Integer.toUnsignedLong(line.getCategoryId()), line.getCategoryName(),
        Integer.toUnsignedLong(line.getQuantity()), line.getUnitPriceMinor(), line.getWeightGrams(),
        line.getKilogramPriceMinor());
  }

  private static SaleSubType subType(Sale sale, SaleSubType otherwise) {
    return switch (sale.getSubType()) {
      case SALE_SUB_TYPE_POS -> SaleSubType.POS;
      case SALE_SUB_TYPE_QR -> SaleSubType.QR;
      case SALE_SUB_TYPE_NFC -> SaleSubType.NFC;
      case SALE_SUB_TYPE_ONLINE -> SaleSubType.ONLINE;
      case SALE_SUB_TYPE_RESERVATION -> SaleSubType.RESERVATION;
      case SALE_SUB_TYPE_CABINET -> SaleSubType.CABINET;
      // A kind that this version does not know is told like one that nobody named.
      case SALE_SUB_TYPE_UNSPECIFIED, UNRECOGNIZED ->
        sale.getPresentation() == CODE_SCAN && otherwise == SaleSubType.NFC ? SaleSubType.QR : otherwise;
    };
  }
}
