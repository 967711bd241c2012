package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/transactions`: what was booked, and paying it back.
final class TransactionRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access REFUND = new Access.Needs(Permission.REFUND_REQUEST);
  private static final String ID = "transactionId";

  private TransactionRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/transactions/{transactionId}", VIEW, TransactionRoutes::detail),
        Route.change(Verb.POST, "/transactions/{transactionId}/refunds", REFUND, "REFUND",
            TransactionRoutes::refund));
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
    call.body().reason();
    return server -> {
      RefundDesk.Refunded done = server.refunds().refund(call.site(), sale, amount, call.transaction(),
          call.nowMs());
      ObjectNode view = Views.transaction(done.row()).put("left", Money.decimal(done.left()));
      return new Done(201, view.toString(), "transaction " + sale, Money.decimal(done.left() + amount),
          Money.decimal(done.left()));
    };
  }

  private static TransactionRow known(Call call, SettlementReads reads, TransactionId id) {
    return reads.transaction(call.site(), id)
        .orElseThrow(() -> new ApiException("TRANSACTION_NOT_FOUND", "transactionId=" + id));
  }
}
