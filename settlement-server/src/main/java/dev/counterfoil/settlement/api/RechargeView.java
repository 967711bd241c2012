package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.recharge.Receipt;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.TransferRow;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How recharges look from outside. `state` is that of SM-04, and one more for what a person must decide: CREATED,
/// AWAITING_PAYMENT, CREDITED, FAILED, DISPUTED. What is not known is CREATED or AWAITING_PAYMENT, never FAILED.
final class RechargeView {

  private RechargeView() {}

  private static ObjectNode view(String id, long account, long amount, RechargeMethod method, String state,
      long fee) {
    return Body.object().put("transactionId", id).put("accountId", account)
        .put("amount", Money.decimal(amount)).put("method", method.name()).put("state", state)
        .put("fee", Money.decimal(fee));
  }

  static ObjectNode cash(AccountRow account, TransferRow moved) {
    return view(moved.transaction().toString(), account.account(), moved.amount(), RechargeMethod.CASH,
        "CREDITED", 0).put("beforeBalance", Money.decimal(moved.creditBefore()))
        .put("afterBalance", Money.decimal(moved.creditAfter())).put("currency", account.currency());
  }

  static ObjectNode booked(Receipt receipt) {
    return view(receipt.transaction().transaction().toString(), receipt.account().account(), receipt.amount(),
        receipt.method(), "CREDITED", receipt.feeMinor())
        .put("beforeBalance", Money.decimal(receipt.before()))
        .put("afterBalance", Money.decimal(receipt.after())).put("currency", receipt.account().currency());
  }

  static ObjectNode order(GatewayOrderRow row) {
    ObjectNode node = view(row.transaction().toString(), row.account(), row.amount(),
        RechargeMethod.of(row.gateway()), state(row.order().phase()), row.feeMinor())
        .put("expiresAt", row.order().request().expiresAt().toString());
    switch (row.order().phase()) {
      case Phase.Placing _,Phase.Closed _ -> {
        // Nothing more to tell.
      }
      case Phase.Waiting(String payUrl) -> node.put("payUrl", payUrl);
      case Phase.Paid(var payment) -> node.put("reference", payment.transactionId())
          .put("paidAt", payment.paidAt().toString());
      case Phase.Disputed(var payment) -> node.put("reference", payment.transactionId());
      case Phase.Refused(var problem) -> node.put("problem", problem.toString());
    }
    if (!row.order().refunds().isEmpty()) {
      refunds(row, node.putArray("refunds"));
      node.put("left", Money.decimal(row.order().refundableFen()));
    }
    return node;
  }

  private static void refunds(GatewayOrderRow row, ArrayNode all) {
    row.order().refunds().forEach(line -> all.addObject().put("refundId", line.refundId())
        .put("amount", Money.decimal(line.amountFen())).put("state", line.phase().name()));
  }

  private static String state(Phase phase) {
    return switch (phase) {
      case Phase.Placing _ -> "CREATED";
      case Phase.Waiting _ -> "AWAITING_PAYMENT";
      case Phase.Paid _ -> "CREDITED";
      case Phase.Disputed _ -> "DISPUTED";
      case Phase.Closed _,Phase.Refused _ -> "FAILED";
    };
  }

  static ObjectNode arrival(ArrivalRow row) {
    String state = switch (row.state()) {
      case PENDING -> "AWAITING_PAYMENT";
      case DONE -> "CREDITED";
      case CANCELLED -> "FAILED";
    };
    ObjectNode node = view(row.transaction().toString(), row.account(), row.amount(), row.method(), state,
        row.feeMinor()).put("rechargeNumber", row.number()).put("reference", row.reference())
        .put("arrivesAt", Views.time(row.arrivesMs()));
    if (!row.outcome().isEmpty()) {
      node.put("problem", row.outcome());
    }
    return node;
  }

  static ObjectNode receipt(Receipt receipt) {
    return booked(receipt).put("receiptNumber", receipt.number()).put("accountNo", receipt.account().number())
        .put("ownerName", receipt.account().holderName()).put("operatorName", receipt.operator())
        .put("reference", receipt.reference()).put("bookedAt", Views.time(receipt.transaction().atMs()));
  }
}
