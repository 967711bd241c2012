package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.MealCollectionRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Meals that are ordered for a day and collected at a counter (docs/adr/0034).
final class MealOrderRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";

  private final CoreSettings settings;

  MealOrderRoutes(CoreSettings settings) {
    this.settings = settings;
  }

  List<Route> routes() {
    return List.of(Route.read("/orders", VIEW, (call, reads) -> list(call, reads, 0)),
        Route.read("/orders/{orderId}", VIEW, this::show),
        Route.read("/accounts/{accountId}/orders", VIEW,
            (call, reads) -> list(call, reads, AccountRoutes.known(call, reads).account())),
        Route.change(Verb.POST, "/accounts/{accountId}/orders", MANAGE, "ORDER_ADD", this::place),
        Route.change(Verb.POST, "/orders/{orderId}/cancellation", MANAGE, "ORDER_CANCEL", this::cancel));
  }

  private ObjectNode list(Call call, SettlementReads reads, long account) {
    var search = new MealOrderReads.Search(account, day(call.query(), "from").orElse(today(call)),
        day(call.query(), "until").orElse(MealOrderReads.Search.LAST));
    Page page = Page.of(call.query());
    return page.of(reads.meals().orders(call.site(), search, page.after(), page.limit()),
        MealOrderRow::number, row -> view(row, call));
  }

  private ObjectNode show(Call call, SettlementReads reads) {
    long number = call.number("orderId");
    return view(reads.meals().order(call.site(), number)
        .orElseThrow(() -> new ApiException("ORDER_UNKNOWN", "no order " + number)), call);
  }

  private Function<SettlementCore, Done> place(Call call) {
    Body body = call.body();
    var wish = new MealWish(call.number(ID), day("day", body.text("day", 10)),
        Math.toIntExact(body.number("mealPeriod", 1, MealOrder.MOST_PERIOD)),
        body.has("copies") ? Math.toIntExact(body.number("copies", 1, MealOrder.MOST_COPIES)) : 1,
        body.amountOrZero("total"), body.text("dish", MealOrder.MOST_DISH_BYTES));
    return server -> {
      MealOrderRow row = server.meals().place(call.site(), wish, call.operator(), call.nowMs());
      return new Done(201, view(row, call).toString(), object(row), "", what(row));
    };
  }

  private Function<SettlementCore, Done> cancel(Call call) {
    long number = call.number("orderId");
    return server -> {
      MealOrderRow row = server.meals().cancel(call.site(), number, call.operator(), call.nowMs());
      return new Done(200, view(row, call).toString(), object(row), what(row), "");
    };
  }

  private LocalDate today(Call call) {
    return LocalDate.ofEpochDay(settings.dayAt(call.nowMs()));
  }

  private static Optional<LocalDate> day(Query query, String name) {
    return query.text(name).map(text -> day("query=" + name, text));
  }

  private static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw new ApiException("FIELD_INVALID", name + " allowed=a day such as 2026-11-23");
    }
  }

  private ObjectNode view(MealOrderRow row, Call call) {
    ObjectNode node = Body.object().put("orderId", row.number()).put(ID, row.account())
        .put("day", row.day().toString()).put("mealPeriod", row.period()).put("copies", row.copies())
        .put("total", Money.decimal(row.totalMinor())).put("dish", row.dish())
        .put("state", row.told(today(call))).put("operator", row.operator())
        .put("placedAt", Views.time(row.placedMs()));
    if (!row.reference().isEmpty()) {
      node.put("source", row.source()).put("reference", row.reference());
    }
    if (row.cancelledMs() != 0) {
      node.put("cancelledBy", row.cancelledBy()).put("cancelledAt", Views.time(row.cancelledMs()));
    }
    MealCollectionRow by = row.collection();
    if (by != null) {
      node.put("terminalId", by.terminal()).put("record", by.seq())
          .put("transactionId", by.transaction().toString()).put("collectedAt", Views.time(by.atMs()));
    }
    return node;
  }

  private static String object(MealOrderRow row) {
    return "order " + row.number() + " account " + row.account();
  }

  private static String what(MealOrderRow row) {
    return row.day() + " period " + row.period() + ": " + row.copies() + " x " + row.dish() + " "
        + Money.decimal(row.totalMinor());
  }
}
