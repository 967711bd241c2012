package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about goods and places of sales. Rules as in {@link SettlementReads}.
public interface SaleReads {

  /// By line; empty for a sale without goods.
  List<SaleLineRow> saleLines(int site, TransactionId sale);

  /// What a terminal is and where it stands, if somebody said.
  Optional<TerminalPlaceRow> place(int site, int terminal);
}
