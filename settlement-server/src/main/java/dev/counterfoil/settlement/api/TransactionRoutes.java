package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/transactions`: what was booked, and paying it back.
final class TransactionRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access REFUND = new Access.Needs(Permission.REFUND_REQUEST);
  private static final String ID = "transactionId";
  private static final Duration USUAL_RANGE = Duration.ofDays(31);

  private TransactionRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/transactions", VIEW, TransactionRoutes::search),
        Route.read("/transactions/{transactionId}", VIEW, TransactionRoutes::detail),
        Route.guarded(Verb.POST, "/transactions/{transactionId}/refunds", REFUND, "REFUND",
            GuardedOperation.CONSUME_REFUND, TransactionRoutes::refund));
  }

  /// The newest first; the cursor is the last transaction of the page before.
  private static ObjectNode search(Call call, SettlementReads reads) {
    Query query = call.query();
    long account = query.number("accountId", 0, 1, Long.MAX_VALUE);
    long until = query.time("until").map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    // Only an account's own transactions are few enough to be looked through from the beginning.
    long from = query.time("from").map(Instant::toEpochMilli)
        .orElse(account > 0 ? 0 : Math.min(until, call.nowMs()) - USUAL_RANGE.toMillis());
    var wanted = new TransactionSearch(from, until, account,
        (int) query.number("terminal", 0, 1, Integer.MAX_VALUE),
        query.choice("kind", TransactionKind.class).orElse(null), query.amount("least", 0),
        query.amount("most", Long.MAX_VALUE),
        new TransactionSearch.Where(query.number("merchant", 0, 1, Long.MAX_VALUE),
            query.number("location", 0, 1, Long.MAX_VALUE), query.number("category", 0, 1, Long.MAX_VALUE),
            query.text("product").orElse("")));
    TransactionSearch.Place place = query.text("after")
        .map(text -> known(call, reads, Call.transactionOf("after", text)))
        .map(TransactionSearch.Place::after).orElse(TransactionSearch.Place.FIRST);
    int limit = Page.limit(query);
    List<TransactionRow> found = reads.transactions(call.site(), wanted, place, limit);
    ObjectNode node = Page.whole(found, Views::transaction);
    if (found.size() == limit) {
      node.put("next", found.getLast().transaction().toString());
    }
    return node;
  }

  private static ObjectNode detail(Call call, SettlementReads reads) {
    TransactionRow row = known(call, reads, call.transactionIn(ID));
    ObjectNode node = Views.transaction(row);
    if (row.kind().isSale()) {
      node.put("refunded", Money.decimal(RefundDesk.refunded(reads, row)));
    }
    ArrayNode legs = node.putArray("transfers");
    reads.transfersOf(call.site(), row.transaction()).forEach(leg -> legs.add(Views.transfer(leg)));
    return node;
  }

  private static Function<SettlementCore, Done> refund(Call call) {
    TransactionId sale = call.transactionIn(ID);
    long amount = call.body().amount("amount");
    String reason = call.body().reason();
    return server -> {
      if (server.refunds().takesTwo(call.site(), sale, amount)) {
        return ApprovalRoutes.ask(server, call, guarded(call, sale, amount), reason);
      }
      RefundDesk.Refunded done = server.refunds().refund(call.site(), sale, amount, call.transaction(),
          call.nowMs());
      ObjectNode view = Views.transaction(done.row()).put("left", Money.decimal(done.left()));
      return new Done(201, view.toString(), "transaction " + sale, Money.decimal(done.left() + amount),
          Money.decimal(done.left()));
    };
  }

  private static ApprovalContent guarded(Call call, TransactionId sale, long amount) {
    var values = new TreeMap<String, String>();
    values.put(GuardedDeeds.TRANSACTION, sale.toString());
    values.put(GuardedDeeds.AMOUNT, Money.decimal(amount));
    values.put(GuardedDeeds.REFUND, call.transaction().toString());
    return new ApprovalContent(call.site(), GuardedAction.REFUND, "transaction " + sale, values);
  }

  private static TransactionRow known(Call call, SettlementReads reads, TransactionId id) {
    return reads.transaction(call.site(), id)
        .orElseThrow(() -> new ApiException("TRANSACTION_NOT_FOUND", "transactionId=" + id));
  }
}
