package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `/accounts`: the routes of S1 7.1 and what a desk needs besides.
final class AccountRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";
  private static final int LONGEST_NAME = 100;

  private AccountRoutes() {}

  /// @param rules what a new account begins with
  static List<Route> routes(AccountRules rules) {
    return List.of(Route.read("/accounts", VIEW, AccountRoutes::list),
        Route.guarded(Verb.POST, "/accounts", MANAGE, "ACCOUNT_OPEN", GuardedOperation.CONSUME_ACCOUNT,
            call -> open(call, rules)),
        Route.read("/accounts/{accountId}", VIEW,
            (call, reads) -> AccountView.detail(reads, known(call, reads))),
        Route.read("/accounts/{accountId}/balance", VIEW, AccountRoutes::balance),
        Route.read("/accounts/{accountId}/changes", VIEW, AccountRoutes::changes));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    return page.of(reads.accounts(call.site(), page.after(), page.limit()), AccountRow::account,
        AccountView::summary);
  }

  private static Function<SettlementCore, Done> open(Call call, AccountRules rules) {
    Body body = call.body();
    var opening = new Opening(body.choice("accountType", AccountKind.class, AccountKind.PERSONAL),
        body.choice("ownerType", OwnerKind.class, OwnerKind.EMPLOYEE), body.text("ownerId", LONGEST_NAME, ""),
        body.text("ownerName", LONGEST_NAME), body.text("accountName", LONGEST_NAME, ""),
        body.flag("enableOffline", true), siteOr(body, "openingBalance"), siteOr(body, "creditLimit"),
        body.has("mainAccountId") ? body.number("mainAccountId", 1, Long.MAX_VALUE) : 0,
        body.timeOrZero("expiresAt"), body.text("accountNo", 50, ""));
    return server -> {
      AccountRow row = server.accounts().open(call.site(), opening, call.transaction(), call.nowMs()).row();
      String balance = Money.decimal(opening.begins(rules));
      ObjectNode view = AccountView.summary(row).put("openingBalance", balance);
      return new Done(201, view.toString(), object(row), "", "opened, balance " + balance);
    };
  }

  private static long siteOr(Body body, String field) {
    return body.has(field) ? body.amountOrZero(field) : Opening.SITES;
  }

  private static ObjectNode balance(Call call, SettlementReads reads) {
    AccountRow row = known(call, reads);
    Optional<Instant> at = call.query().time("at");
    if (at.isEmpty()) {
      return AccountView.balance(row, Holdings.of(reads, row));
    }
    long then = new BalanceHistory(reads, row).balanceAt(at.get().toEpochMilli());
    return Body.object().put(ID, row.account()).put("at", at.get().toString())
        .put("balance", Money.decimal(then)).put("currency", row.currency());
  }

  private static ObjectNode changes(Call call, SettlementReads reads) {
    AccountRow row = known(call, reads);
    Page page = Page.of(call.query());
    return page.of(new BalanceHistory(reads, row).changes(page.after(), page.limit()),
        change -> change.transfer(), change -> Views.change(row.account(), change));
  }

  static AccountRow known(Call call, SettlementReads reads) {
    long account = call.number(ID);
    return reads.account(call.site(), account)
        .orElseThrow(() -> new ApiException("ACCOUNT_UNKNOWN", "accountId=" + account));
  }

  static String object(AccountRow row) {
    return "account " + row.account();
  }
}
