package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.BalanceChange;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// How rows look from outside. Amounts are texts with two places, so that no reader makes a floating-point number of them;
/// times are ISO 8601 in UTC.
final class Views {

  private Views() {}

  static ObjectNode transaction(TransactionRow row) {
    ObjectNode node = Body.object().put("transactionId", row.transaction().toString())
        .put("kind", row.kind().name()).put("amount", Money.decimal(row.amount()))
        .put("currency", row.asset())
        .put("accountId", row.account()).put("terminal", row.terminal()).put("record", row.seq())
        .put("offlineFlag", row.offline() ? 1 : 0).put("syncStatus", row.syncStatus())
        .put("terminalTime", time(row.terminalMs())).put("settledAt", time(row.atMs()));
    if (row.reverses() != null) {
      node.put("originalTransactionId", row.reverses().toString());
    }
    return node;
  }

  static ObjectNode transfer(TransferRow row) {
    return Body.object().put("leg", row.leg()).put("kind", row.kind().name()).put("reason", row.reason())
        .put("debit", row.debit()).put("credit", row.credit()).put("amount", Money.decimal(row.amount()))
        .put("currency", row.asset()).put("at", time(row.atMs()));
  }

  /// BAL-05, with its names.
  static ObjectNode change(long account, BalanceChange row) {
    return Body.object().put("changeId", row.id()).put("accountId", account)
        .put("changeType", row.type().name()).put("changeAmount", Money.decimal(row.change()))
        .put("frozenAmount", Money.decimal(row.frozen()))
        .put("beforeBalance", Money.decimal(row.before())).put("afterBalance", Money.decimal(row.after()))
        .put("changeReason", row.reason()).put("operatorName", row.operator()).put("remark", row.remark())
        .put("purse", row.purse()).put("timestamp", time(row.transaction().atMs()))
        .put("transactionId", row.transaction().transaction().toString());
  }

  static ObjectNode card(CardRow row) {
    return Body.object().put("cardId", row.card()).put("token", row.token().toHex())
        .put("accountId", row.account()).put("status", row.status().name())
        .put("operatorCard", row.operatorCard());
  }

  static ObjectNode exception(ExceptionRow row) {
    ObjectNode node = Body.object().put("exceptionId", row.exception()).put("kind", row.kind().name())
        .put("terminal", row.terminal()).put("record", row.seq()).put("accountId", row.account())
        .put("amount", Money.decimal(row.amount())).put("detail", row.detail())
        .put("raisedAt", time(row.raisedAtMs())).put("open", row.resolvedAtMs() == 0);
    if (row.resolvedAtMs() != 0) {
      node.put("resolution", row.resolution()).put("resolvedBy", row.resolvedBy())
          .put("resolvedAt", time(row.resolvedAtMs()));
    }
    return node;
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
