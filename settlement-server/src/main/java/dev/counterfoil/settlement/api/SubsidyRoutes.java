package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.subsidy.Grant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What holders are granted, and what they have of it.
final class SubsidyRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access GRANT = new Access.Needs(Permission.SUBSIDY_GRANT);
  private static final int LONGEST_NAME = 100;

  private SubsidyRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/accounts/{accountId}/purses", VIEW, SubsidyRoutes::purses),
        Route.change(Verb.POST, "/accounts/{accountId}/subsidies", GRANT, "SUBSIDY_GRANT",
            SubsidyRoutes::grant));
  }

  private static ObjectNode purses(Call call, SettlementReads reads) {
    AccountRow row = AccountRoutes.known(call, reads);
    Holdings holdings = Holdings.of(reads, row);
    ObjectNode node = AccountView.balance(row, holdings);
    ArrayNode purses = node.putArray("purses");
    purses.addObject().put("purseId", row.cashLedger()).put("kind", "CASH")
        .put("balance", Money.decimal(holdings.cash().balance()));
    holdings.subsidies().forEach(each -> {
      ObjectNode purse = purses.addObject().put("purseId", each.purse().ledger()).put("kind", "SUBSIDY")
          .put("name", each.purse().name()).put("balance", Money.decimal(each.balance()));
      if (each.purse().expiresMs() != 0) {
        purse.put("expiresAt", Views.time(each.purse().expiresMs()));
      }
    });
    return node;
  }

  private static Function<SettlementCore, Done> grant(Call call) {
    Body body = call.body();
    var grant = new Grant(call.number("accountId"), body.text("name", LONGEST_NAME), body.amount("amount"),
        body.timeOrZero("until"),
        body.has("department") ? (int) body.number("department", 0, Integer.MAX_VALUE) : 0,
        body.reasonOrNone(), call.operator());
    return server -> {
      PurseRow purse = server.subsidies().grant(call.site(), grant, call.transaction(), call.nowMs());
      ObjectNode node = Body.object().put("purseId", purse.ledger()).put("accountId", purse.account())
          .put("name", purse.name()).put("amount", Money.decimal(grant.amount()))
          .put("transactionId", call.transaction().toString());
      return new Done(201, node.toString(), "account " + purse.account(), "",
          purse.name() + " " + Money.decimal(grant.amount()));
    };
  }
}
