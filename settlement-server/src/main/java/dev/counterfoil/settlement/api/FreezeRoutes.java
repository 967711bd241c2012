package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Freezing an amount or, without one, the whole account (FRZ-01 to FRZ-04).
final class FreezeRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access FREEZE = new Access.Needs(Permission.ACCOUNT_FREEZE);
  private static final int LONGEST_REASON = 500;

  private FreezeRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/accounts/{accountId}/freezes", VIEW, FreezeRoutes::list),
        Route.change(Verb.POST, "/accounts/{accountId}/freezes", FREEZE, "FREEZE", FreezeRoutes::freeze),
        Route.change(Verb.POST, "/freezes/{freezeId}/release", FREEZE, "UNFREEZE", FreezeRoutes::release));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    long account = AccountRoutes.known(call, reads).account();
    Page page = Page.of(call.query());
    return page.of(reads.money().freezesOf(call.site(), account, page.after(), page.limit()),
        FreezeRow::number,
        FreezeRoutes::view);
  }

  private static Function<SettlementCore, Done> freeze(Call call) {
    Body body = call.body();
    var order = new FreezeOrder(call.number("accountId"), body.amountOrZero("amount"),
        body.choice("kind", FreezeKind.class), body.reason(),
        body.text("condition", LONGEST_REASON, ""), call.operator(), body.timeOrZero("until"));
    return server -> {
      FreezeRow row = server.freezes().freeze(call.site(), order, call.transaction(), call.nowMs());
      return new Done(201, view(row).toString(), object(row), "", what(row));
    };
  }

  private static Function<SettlementCore, Done> release(Call call) {
    long number = call.number("freezeId");
    boolean conditionMet = call.body().flag("conditionMet", false);
    String reason = call.body().reason();
    return server -> {
      FreezeRow row = server.freezes().unfreeze(call.site(), number, conditionMet, reason, call.operator(),
          call.nowMs());
      return new Done(200, view(row).toString(), object(row), what(row), "");
    };
  }

  private static ObjectNode view(FreezeRow row) {
    ObjectNode node = Body.object().put("freezeId", row.number()).put("accountId", row.account())
        .put("wholeAccount", row.isOfWholeAccount()).put("amount", Money.decimal(row.amount()))
        .put("kind", row.kind().name()).put("reason", row.reason()).put("operator", row.operator())
        .put("at", Views.time(row.atMs())).put("open", row.isOpen());
    if (!row.condition().isEmpty()) {
      node.put("condition", row.condition());
    }
    if (row.expiresMs() != 0) {
      node.put("until", Views.time(row.expiresMs()));
    }
    FreezeRow.End end = row.end();
    if (end != null) {
      node.put("endKind", end.kind().name()).put("endReason", end.reason()).put("endOperator", end.operator())
          .put("endedAt", Views.time(end.atMs()));
    }
    return node;
  }

  private static String object(FreezeRow row) {
    return "freeze " + row.number() + " account " + row.account();
  }

  private static String what(FreezeRow row) {
    return row.isOfWholeAccount() ? "whole account" : Money.decimal(row.amount());
  }
}
