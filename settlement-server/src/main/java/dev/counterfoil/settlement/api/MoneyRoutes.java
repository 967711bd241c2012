package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules;
import dev.counterfoil.settlement.withdrawal.WithdrawalWay;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What takes two operators: withdrawals, adjustments, forced reversals. One asks, another one decides.
final class MoneyRoutes {

  private static final Access WITHDRAW = new Access.Needs(Permission.WITHDRAWAL_REQUEST);
  private static final Access DECIDE_WITHDRAWAL = new Access.Needs(Permission.WITHDRAWAL_APPROVE);
  private static final Access ADJUST = new Access.Needs(Permission.ADJUSTMENT_REQUEST);
  private static final Access DECIDE_ADJUSTMENT = new Access.Needs(Permission.ADJUSTMENT_APPROVE);
  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final String NUMBER = "requestId";

  private MoneyRoutes() {}

  private interface Decision {
    MoneyRequestRow apply(SettlementCore server, Call call, long number, String said);
  }

  static List<Route> routes() {
    return Stream.of(withdrawals(), adjustments()).flatMap(List::stream).toList();
  }

  private static List<Route> withdrawals() {
    return List.of(
        Route.read("/withdrawals", VIEW, (call, reads) -> list(call, reads, MoneyRequestKind.WITHDRAWAL)),
        Route.change(Verb.POST, "/accounts/{accountId}/withdrawals", WITHDRAW, "WITHDRAWAL_REQUEST",
            MoneyRoutes::withdraw),
        step("approve", "WITHDRAWAL_APPROVE", DECIDE_WITHDRAWAL, WithdrawalRules.Event.Approve::new),
        step("reject", "WITHDRAWAL_REJECT", DECIDE_WITHDRAWAL, WithdrawalRules.Event.Reject::new),
        step("paid", "WITHDRAWAL_PAID", WITHDRAW, WithdrawalRules.Event.Paid::new),
        step("failed", "WITHDRAWAL_FAILED", WITHDRAW, WithdrawalRules.Event.Failed::new));
  }

  private static List<Route> adjustments() {
    return List.of(
        Route.read("/adjustments", VIEW, (call, reads) -> list(call, reads, MoneyRequestKind.ADJUSTMENT)),
        Route.read("/reversals", VIEW, (call, reads) -> list(call, reads, MoneyRequestKind.REVERSAL)),
        Route.change(Verb.POST, "/accounts/{accountId}/adjustments", ADJUST, "ADJUSTMENT_REQUEST",
            MoneyRoutes::adjust),
        Route.change(Verb.POST, "/transactions/{transactionId}/reversal", ADJUST, "REVERSAL",
            MoneyRoutes::reverse),
        decision("/adjustments/{requestId}/approve", "ADJUSTMENT_APPROVE", DECIDE_ADJUSTMENT,
            (server, call, number, _) -> server.adjustments().approve(call.site(), number, call.operator(),
                call.nowMs())),
        decision("/adjustments/{requestId}/reject", "ADJUSTMENT_REJECT", DECIDE_ADJUSTMENT,
            (server, call, number, said) -> server.adjustments().reject(call.site(), number, said,
                call.operator(),
                call.nowMs())));
  }

  private static ObjectNode list(Call call, SettlementReads reads, MoneyRequestKind kind) {
    Page page = Page.of(call.query());
    MoneyRequestState state = call.query().choice("state", MoneyRequestState.class,
        MoneyRequestState.REQUESTED);
    return page.of(reads.money().requests(call.site(), kind, state, page.after(), page.limit()),
        MoneyRequestRow::number, MoneyRoutes::view);
  }

  private static Function<SettlementCore, Done> withdraw(Call call) {
    Body body = call.body();
    var order = new WithdrawalDesk.Order(call.number("accountId"), body.amount("amount"),
        body.choice("way", WithdrawalWay.class), body.reason(), call.operator());
    return server -> done(201,
        server.withdrawals().request(call.site(), order, call.transaction(), call.nowMs()), "");
  }

  private static Route step(String verb, String action, Access access,
      Function<String, WithdrawalRules.Event> event) {
    return decision("/withdrawals/{requestId}/" + verb, action, access, (server, call, number, said) -> server
        .withdrawals().step(call.site(), number, event.apply(call.operator()), said, call.nowMs()));
  }

  private static Function<SettlementCore, Done> adjust(Call call) {
    long account = call.number("accountId");
    long amount = call.body().signedAmount("amount");
    String reason = call.body().reason();
    return server -> done(201,
        server.adjustments().request(call.site(), account, amount, reason, call.operator(),
            call.transaction(), call.nowMs()),
        "");
  }

  /// A reversal that the holder can bear is booked at once; a forced one waits for a second operator.
  private static Function<SettlementCore, Done> reverse(Call call) {
    TransactionId target = call.transactionIn("transactionId");
    String reason = call.body().reason();
    boolean force = call.body().flag("force", false);
    if (force) {
      return server -> done(201,
          server.adjustments().requestReversal(call.site(), target, reason, call.operator(),
              call.transaction(), call.nowMs()),
          "");
    }
    return server -> {
      TransactionRow row = server.adjustments().reverse(call.site(), target, reason, call.operator(),
          call.transaction(), call.nowMs());
      return new Done(201, Views.transaction(row).toString(), "transaction " + target, "booked", "reversed");
    };
  }

  private static Route decision(String path, String action, Access access, Decision decision) {
    return Route.change(Verb.POST, path, access, action, call -> {
      long number = call.number(NUMBER);
      String said = call.body().reasonOrNone();
      return server -> {
        String before = server.reads().money().request(call.site(), number).map(row -> row.state().name())
            .orElse("");
        return done(200, decision.apply(server, call, number, said), before);
      };
    });
  }

  private static Done done(int status, MoneyRequestRow row, String before) {
    return new Done(status, view(row).toString(), "request " + row.number() + " account " + row.account(),
        before,
        row.state() + " " + Money.decimal(row.amount()));
  }

  private static ObjectNode view(MoneyRequestRow row) {
    ObjectNode node = Body.object().put("requestId", row.number()).put("kind", row.kind().name())
        .put("state", row.state().name()).put("accountId", row.account())
        .put("amount", Money.decimal(row.amount())).put("reason", row.reason())
        .put("requester", row.requester()).put("requestedAt", Views.time(row.requestedMs()))
        .put("transactionId", row.transaction().toString());
    if (!row.way().isEmpty()) {
      node.put("way", row.way());
    }
    if (row.target() != null) {
      node.put("originalTransactionId", row.target().toString());
    }
    if (!row.approver().isEmpty()) {
      node.put("approver", row.approver()).put("decidedAt", Views.time(row.decidedMs()));
    }
    if (row.endedMs() != 0) {
      node.put("outcome", row.outcome()).put("endedAt", Views.time(row.endedMs()));
    }
    return node;
  }
}
