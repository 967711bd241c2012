package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.SaleReads;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import java.util.List;
import java.util.Optional;

/// What the model store tells about goods and places of sales.
final class ModelSales implements SaleReads {

  private final ModelSettlementStore store;

  ModelSales(ModelSettlementStore store) {
    this.store = store;
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
