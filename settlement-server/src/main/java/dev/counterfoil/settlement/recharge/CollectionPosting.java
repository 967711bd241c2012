package dev.counterfoil.settlement.recharge;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.gateway.GatewayEffect;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundLine;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundPhase;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.gateway.Payment;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.RechargePosting;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Posting rules of orders at payment gateways.
///
/// | what became known | debit -> credit |
/// | --- | --- |
/// | paid | clearing of the gateway -> holder CASH; fee: RECHARGE_FEE -> clearing |
/// | a refund was made | holder CASH (what was reserved) -> clearing; fee in proportion: clearing -> RECHARGE_FEE |
/// | a refund is not made | what was reserved is the holder's again |
final class CollectionPosting {

  private final AccountDesk accounts;

  CollectionPosting(AccountDesk accounts) {
    this.accounts = accounts;
  }

  /// @param row the order before
  /// @return what the audit trail says of it
  Optional<AuditEntry> post(Books books, GatewayOrderRow row, GatewayOrder after,
      List<GatewayEffect.Entry> entries) {
    freeRefused(books, row, after);
    Optional<AuditEntry> told = Optional.empty();
    for (GatewayEffect.Entry entry : entries) {
      switch (entry) {
        case GatewayEffect.Credit(Payment payment) -> told = Optional.of(credit(books, row, payment));
        case GatewayEffect.GiveBack(var _, String refundId, long amount) ->
          told = Optional.of(giveBack(books, row, refundId, amount));
        case GatewayEffect.Raise(var _, GatewayProblem problem) -> raise(books, row, problem);
        case GatewayEffect.Fail _ -> {
          // The order's own state says it, and what was reserved is free again.
        }
      }
    }
    return told;
  }

  /// The money is there, so it is booked, whatever became of the account meanwhile (ADR 0014).
  private AuditEntry credit(Books books, GatewayOrderRow row, Payment payment) {
    AccountRow account = books.account(row.account()).orElseThrow();
    accounts.received(books, account);
    if (account.status() != AccountStatus.NORMAL && account.status() != AccountStatus.PENDING) {
      books.raise(ExceptionKind.ACCOUNT_NOT_NORMAL, row.transaction().toString(), 0, 0,
          Optional.of(row.transaction()), row.account(), row.amount(),
          "recharged by " + row.gateway() + " while " + account.status());
    }
    TransferRow moved = new RechargePosting(row.transaction(), RechargeMethod.of(row.gateway()), row.amount(),
        row.feeMinor(), row.operator(), row.gateway() + " " + payment.transactionId()).post(books, account);
    return told(books, row, "RECHARGE_BOOKED", moved.creditBefore(), moved.creditAfter(),
        payment.transactionId());
  }

  private AuditEntry giveBack(Books books, GatewayOrderRow row, String refundId, long amount) {
    TransactionId request = TransactionId.parse(refundId);
    TransactionId id = OwnId.of(request, "paid");
    AccountRow account = books.account(row.account()).orElseThrow();
    long clearing = clearing(books, row);
    TransferRow moved = books.openReserve(request)
        .map(hold -> books.capture(id, hold, 1, amount, PostingReason.RECHARGE_REFUND))
        .orElseGet(() -> late(books, account, id, clearing, amount));
    long fee = feeBack(row, amount);
    if (fee > 0) {
      books.post(id, 2, clearing, books.ledgerOf(LedgerKind.RECHARGE_FEE,
          RechargeMethod.of(row.gateway()).code()), fee, PostingReason.RECHARGE_FEE_BACK);
    }
    ServerEntry.of(id, TransactionKind.REFUND, row.account(), -amount, row.operator(),
        row.gateway() + " refund " + refundId).reversing(row.transaction()).insert(books, moved);
    return told(books, row, "RECHARGE_REFUNDED", moved.debitBefore(), moved.debitAfter(), refundId);
  }

  /// The gateway had refused it, the holder had it again, and then it was made: a debt if it is spent.
  private static TransferRow late(Books books, AccountRow account, TransactionId id, long clearing,
      long amount) {
    TransferRow moved = books.post(id, 1, account.cashLedger(), clearing, amount,
        PostingReason.RECHARGE_REFUND);
    if (books.available(account.cashLedger()) < books.floor(account.cashLedger())) {
      books.put(account.withRestricted(true));
      books.raise(ExceptionKind.REVERSAL_OVERDRAFT, id.toString(), 0, 0, Optional.of(id), account.account(),
          amount, "available " + books.available(account.cashLedger()) + " after a late refund");
    }
    return moved;
  }

  /// What the gateway gives back of its fee, so that all refunds together give back all of it.
  private static long feeBack(GatewayOrderRow row, long amount) {
    long left = row.amount() - row.order().refunds().stream().filter(line -> line.phase() == RefundPhase.DONE)
        .mapToLong(RefundLine::amountFen).sum();
    return feeOf(row, left) - feeOf(row, left - amount);
  }

  private static long feeOf(GatewayOrderRow row, long part) {
    return Math.floorDiv(Math.addExact(Math.multiplyExact(row.feeMinor(), part), row.amount() / 2),
        row.amount());
  }

  private static void freeRefused(Books books, GatewayOrderRow row, GatewayOrder after) {
    for (RefundLine line : after.refunds()) {
      TransactionId request = TransactionId.parse(line.refundId());
      if (line.phase() == RefundPhase.REFUSED) {
        books.openReserve(request).ifPresent(hold -> free(books, row, request, hold));
      }
    }
  }

  private static void free(Books books, GatewayOrderRow row, TransactionId request, HoldRow hold) {
    TransactionId id = OwnId.of(request, "back");
    TransferRow freed = books.release(id, hold, HoldState.RELEASED, PostingReason.RECHARGE_REFUND_FAILED);
    ServerEntry.of(id, TransactionKind.UNFREEZE, row.account(), hold.amount(), row.operator(),
        row.gateway() + " does not make it").reversing(request).insert(books, freed);
  }

  /// Once for an order and what is told of it; that nothing is known, once.
  private static void raise(Books books, GatewayOrderRow row, GatewayProblem problem) {
    ExceptionKind kind = ExceptionKind.valueOf(problem.code().name());
    String key = kind == ExceptionKind.GATEWAY_UNRESOLVED ? row.transaction().toString()
        : row.transaction() + ":" + problem.detail();
    books.raise(kind, key, 0, 0, Optional.of(row.transaction()), row.account(), row.amount(),
        row.gateway() + " " + problem.detail());
  }

  private static long clearing(Books books, GatewayOrderRow row) {
    RechargeMethod method = RechargeMethod.of(row.gateway());
    return books.ledgerOf(method.source(), method.sourceOwner());
  }

  private static AuditEntry told(Books books, GatewayOrderRow row, String action, long before, long after,
      String reference) {
    return new AuditEntry(Instant.ofEpochMilli(books.nowMs()), "gateway/" + row.gateway(), action,
        "account " + row.account(), Money.decimal(before), Money.decimal(after),
        row.transaction() + " " + reference);
  }
}
