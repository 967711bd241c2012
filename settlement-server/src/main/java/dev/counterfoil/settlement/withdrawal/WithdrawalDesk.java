package dev.counterfoil.settlement.withdrawal;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.Expenditure;
import dev.counterfoil.settlement.account.Permissions;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.account.Reservation;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.MoveLimits;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.ledger.TwoOperators;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Event;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Money;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Step;
import java.util.Optional;

/// Carries withdrawals through {@link WithdrawalRules} (WDR-01, A-16): the amount is reserved at once and leaves the holder
/// only when it is paid. Every method commits before it returns, or throws {@link RefusedException} and has changed
/// nothing. Belongs to the core's thread.
public final class WithdrawalDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public WithdrawalDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// What is asked for.
  ///
  /// @param amount minor units
  /// @param reason in the operator's words, never blank
  public record Order(long account, long amount, WithdrawalWay way, String reason, String operator) {}

  /// Asks for a withdrawal and reserves its amount.
  ///
  /// @param id names this request; a second call with the same one changes nothing and returns how far it is, so a retry
  /// is safe
  /// @throws RefusedException REASON_MISSING, OPERATOR_MISSING, WITHDRAWAL_LIMIT, WITHDRAWAL_DAY_LIMIT, ACCOUNT_UNKNOWN,
  /// ACCOUNT_NOT_NORMAL, ACCOUNT_RESTRICTED, BALANCE_INSUFFICIENT, DEPARTMENT_TWO_APPROVALS, a
  /// {@link dev.counterfoil.settlement.account.PermissionRefusal}, KEY_REUSED, SYSTEM_BUSY (try again)
  public MoneyRequestRow request(int site, Order order, TransactionId id, long nowMs) {
    Optional<MoneyRequestRow> before = memory.reads().money().request(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), order);
    }
    requireWords(order);
    requireLimits(site, order, nowMs);
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    AccountRow account = books.account(order.account())
        .orElseThrow(() -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + order.account()));
    Reservation.requireMoney(books, account, order.amount());
    if (Expenditure.takesTwo(memory.reads().profiles(), settings.accounts(), account, order.amount())) {
      throw new RefusedException("DEPARTMENT_TWO_APPROVALS", "a department spends more than "
          + settings.accounts().departmentAloneMinor() + " minor units by a transfer with two approvals");
    }
    requirePermission(account, order.amount(), nowMs);
    Reservation.make(books, id, account, books.ledgerOf(order.way().credit(), 0), order.amount(),
        PostingReason.WITHDRAWAL_REQUEST, order.operator(), order.reason());
    var row = new MoneyRequestRow(site, memory.reads().money().lastRequest(site) + 1,
        MoneyRequestKind.WITHDRAWAL, id, order.account(), order.amount(), order.way().name(), null,
        order.reason(), TwoOperators.name(order.operator()), nowMs, MoneyRequestState.REQUESTED, "", 0, "",
        0);
    unit.putMoneyRequest(row);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row;
  }

  /// Takes a withdrawal one step on. A step that was done before changes nothing, so a retry is safe.
  ///
  /// @param said a reason, or the bank's reference
  /// @throws RefusedException REQUEST_UNKNOWN, REQUEST_OWN, REQUEST_STATE, REASON_MISSING, OPERATOR_MISSING,
  /// ACCOUNT_NOT_NORMAL (an approval for an account that is frozen or closed by now), SYSTEM_BUSY (try again)
  public MoneyRequestRow step(int site, long number, Event event, String said, long nowMs) {
    MoneyRequestRow row = memory.reads().money().request(site, number)
        .filter(known -> known.kind() == MoneyRequestKind.WITHDRAWAL)
        .orElseThrow(() -> new RefusedException("REQUEST_UNKNOWN", "no withdrawal " + number));
    requireOperator(event.by());
    return switch (WithdrawalRules.step(row.state(), row.requester(), event)) {
      case Step.Refused(String code) -> throw refused(code, row);
      case Step.Repeated() -> row;
      case Step.Moves(MoneyRequestState next, Money money) -> {
        requireSaid(event, said, row);
        yield move(row, next(row, next, event, said, nowMs), money, event.by(), nowMs);
      }
    };
  }

  private static RefusedException refused(String code, MoneyRequestRow row) {
    return code.equals("REQUEST_OWN")
        ? new RefusedException("REQUEST_OWN", "withdrawal " + row.number() + " was asked for by the same "
            + row.requester())
        : new RefusedException("REQUEST_STATE", "withdrawal " + row.number() + " is " + row.state());
  }

  private void requireSaid(Event event, String said, MoneyRequestRow row) {
    switch (event) {
      case Event.Approve _ -> {
        AccountRow account = memory.site(row.site()).account(row.account()).orElseThrow();
        Reservation.requireNormal(account);
      }
      case Event.Reject _,Event.Failed _,Event.Paid _ -> requireReason(said);
    }
  }

  private static MoneyRequestRow next(MoneyRequestRow row, MoneyRequestState next, Event event, String said,
      long nowMs) {
    return switch (event) {
      case Event.Approve _,Event.Reject _ -> row.decided(next, TwoOperators.name(event.by()), said, nowMs);
      case Event.Paid _,Event.Failed _ -> row.closed(next, said, nowMs);
    };
  }

  private MoneyRequestRow move(MoneyRequestRow before, MoneyRequestRow next, Money money, String operator,
      long nowMs) {
    var unit = new CommitUnit().putMoneyRequest(next);
    Books books = books(before.site(), unit, nowMs);
    switch (money) {
      case STAYS -> {
        // Reserved it is and stays.
      }
      case LEAVES -> payOut(books, next, operator);
      case COMES_BACK -> giveBack(books, next, operator);
    }
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return next;
  }

  private static void payOut(Books books, MoneyRequestRow row, String operator) {
    TransactionId id = OwnId.of(row.transaction(), "paid");
    TransferRow paid = books.capture(id, hold(books, row), 1, row.amount(),
        WithdrawalWay.valueOf(row.way()).reason());
    ServerEntry.of(id, TransactionKind.WITHDRAWAL, row.account(), row.amount(), operator, row.outcome())
        .insert(books, paid);
  }

  private static void giveBack(Books books, MoneyRequestRow row, String operator) {
    TransactionId id = OwnId.of(row.transaction(), "back");
    String reason = row.state() == MoneyRequestState.REJECTED ? PostingReason.WITHDRAWAL_REJECTED
        : PostingReason.WITHDRAWAL_FAILED;
    TransferRow freed = books.release(id, hold(books, row), HoldState.RELEASED, reason);
    ServerEntry.of(id, TransactionKind.UNFREEZE, row.account(), row.amount(), operator, row.outcome())
        .reversing(row.transaction()).insert(books, freed);
  }

  private static HoldRow hold(Books books, MoneyRequestRow row) {
    return books.openReserve(row.transaction()).orElseThrow(
        () -> new IllegalStateException("withdrawal " + row.number() + " is open without a hold"));
  }

  private static MoneyRequestRow repeated(MoneyRequestRow before, Order order) {
    if (before.kind() != MoneyRequestKind.WITHDRAWAL || before.account() != order.account()
        || before.amount() != order.amount() || !before.way().equals(order.way().name())) {
      throw new RefusedException("KEY_REUSED", "request " + before.number() + " was another one");
    }
    return before;
  }

  private static void requireWords(Order order) {
    requireReason(order.reason());
    requireOperator(order.operator());
  }

  private static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new RefusedException("REASON_MISSING", "a withdrawal needs a reason or a reference");
    }
  }

  private static void requireOperator(String operator) {
    if (operator.isBlank()) {
      throw new RefusedException("OPERATOR_MISSING", "nobody says who does this");
    }
  }

  private void requireLimits(int site, Order order, long nowMs) {
    MoveLimits limits = settings.moves();
    if (order.amount() < limits.withdrawalMinMinor() || order.amount() > limits.withdrawalMaxMinor()
        || order.amount() <= 0) {
      throw new RefusedException("WITHDRAWAL_LIMIT", "a withdrawal is of " + limits.withdrawalMinMinor()
          + " to " + limits.withdrawalMaxMinor() + " minor units, not " + order.amount());
    }
    long today = memory.reads().money().withdrawnSince(site, order.account(),
        settings.startOf(settings.dayAt(nowMs)));
    if (Math.addExact(today, order.amount()) > limits.withdrawalPerDayMinor()) {
      throw new RefusedException("WITHDRAWAL_DAY_LIMIT", "of " + limits.withdrawalPerDayMinor()
          + " minor units a day " + today + " are asked for, " + order.amount() + " more are too much");
    }
  }

  /// WDR-02: an account without any permission for withdrawals may ask for them; with some, one of them must hold.
  private void requirePermission(AccountRow account, long amount, long nowMs) {
    if (account.guarded()) {
      new Permissions(memory.site(account.site()).permissions(account.account()))
          .allows(PermissionType.WITHDRAWAL, amount,
              withdrawnSince(account, settings.startOf(settings.dayAt(nowMs))),
              withdrawnSince(account, settings.startOfMonth(nowMs)), nowMs)
          .ifPresent(refusal -> {
            throw new RefusedException(refusal.name(), refusal.meaning() + "; account " + account.number());
          });
    }
  }

  private long withdrawnSince(AccountRow account, long sinceMs) {
    return memory.reads().money().withdrawnSince(account.site(), account.account(), sinceMs);
  }

  private Books books(int site, CommitUnit unit, long nowMs) {
    return new Books(memory.site(site), memory.reads(), unit, nowMs);
  }
}
