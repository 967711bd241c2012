package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// A request to move money that takes two operators: a withdrawal, an adjustment, a forced reversal. What was asked for
/// never changes, and nobody approves what he asked for himself; the database checks both.
///
/// @param number running number within the site
/// @param transaction names the request, its idempotency key; of a withdrawal also the transaction whose HOLD reserves
/// the amount
/// @param amount minor units; of an adjustment negative when the holder loses it
/// @param way of a withdrawal how it is paid out, `BANK` or `DRAWER`; else empty
/// @param target of a reversal the transaction to take back, else null
/// @param approver who decided, empty before
/// @param decidedMs server time of the decision, 0 before
/// @param outcome what was said when it ended, empty before
/// @param endedMs server time of the end, 0 before
public record MoneyRequestRow(int site, long number, MoneyRequestKind kind, TransactionId transaction,
    long account, long amount, String way, @Nullable TransactionId target, String reason, String requester,
    long requestedMs, MoneyRequestState state, String approver, long decidedMs, String outcome,
    long endedMs) {

  /// The same in another state, decided by a second operator.
  public MoneyRequestRow decided(MoneyRequestState next, String by, String said, long atMs) {
    return new MoneyRequestRow(site, number, kind, transaction, account, amount, way, target, reason,
        requester, requestedMs, next, by, atMs, said, next.isClosed() ? atMs : 0);
  }

  /// The same, closed after it was approved.
  public MoneyRequestRow closed(MoneyRequestState next, String said, long atMs) {
    return new MoneyRequestRow(site, number, kind, transaction, account, amount, way, target, reason,
        requester, requestedMs, next, approver, decidedMs, said, atMs);
  }
}
