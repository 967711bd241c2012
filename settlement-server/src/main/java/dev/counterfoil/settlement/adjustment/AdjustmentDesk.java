package dev.counterfoil.settlement.adjustment;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.ReversalPosting;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.ledger.TwoOperators;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Corrects the books by new movements, never by touching old ones (BAL-03): adjustments between suspense and a holder,
/// which take two operators, and reversals of wrong recharges, transfers and adjustments, which take two when the holder
/// no longer has the money. Every method commits before it returns, or throws {@link RefusedException} and has changed
/// nothing. Belongs to the core's thread.
public final class AdjustmentDesk {

  private final StoreMemory memory;

  public AdjustmentDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// Asks for an adjustment; nothing moves before it is approved.
  ///
  /// @param amount minor units; above 0 the holder gets it, below 0 he loses it
  /// @param id names this request; a second call with the same one changes nothing and returns how far it is
  /// @throws RefusedException PARAMETER_ERROR, REASON_MISSING, OPERATOR_MISSING, ACCOUNT_UNKNOWN, ACCOUNT_CLOSED,
  /// KEY_REUSED, SYSTEM_BUSY (try again)
  public MoneyRequestRow request(int site, long account, long amount, String reason, String operator,
      TransactionId id, long nowMs) {
    if (amount == 0) {
      throw new RefusedException("PARAMETER_ERROR", "an adjustment is of more or less than 0");
    }
    return ask(row(site, MoneyRequestKind.ADJUSTMENT, account, amount, null, reason, operator, id, nowMs));
  }

  /// Asks for a reversal that may overdraw the holder; nothing moves before it is approved.
  ///
  /// @throws RefusedException as {@link #request} and {@link #reverse}
  public MoneyRequestRow requestReversal(int site, TransactionId target, String reason, String operator,
      TransactionId id, long nowMs) {
    Optional<MoneyRequestRow> before = memory.reads().money().request(site, id);
    TransactionRow original = before.isPresent() ? existing(site, target) : reversible(site, target);
    return ask(row(site, MoneyRequestKind.REVERSAL, original.account(), -original.amount(), target, reason,
        operator, id, nowMs));
  }

  /// The second operator's word: what was asked for is booked now.
  ///
  /// @return the request; one that was booked before is returned as it is, so a retry is safe
  /// @throws RefusedException REQUEST_UNKNOWN, REQUEST_OWN, REQUEST_STATE, ACCOUNT_CLOSED, BALANCE_INSUFFICIENT (an
  /// adjustment that the holder cannot bear), TRANSACTION_STATUS or REVERSED_ALREADY (meanwhile), SYSTEM_BUSY (try again)
  public MoneyRequestRow approve(int site, long number, String operator, long nowMs) {
    MoneyRequestRow row = known(site, number);
    requireOther(row, operator);
    if (row.state() == MoneyRequestState.DONE) {
      return row;
    }
    requireWaiting(row);
    MoneyRequestRow done = row.decided(MoneyRequestState.DONE, TwoOperators.name(operator), "", nowMs);
    var unit = new CommitUnit().putMoneyRequest(done);
    Books books = books(site, unit, nowMs);
    TransactionId target = row.target();
    if (target == null) {
      adjust(books, done);
    } else {
      posting(books, reversible(site, target)).post(OwnId.of(row.transaction(), "approved"), operator,
          row.reason());
    }
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return done;
  }

  /// The second operator refuses; nothing moves.
  ///
  /// @throws RefusedException REQUEST_UNKNOWN, REQUEST_OWN, REQUEST_STATE, REASON_MISSING, SYSTEM_BUSY (try again)
  public MoneyRequestRow reject(int site, long number, String reason, String operator, long nowMs) {
    MoneyRequestRow row = known(site, number);
    requireOther(row, operator);
    requireWords(reason, operator);
    if (row.state() == MoneyRequestState.REJECTED) {
      return row;
    }
    requireWaiting(row);
    MoneyRequestRow rejected = row.decided(MoneyRequestState.REJECTED, TwoOperators.name(operator), reason,
        nowMs);
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putMoneyRequest(rejected)));
    return rejected;
  }

  /// Takes a wrong recharge, transfer or adjustment back by exact opposite legs, once.
  ///
  /// @param id names this reversal; a second call with the same one changes nothing and returns the first result
  /// @throws RefusedException REASON_MISSING, OPERATOR_MISSING, TRANSACTION_NOT_FOUND, TRANSACTION_STATUS (it is none of
  /// these, or was given back in part), REVERSED_ALREADY, ACCOUNT_CLOSED, BALANCE_INSUFFICIENT (see
  /// {@link #requestReversal}), KEY_REUSED, SYSTEM_BUSY (try again)
  public TransactionRow reverse(int site, TransactionId target, String reason, String operator,
      TransactionId id, long nowMs) {
    Optional<TransactionRow> before = transaction(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), target);
    }
    requireWords(reason, operator);
    TransactionRow original = reversible(site, target);
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    ReversalPosting posting = posting(books, original);
    posting.lacking().ifPresent(ledger -> {
      throw new RefusedException("BALANCE_INSUFFICIENT", "only " + books.available(ledger)
          + " minor units are left of it; two operators may force it");
    });
    TransactionRow row = posting.post(id, operator, reason);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row;
  }

  private MoneyRequestRow row(int site, MoneyRequestKind kind, long account, long amount,
      @Nullable TransactionId target, String reason, String operator, TransactionId id, long nowMs) {
    return new MoneyRequestRow(site, memory.reads().money().lastRequest(site) + 1, kind, id, account, amount,
        "", target, reason, TwoOperators.name(operator), nowMs, MoneyRequestState.REQUESTED, "", 0, "", 0);
  }

  private MoneyRequestRow ask(MoneyRequestRow row) {
    Optional<MoneyRequestRow> before = memory.reads().money().request(row.site(), row.transaction());
    if (before.isPresent()) {
      return repeated(before.get(), row);
    }
    requireWords(row.reason(), row.requester());
    requireOpen(row.site(), row.account());
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putMoneyRequest(row)));
    return row;
  }

  private static MoneyRequestRow repeated(MoneyRequestRow before, MoneyRequestRow row) {
    if (before.kind() != row.kind() || before.account() != row.account() || before.amount() != row.amount()
        || !Objects.equals(before.target(), row.target())) {
      throw new RefusedException("KEY_REUSED", "request " + before.number() + " was another one");
    }
    return before;
  }

  private static TransactionRow repeated(TransactionRow before, TransactionId target) {
    if (before.kind() != TransactionKind.REVERSAL || !target.equals(before.reverses())) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return before;
  }

  private void adjust(Books books, MoneyRequestRow row) {
    AccountRow account = requireOpen(row.site(), row.account());
    long suspense = books.ledgerOf(LedgerKind.SUSPENSE, 0);
    boolean gains = row.amount() > 0;
    long amount = Math.abs(row.amount());
    long left = Math.subtractExact(books.available(account.cashLedger()), amount);
    if (!gains && left < books.floor(account.cashLedger())) {
      throw new RefusedException("BALANCE_INSUFFICIENT", "of account " + account.number() + " "
          + books.available(account.cashLedger()) + " minor units are available, not " + amount);
    }
    TransactionId id = OwnId.of(row.transaction(), "approved");
    TransferRow moved = books.post(id, 1, gains ? suspense : account.cashLedger(),
        gains ? account.cashLedger() : suspense, amount, PostingReason.ADJUSTMENT);
    ServerEntry.of(id, TransactionKind.ADJUSTMENT, row.account(), row.amount(), row.approver(), row.reason())
        .insert(books, moved);
  }

  private MoneyRequestRow known(int site, long number) {
    return memory.reads().money().request(site, number)
        .filter(row -> row.kind() != MoneyRequestKind.WITHDRAWAL)
        .orElseThrow(() -> new RefusedException("REQUEST_UNKNOWN", "no adjustment or reversal " + number));
  }

  private static void requireOther(MoneyRequestRow row, String operator) {
    if (operator.isBlank()) {
      throw new RefusedException("OPERATOR_MISSING", "nobody says who does this");
    }
    if (TwoOperators.areOne(row.requester(), operator)) {
      throw new RefusedException("REQUEST_OWN",
          "request " + row.number() + " was made by the same " + row.requester());
    }
  }

  private static void requireWaiting(MoneyRequestRow row) {
    if (row.state() != MoneyRequestState.REQUESTED) {
      throw new RefusedException("REQUEST_STATE", "request " + row.number() + " is " + row.state());
    }
  }

  private static void requireWords(String reason, String operator) {
    if (reason.isBlank()) {
      throw new RefusedException("REASON_MISSING", "a correction needs a reason");
    }
    if (operator.isBlank()) {
      throw new RefusedException("OPERATOR_MISSING", "nobody says who does this");
    }
  }

  private AccountRow requireOpen(int site, long number) {
    AccountRow account = memory.site(site).account(number)
        .orElseThrow(() -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + number));
    if (account.status() == AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_CLOSED", "account " + account.number() + " is closed");
    }
    return account;
  }

  private TransactionRow reversible(int site, TransactionId target) {
    TransactionRow original = existing(site, target);
    switch (original.kind()) {
      case RECHARGE, TRANSFER, ADJUSTMENT -> {
        // Born here, with all their legs in one transaction.
      }
      case SALE_CARD, SALE_CASH, VOID, DECLINE, OPENING, REFUND, FREEZE, UNFREEZE, WITHDRAWAL, REVERSAL,
          SUBSIDY,
          SUBSIDY_LAPSE, SALE_IMPORTED ->
        throw new RefusedException("TRANSACTION_STATUS", target + " is a " + original.kind());
    }
    if (memory.reads().recharges().order(site, target).isPresent()) {
      // The payer's money is at the gateway: taken from the holder alone, it would be nobody's.
      throw new RefusedException("TRANSACTION_STATUS", target + " came by a gateway and is refunded there");
    }
    if (memory.reads().reversalOf(site, target).isPresent()) {
      throw new RefusedException("REVERSED_ALREADY", target + " was taken back already");
    }
    if (memory.reads().refundsOf(site, target).stream()
        .anyMatch(row -> memory.reads().reversalOf(site, row.transaction()).isEmpty())) {
      throw new RefusedException("TRANSACTION_STATUS", target + " was given back, whole or in part");
    }
    requireOpen(site, original.account());
    long other = memory.reads().money().otherAccount(original);
    if (other != 0) {
      requireOpen(site, other);
    }
    return original;
  }

  private ReversalPosting posting(Books books, TransactionRow original) {
    return new ReversalPosting(books, original, memory.reads().money().otherAccount(original));
  }

  private TransactionRow existing(int site, TransactionId id) {
    return transaction(site, id)
        .orElseThrow(() -> new RefusedException("TRANSACTION_NOT_FOUND", "no transaction " + id));
  }

  private Optional<TransactionRow> transaction(int site, TransactionId id) {
    return memory.reads().transaction(site, id);
  }

  private Books books(int site, CommitUnit unit, long nowMs) {
    return new Books(memory.site(site), memory.reads(), unit, nowMs);
  }
}
