package dev.counterfoil.settlement.recharge;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.account.RechargeGate;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.account.Reservation;
import dev.counterfoil.settlement.gateway.GatewayEffect;
import dev.counterfoil.settlement.gateway.GatewayEvent;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayOrderRules;
import dev.counterfoil.settlement.gateway.GatewayStep;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Recharges by payment gateway, and what of them goes back. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Nobody outside is called here: what is to be asked for comes back to
/// the caller, is made up for by a tick if the caller dies, and is answered by {@link #take}. Belongs to the core's thread.
public final class CollectionDesk {

  /// The only money that both gateways collect.
  private static final String CURRENCY = "CNY";

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final RechargeGate gate;
  private final CollectionPosting posting;

  public CollectionDesk(StoreMemory memory, CoreSettings settings, AccountDesk accounts) {
    this.memory = memory;
    this.settings = settings;
    this.gate = new RechargeGate(memory.reads(), settings);
    this.posting = new CollectionPosting(accounts);
  }

  /// What is to be collected.
  ///
  /// @param amount minor units
  public record Wanted(long account, long amount, GatewayName gateway, OrderRequest.Presentation presentation,
      String operator) {}

  /// What to give back of a recharge.
  ///
  /// @param amount minor units
  public record BackWanted(TransactionId recharge, long amount, String reason, String operator) {}

  /// What was made durable and what the gateway is to be asked now.
  public record Begun(GatewayOrderRow row, List<GatewayEffect.Call> calls) {}

  /// Takes an order for a recharge (RCH-01, RCH-07). The account is looked at before the gateway is called (RCH-05).
  ///
  /// @param id names the recharge; a second call with the same one changes nothing and asks nobody, so a retry is safe
  /// @throws RefusedException ACCOUNT_UNKNOWN, ACCOUNT_NOT_NORMAL, RECHARGE_LIMIT, RECHARGE_DAY_LIMIT,
  /// RECHARGE_SELF_LIMIT, RECHARGE_COUNT, RECHARGE_CURRENCY, KEY_REUSED, SYSTEM_BUSY (try again)
  public Begun order(int site, Wanted wanted, TransactionId id, long nowMs) {
    Optional<GatewayOrderRow> before = memory.reads().recharges().order(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), wanted);
    }
    AccountRow account = memory.site(site).account(wanted.account())
        .orElseThrow(() -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + wanted.account()));
    RechargeMethod method = RechargeMethod.of(wanted.gateway());
    gate.require(account, method, wanted.amount(), nowMs);
    if (!account.currency().equals(CURRENCY)) {
      throw new RefusedException("RECHARGE_CURRENCY",
          "gateways collect " + CURRENCY + ", not " + account.currency());
    }
    Instant now = Instant.ofEpochMilli(nowMs);
    var request = new OrderRequest(id.toString(), wanted.amount(), "Recharge " + account.number(),
        now.plus(settings.recharges().terms().orderLife()), wanted.presentation());
    GatewayStep first = GatewayOrderRules.step(GatewayOrder.open(request, now), new GatewayEvent.Tick(), now);
    var row = new GatewayOrderRow(site, wanted.gateway(), id, wanted.account(),
        settings.recharges().terms().fee(method, wanted.amount()), wanted.operator(), nowMs, nowMs, 1,
        first.order());
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putGatewayOrder(row)));
    return new Begun(row, first.calls());
  }

  private static Begun repeated(GatewayOrderRow before, Wanted wanted) {
    if (before.account() != wanted.account() || before.amount() != wanted.amount()
        || before.gateway() != wanted.gateway()) {
      throw new RefusedException("KEY_REUSED", "order " + before.transaction() + " was another one");
    }
    return new Begun(before, List.of());
  }

  /// Asks for a recharge to go back to its payer, whole or in part (C-34). The amount is reserved at once and leaves the
  /// holder when the gateway has paid it back; if the gateway does not, the holder has it again (PAY-09).
  ///
  /// @param id names this refund; a second call with the same one changes nothing and asks nobody, so a retry is safe
  /// @throws RefusedException PARAMETER_ERROR, TRANSACTION_NOT_FOUND (no gateway collected it), TRANSACTION_STATUS,
  /// REFUND_AMOUNT_EXCEEDED, ACCOUNT_NOT_NORMAL, ACCOUNT_RESTRICTED, BALANCE_INSUFFICIENT, KEY_REUSED, SYSTEM_BUSY (try
  /// again)
  public Begun giveBack(int site, BackWanted wanted, TransactionId id, long nowMs) {
    if (wanted.amount() <= 0) {
      throw new RefusedException("PARAMETER_ERROR", "a refund is of more than 0, not " + wanted.amount());
    }
    GatewayOrderRow row = memory.reads().recharges().order(site, wanted.recharge()).orElseThrow(
        () -> new RefusedException("TRANSACTION_NOT_FOUND", "no gateway collected " + wanted.recharge()));
    Optional<GatewayOrder.RefundLine> before = row.order().refunds().stream()
        .filter(line -> line.refundId().equals(id.toString())).findFirst();
    if (before.isPresent()) {
      return repeated(row, before.get(), wanted.amount());
    }
    requireRefundable(row, wanted.amount());
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    reserve(books, row, wanted, id);
    GatewayStep step = GatewayOrderRules.step(row.order(),
        new GatewayEvent.RefundWanted(id.toString(), wanted.amount()), Instant.ofEpochMilli(nowMs));
    GatewayOrderRow next = row.next(step.order(), nowMs);
    unit.putGatewayOrder(next);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return new Begun(next, step.calls());
  }

  private static Begun repeated(GatewayOrderRow row, GatewayOrder.RefundLine before, long amount) {
    if (before.amountFen() != amount) {
      throw new RefusedException("KEY_REUSED", "refund " + before.refundId() + " was of another amount");
    }
    return new Begun(row, List.of());
  }

  private void requireRefundable(GatewayOrderRow row, long amount) {
    if (!(row.order().phase() instanceof GatewayOrder.Phase.Paid)) {
      throw new RefusedException("TRANSACTION_STATUS", row.transaction() + " is not paid");
    }
    if (memory.reads().reversalOf(row.site(), row.transaction()).isPresent()) {
      throw new RefusedException("TRANSACTION_STATUS", row.transaction() + " was taken back already");
    }
    if (amount > row.order().refundableFen()) {
      throw new RefusedException("REFUND_AMOUNT_EXCEEDED", "of " + row.amount() + " minor units "
          + row.order().refundableFen() + " are left, not " + amount);
    }
  }

  private static void reserve(Books books, GatewayOrderRow row, BackWanted wanted, TransactionId id) {
    AccountRow account = books.account(row.account()).orElseThrow();
    Reservation.requireMoney(books, account, wanted.amount());
    RechargeMethod method = RechargeMethod.of(row.gateway());
    Reservation.make(books, id, account, books.ledgerOf(method.source(), method.sourceOwner()),
        wanted.amount(), PostingReason.RECHARGE_REFUND_REQUEST, wanted.operator(), wanted.reason());
  }

  /// Writes what became known of an order, with everything in the books and the audit trail that follows from it, in one
  /// commit: that is what makes it happen once (RCH-06, RCH-08).
  ///
  /// @return whether `before` was still what is kept; if not, nothing was changed
  public boolean take(int site, GatewayOrder before, GatewayOrder after, List<GatewayEffect.Entry> entries,
      long nowMs) {
    Optional<GatewayOrderRow> row = memory.reads().recharges().order(site,
        TransactionId.parse(before.orderId()));
    if (row.isEmpty() || !row.get().order().equals(before)) {
      return false;
    }
    if (before.equals(after) && entries.isEmpty()) {
      return true;
    }
    var unit = new CommitUnit().putGatewayOrder(row.get().next(after, nowMs));
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    posting.post(books, row.get(), after, entries)
        .ifPresent(entry -> unit.appendAudit(memory.reads().auditChain(site).append(entry)));
    books.close();
    return memory.commit(unit).isCommitted();
  }
}
