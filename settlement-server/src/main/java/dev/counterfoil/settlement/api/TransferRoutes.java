package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.transfer.TransferDesk;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.transfer.TransferSubType;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Moving money between accounts (TRF-01): one to one, and many lines in one order.
final class TransferRoutes {

  private static final Access TRANSFER = new Access.Needs(Permission.TRANSFER);

  private TransferRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.noted(Verb.POST, "/accounts/{accountId}/transfer", TRANSFER, "TRANSFER", "TRANSFER_CANCELLED",
            TransferRoutes::send),
        Route.change(Verb.POST, "/transfers", TRANSFER, "TRANSFER_ORDER", TransferRoutes::sendAll));
  }

  private static Function<SettlementCore, Done> send(Call call) {
    Body body = call.body();
    var line = new TransferLine(call.number("accountId"), body.number("toAccountId", 1, Long.MAX_VALUE),
        body.amount("amount"));
    String reason = body.reasonOrNone();
    return server -> {
      if (server.transfers().takesTwo(call.site(), line, call.nowMs())) {
        return ApprovalRoutes.ask(server, call, guarded(call, line, reason), reason);
      }
      TransactionRow row = server.transfers().send(call.site(), line, call.operator(), reason,
          call.transaction(),
          call.nowMs());
      ObjectNode view = Views.transaction(row).put("fromAccountId", line.payer()).put("toAccountId",
          line.payee());
      return new Done(201, view.toString(), "account " + line.payer() + " to account " + line.payee(), "",
          Money.decimal(line.amount()));
    };
  }

  private static ApprovalContent guarded(Call call, TransferLine line, String reason) {
    var values = new TreeMap<String, String>();
    values.put(GuardedDeeds.PAYER, Long.toString(line.payer()));
    values.put(GuardedDeeds.PAYEE, Long.toString(line.payee()));
    values.put(GuardedDeeds.AMOUNT, Money.decimal(line.amount()));
    values.put(GuardedDeeds.TRANSACTION, call.transaction().toString());
    values.put(GuardedDeeds.REQUESTER, call.operator());
    values.put(GuardedDeeds.REASON, reason);
    return new ApprovalContent(call.site(), GuardedAction.DEPARTMENT_TRANSFER,
        "account " + line.payer() + " to account " + line.payee(), values);
  }

  private static Function<SettlementCore, Done> sendAll(Call call) {
    Body body = call.body();
    TransferSubType type = body.choice("subType", TransferSubType.class);
    if (type != TransferSubType.GROUP && type != TransferSubType.BATCH) {
      throw new ApiException("FIELD_INVALID", "field=subType allowed=GROUP or BATCH");
    }
    List<TransferLine> lines = body.list("lines", TransferDesk.MOST_LINES).stream().map(TransferRoutes::line)
        .toList();
    String reason = body.reasonOrNone();
    return server -> {
      List<TransferLineRow> rows = server.transfers().sendAll(call.site(), type, lines, call.operator(),
          reason,
          call.transaction(), call.nowMs());
      long made = rows.stream().filter(TransferLineRow::isDone).count();
      return new Done(200, outcome(rows, made).toString(), "order " + call.transaction(), "",
          made + " of " + rows.size() + " lines");
    };
  }

  private static TransferLine line(Body body) {
    var line = new TransferLine(body.number("fromAccountId", 1, Long.MAX_VALUE),
        body.number("toAccountId", 1, Long.MAX_VALUE), body.amount("amount"));
    body.refuseUnknown();
    return line;
  }

  private static ObjectNode outcome(List<TransferLineRow> rows, long made) {
    ObjectNode node = Body.object().put("done", made).put("refused", rows.size() - made);
    ArrayNode lines = node.putArray("lines");
    for (TransferLineRow row : rows) {
      lines.addObject().put("line", row.line()).put("fromAccountId", row.payer())
          .put("toAccountId", row.payee())
          .put("amount", Money.decimal(row.amount())).put("outcome", row.isDone() ? "OK" : row.outcome())
          .put("transactionId", row.transaction().toString());
    }
    return node;
  }
}
