package dev.counterfoil.settlement.recharge;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.account.RechargeGate;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.RechargePosting;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransferRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// Recharges that somebody brings the proof of: bank transfers, card slips, machines, payroll, grants (RCH-04). What arrives
/// at once is booked at once; the rest is pending until its day, an operator's word or a cancellation. Every method
/// commits before it returns, or throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class ArrivalDesk {

  private static final int AT_ONCE = 100;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final AccountDesk accounts;
  private final RechargeGate gate;

  public ArrivalDesk(StoreMemory memory, CoreSettings settings, AccountDesk accounts) {
    this.memory = memory;
    this.settings = settings;
    this.accounts = accounts;
    this.gate = new RechargeGate(memory.reads(), settings);
  }

  /// What was brought.
  ///
  /// @param amount minor units
  /// @param reference the bank's, the slip's or the payroll's own number: one recharge of a method for ever
  public record Announced(long account, long amount, RechargeMethod method, String reference,
      String operator) {}

  /// Takes an announcement.
  ///
  /// @param id names the recharge; a second call with the same one changes nothing, so a retry is safe
  /// @throws RefusedException ACCOUNT_UNKNOWN, ACCOUNT_NOT_NORMAL, RECHARGE_LIMIT, RECHARGE_DAY_LIMIT,
  /// RECHARGE_SELF_LIMIT, RECHARGE_COUNT, REFERENCE_MISSING, REFERENCE_USED, KEY_REUSED, SYSTEM_BUSY (try again)
  public ArrivalRow announce(int site, Announced what, TransactionId id, long nowMs) {
    Optional<ArrivalRow> before = memory.reads().recharges().arrival(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), what);
    }
    AccountRow account = memory.site(site).account(what.account())
        .orElseThrow(() -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + what.account()));
    gate.require(account, what.method(), what.amount(), nowMs);
    requireReference(site, what);
    var row = new ArrivalRow(site, memory.reads().recharges().lastArrival(site) + 1, id, what.account(),
        what.amount(), settings.recharges().terms().fee(what.method(), what.amount()), what.method(),
        what.reference(), what.operator(), nowMs, arrives(what.method(), nowMs), ArrivalState.PENDING, 0, "",
        "");
    if (row.arrivesMs() > nowMs) {
      RefusedException.unlessCommitted(memory.commit(new CommitUnit().putArrival(row)));
      return row;
    }
    return booked(row, what.operator(), nowMs);
  }

  /// Money that takes days arrives with the beginning of its day.
  private long arrives(RechargeMethod method, long nowMs) {
    LocalDate today = LocalDate.ofEpochDay(settings.dayAt(nowMs));
    LocalDate day = settings.recharges().terms().arrival(method, today, settings.purchases().holidays());
    return day.equals(today) ? nowMs : settings.startOf(day.toEpochDay());
  }

  private void requireReference(int site, Announced what) {
    if (what.reference().isBlank()) {
      throw new RefusedException("REFERENCE_MISSING", "the bank's, the slip's or the payroll's own number");
    }
    memory.reads().recharges().arrival(site, what.method(), what.reference()).ifPresent(known -> {
      throw new RefusedException("REFERENCE_USED",
          what.method() + " " + what.reference() + " is recharge " + known.number());
    });
  }

  private static ArrivalRow repeated(ArrivalRow before, Announced what) {
    if (before.account() != what.account() || before.amount() != what.amount()
        || before.method() != what.method() || !before.reference().equals(what.reference())) {
      throw new RefusedException("KEY_REUSED", "recharge " + before.number() + " was another one");
    }
    return before;
  }

  /// The money is there before its day.
  ///
  /// @throws RefusedException RECHARGE_UNKNOWN, RECHARGE_STATE (cancelled), SYSTEM_BUSY (try again)
  public ArrivalRow confirm(int site, long number, String operator, long nowMs) {
    ArrivalRow row = known(site, number);
    return switch (row.state()) {
      case PENDING -> booked(row, operator, nowMs);
      case DONE -> row;
      case CANCELLED -> throw refused(row);
    };
  }

  /// It never came.
  ///
  /// @throws RefusedException REASON_MISSING, RECHARGE_UNKNOWN, RECHARGE_STATE (booked), SYSTEM_BUSY (try again)
  public ArrivalRow cancel(int site, long number, String reason, String operator, long nowMs) {
    if (reason.isBlank()) {
      throw new RefusedException("REASON_MISSING", "why it does not come");
    }
    ArrivalRow row = known(site, number);
    return switch (row.state()) {
      case PENDING -> {
        ArrivalRow gone = row.ended(ArrivalState.CANCELLED, operator, reason, nowMs);
        RefusedException.unlessCommitted(memory.commit(new CommitUnit().putArrival(gone)));
        yield gone;
      }
      case CANCELLED -> row;
      case DONE -> throw refused(row);
    };
  }

  private static RefusedException refused(ArrivalRow row) {
    return new RefusedException("RECHARGE_STATE", "recharge " + row.number() + " is " + row.state());
  }

  private ArrivalRow known(int site, long number) {
    return memory.reads().recharges().arrival(site, number)
        .orElseThrow(() -> new RefusedException("RECHARGE_UNKNOWN", "no announced recharge " + number));
  }

  /// Books what is due. Call about once a second.
  ///
  /// @return how many arrived
  public int run(int site, long nowMs) {
    int arrived = 0;
    for (ArrivalRow row : memory.reads().recharges().arrivalsDue(site, nowMs, AT_ONCE)) {
      var unit = new CommitUnit();
      var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
      TransferRow moved = post(books, row, "");
      unit.appendAudit(memory.reads().auditChain(site).append(told(row, moved, nowMs)));
      books.close();
      arrived += memory.commit(unit).isCommitted() ? 1 : 0;
    }
    return arrived;
  }

  private ArrivalRow booked(ArrivalRow row, String operator, long nowMs) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(row.site()), memory.reads(), unit, nowMs);
    post(books, row, operator);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row.ended(ArrivalState.DONE, operator, "", nowMs);
  }

  /// @param by who says that it is there, empty when time does
  private TransferRow post(Books books, ArrivalRow row, String by) {
    AccountRow account = books.account(row.account()).orElseThrow();
    accounts.received(books, account);
    TransferRow moved = new RechargePosting(row.transaction(), row.method(), row.amount(), row.feeMinor(),
        row.operator(), row.method() + " " + row.reference()).post(books, account);
    books.unit().putArrival(row.ended(ArrivalState.DONE, by, "", books.nowMs()));
    return moved;
  }

  private static AuditEntry told(ArrivalRow row, TransferRow moved, long nowMs) {
    return new AuditEntry(Instant.ofEpochMilli(nowMs), "system", "RECHARGE_BOOKED",
        "account " + row.account(),
        Money.decimal(moved.creditBefore()), Money.decimal(moved.creditAfter()),
        row.method() + " " + row.reference());
  }
}
