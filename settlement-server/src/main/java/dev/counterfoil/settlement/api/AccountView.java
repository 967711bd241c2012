package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.AccountFigures;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.SettlementReads;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An account as S1 7.2 names its fields (API-05).
final class AccountView {

  private AccountView() {}

  /// AccountDetailVO, with its names.
  static ObjectNode detail(SettlementReads reads, AccountRow row) {
    ObjectNode node = summary(row);
    Holdings holdings = Holdings.of(reads, row);
    node.setAll(balance(row, holdings));
    node.put("creditLimit", Money.decimal(-holdings.floor()));
    node.setAll(terms(row));
    reads.profiles().profile(row.site(), row.account())
        .ifPresent(profile -> profile(node, reads, row, profile));
    ArrayNode permissions = node.putArray("permissions");
    reads.profiles().permissions(row.site(), row.account())
        .forEach(each -> permissions.add(permission(each)));
    ArrayNode relations = node.putArray("relations");
    reads.profiles().relationsBelow(row.site(), row.account()).forEach(each -> relations.add(relation(each)));
    reads.profiles().relationsAbove(row.site(), row.account()).forEach(each -> relations.add(relation(each)));
    return node;
  }

  private static void profile(ObjectNode node, SettlementReads reads, AccountRow row,
      AccountProfileRow profile) {
    AccountFigures figures = AccountFigures.of(profile, reads.cardsOf(row.site(), row.account()),
        reads.profiles().accountTotals(row.site(), row.account()));
    node.put("accountType", profile.kind().code()).put("accountTypeName", profile.kind().name())
        .put("accountName", profile.accountName()).put("ownerType", profile.ownerKind().code())
        .put("ownerTypeName", profile.ownerKind().name()).put("ownerId", profile.owner())
        .put("totalRecharge", Money.decimal(figures.totalRecharge()))
        .put("totalConsume", Money.decimal(figures.totalConsume())).put("cardCount", figures.cards());
    if (figures.lastTransactionMs() != 0) {
      node.put("lastTransactionTime", Views.time(figures.lastTransactionMs()));
    }
  }

  static ObjectNode terms(AccountRow row) {
    return Body.object().put("cardClass", row.terms().cardClass()).put("discountPermille",
        row.terms().discountPermille());
  }

  static ObjectNode permission(PermissionRow row) {
    ObjectNode node = Body.object().put("permissionId", row.number()).put("permissionType", row.type().code())
        .put("permissionTypeName", row.type().name()).put("scope", row.scope())
        .put("byHolder", row.byHolder())
        .put("singleLimit", Money.decimal(row.singleMinor()))
        .put("dailyLimit", Money.decimal(row.dailyMinor()))
        .put("monthlyLimit", Money.decimal(row.monthlyMinor())).put("effectiveTime", Views.time(row.fromMs()))
        .put("status", row.enabled() ? 1 : 0);
    if (row.untilMs() != 0) {
      node.put("expiryTime", Views.time(row.untilMs()));
    }
    return node;
  }

  static ObjectNode relation(RelationRow row) {
    ObjectNode node = Body.object().put("relationId", row.number()).put("mainAccountId", row.main())
        .put("subAccountId", row.sub()).put("relationType", row.type().code())
        .put("relationTypeName", row.type().name()).put("relationLevel", row.level())
        .put("status", row.enabled() ? 1 : 0);
    if (!row.config().isEmpty()) {
      node.set("permissionConfig", Body.MAPPER.readTree(row.config()));
    }
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
  static ObjectNode balance(AccountRow row, Holdings ledger) {
    return Body.object().put("accountId", row.account()).put("balance", Money.decimal(ledger.balance()))
        .put("availableBalance", Money.decimal(ledger.available()))
        .put("frozenBalance", Money.decimal(ledger.held()))
        .put("cashBalance", Money.decimal(ledger.cash().balance()))
        .put("subsidyBalance", Money.decimal(ledger.subsidy())).put("currency", row.currency());
  }

  static LedgerAccountRow ledger(SettlementReads reads, AccountRow row) {
    return reads.ledgerAccount(row.site(), row.cashLedger())
        .orElseThrow(() -> new IllegalStateException("account " + row.account() + " has no ledger account"));
  }
}
