package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import tools.jackson.databind.node.ObjectNode;

/// An account as S1 7.2 names its fields (API-05).
final class AccountView {

  private AccountView() {}

  static ObjectNode detail(SettlementReads reads, AccountRow row) {
    ObjectNode node = summary(row);
    node.setAll(balance(row, ledger(reads, row)));
    return node;
  }

  static ObjectNode summary(AccountRow row) {
    return Body.object().put("accountId", row.account()).put("accountNo", row.number())
        .put("accountStatus", row.status().code()).put("accountStatusName", row.status().name())
        .put("ownerName", row.holderName()).put("restricted", row.restricted())
        .put("enableConsume", row.maySpend()).put("enableOffline", row.enableOffline())
        .put("currency", row.currency());
  }

  /// current = available + frozen (BAL-04).
  static ObjectNode balance(AccountRow row, LedgerAccountRow ledger) {
    return Body.object().put("accountId", row.account()).put("balance", Money.decimal(ledger.balance()))
        .put("availableBalance", Money.decimal(ledger.available()))
        .put("frozenBalance", Money.decimal(ledger.held())).put("currency", row.currency());
  }

  static LedgerAccountRow ledger(SettlementReads reads, AccountRow row) {
    return reads.ledgerAccount(row.site(), row.cashLedger())
        .orElseThrow(() -> new IllegalStateException("account " + row.account() + " has no ledger account"));
  }
}
