package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.SaleReads;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the model store tells about goods and places of sales.
final class ModelSales implements SaleReads {

  private final ModelSettlementStore store;

  ModelSales(ModelSettlementStore store) {
    this.store = store;
  }

  boolean fits(TransactionRow row, TransactionSearch.Where where) {
    List<SaleLineRow> goods = saleLines(row.site(), row.transaction());
    return (where.merchant() == 0 || isOf(row, where.merchant()))
        && (where.location() == 0 || place(row.site(), row.terminal())
            .filter(place -> place.location() == where.location()).isPresent())
        && (where.category() == 0 || goods.stream().anyMatch(line -> line.category() == where.category()))
        && (where.product().isEmpty()
            || goods.stream().anyMatch(line -> line.product().equals(where.product())));
  }

  private boolean isOf(TransactionRow row, long merchant) {
    SiteTables table = store.table(row.site());
    TransferRow first = table.transfers.get(row.firstTransfer());
    return first != null && Stream.of(first.debit(), first.credit()).map(table.ledgers::get)
        .anyMatch(ledger -> ledger != null && ledger.kind() == LedgerKind.MERCHANT_PAYABLE
            && ledger.owner() == merchant);
  }

  @Override
  public List<SaleLineRow> saleLines(int site, TransactionId sale) {
    return List.copyOf(store.table(site).saleLines.getOrDefault(sale, List.of()));
  }

  @Override
  public Optional<TerminalPlaceRow> place(int site, int terminal) {
    return Optional.ofNullable(store.table(site).places.get(terminal));
  }
}
