package dev.counterfoil.settlement.authorization;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.PredebitPosting;
import dev.counterfoil.settlement.ledger.PredebitRules;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.Optional;

/// Ends provisional charges (PAY-24): by their final amount, by a cancellation, or by the clock. A smaller final amount
/// gives the difference back; a larger one charges it as far as the gates of a purchase let it. Every method commits before
/// it returns, or throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class PredebitSettlement {

  /// Ended by the clock in one call.
  private static final int AT_ONCE = 100;

  private final StoreMemory memory;
  private final CoreSettings settings;

  public PredebitSettlement(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// The final amount.
  ///
  /// @param amount minor units, above 0
  /// @param takeWhatIsThere the goods are gone: charge what may be charged and list the rest, rather than refuse
  public record Final(long amount, boolean takeWhatIsThere, String operator) {}

  /// Charges the final amount instead of the provisional one.
  ///
  /// @return how it ended; the same for a second call with the same amount, so a retry is safe
  /// @throws RefusedException PREDEBIT_UNKNOWN, PREDEBIT_CLOSED (it ended in another way), PREDEBIT_EXCEEDED (the
  /// difference may not be charged; it is still held), TRANSACTION_STATUS (a terminal has used its name: cancel it and
  /// charge anew), SYSTEM_BUSY (try again)
  public PredebitRow settle(int site, TransactionId id, Final wish, long nowMs) {
    PredebitRow row = known(site, id);
    if (row.state() == PredebitRow.State.SETTLED && row.taken() + row.unpaid() == wish.amount()) {
      return row;
    }
    requireHeld(row);
    if (isNamed(row)) {
      throw new RefusedException("TRANSACTION_STATUS", "a terminal has used the name " + id);
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    AccountRow account = books.account(row.account()).orElseThrow();
    long taken = most(books, account, row, wish);
    PredebitRow next = row.settled(taken, wish.amount() - taken, wish.operator(), nowMs);
    charge(books, account, next);
    return commit(books, unit, next);
  }

  /// Gives the whole amount back.
  ///
  /// @return how it ended; a second call changes nothing
  /// @throws RefusedException PREDEBIT_UNKNOWN, PREDEBIT_CLOSED (it was settled), SYSTEM_BUSY (try again)
  public PredebitRow cancel(int site, TransactionId id, String operator, long nowMs) {
    PredebitRow row = known(site, id);
    if (row.state() == PredebitRow.State.RELEASED) {
      return row;
    }
    requireHeld(row);
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    PredebitRow next = row.released(operator, nowMs);
    posting(books).release(hold(books, next), HoldState.RELEASED, PostingReason.PREDEBIT_CANCELLED);
    return commit(books, unit, next);
  }

  /// Ends those whose time is over as the site's setting says, each in a commit of its own. Call about once a second; what
  /// does not fit is due again at the next call.
  ///
  /// @return how many ended
  public int expire(int site, long nowMs) {
    return (int) memory.reads().predebits().predebitsDue(site, nowMs, AT_ONCE).stream()
        .filter(row -> isOver(row, nowMs)).count();
  }

  private boolean isOver(PredebitRow row, long nowMs) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(row.site()), memory.reads(), unit, nowMs);
    PredebitRow next = switch (settings.predebits().unsettled()) {
      case RELEASE -> lapse(books, row);
      case SETTLE -> isNamed(row) ? lapse(books, row) : settleAsHeld(books, row);
    };
    raise(books, next, ExceptionKind.PREDEBIT_UNSETTLED, row.held(),
        "nobody settled it within " + settings.predebits().settleWithin() + "; "
            + settings.predebits().unsettled());
    try {
      commit(books, unit, next);
      return true;
    } catch (RefusedException _) {
      // The books moved meanwhile: it is due again at the next call, and the others need not wait for it.
      return false;
    }
  }

  /// Nobody hits it by chance, but a terminal that knows the name may have written a record under it.
  private boolean isNamed(PredebitRow row) {
    return memory.reads().transaction(row.site(), row.transaction()).isPresent();
  }

  private PredebitRow lapse(Books books, PredebitRow row) {
    PredebitRow next = row.released("", books.nowMs());
    posting(books).release(hold(books, next), HoldState.EXPIRED, PostingReason.PREDEBIT_UNSETTLED);
    return next;
  }

  private PredebitRow settleAsHeld(Books books, PredebitRow row) {
    PredebitRow next = row.settled(row.held(), 0, "", books.nowMs());
    charge(books, books.account(row.account()).orElseThrow(), next);
    return next;
  }

  /// What was held is promised whatever has become of the account; only what is more is asked for again. A limit refuses
  /// the whole difference, a balance gives what it has.
  private long most(Books books, AccountRow account, PredebitRow row, Final wish) {
    if (wish.amount() <= row.held()) {
      return wish.amount();
    }
    TerminalRow terminal = memory.reads().terminal(row.site(), row.terminal()).orElseThrow();
    var gates = new AuthorizationGates(books, memory.reads(), settings);
    Optional<DeclineReason> refusal = gates.moreRefusal(terminal, account, row.held(), wish.amount());
    if (refusal.isEmpty()) {
      return wish.amount();
    }
    if (!wish.takeWhatIsThere()) {
      throw new RefusedException("PREDEBIT_EXCEEDED", "reason=" + refusal.get() + " held="
          + Money.decimal(row.held()) + " final=" + Money.decimal(wish.amount()));
    }
    return refusal.get() == DeclineReason.INSUFFICIENT_BALANCE
        ? Math.addExact(row.held(), gates.spendable(account))
        : row.held();
  }

  private void charge(Books books, AccountRow account, PredebitRow next) {
    posting(books).settle(next, account, hold(books, next));
    if (account.status() != AccountStatus.NORMAL) {
      raise(books, next, ExceptionKind.ACCOUNT_NOT_NORMAL, next.taken(), "account is " + account.status());
    }
    if (next.unpaid() > 0) {
      raise(books, next, ExceptionKind.PREDEBIT_UNPAID, next.unpaid(),
          "held " + next.held() + ", charged " + next.taken());
    }
  }

  private PredebitRow commit(Books books, CommitUnit unit, PredebitRow next) {
    unit.putPredebit(next);
    tell(books, next);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return next;
  }

  private static void tell(Books books, PredebitRow row) {
    books.tell(row.account(), "PREDEBIT_" + row.state(), "transaction " + row.transaction(),
        "held " + Money.decimal(row.held()) + ", charged " + Money.decimal(row.taken()) + ", back "
            + Money.decimal(Math.max(0, row.held() - row.taken())));
  }

  private static HoldRow hold(Books books, PredebitRow row) {
    return books.openPredebit(row.transaction()).orElseThrow(() -> new IllegalStateException(
        "provisional charge " + row.number() + " is held without a hold"));
  }

  private PredebitPosting posting(Books books) {
    return new PredebitPosting(books, settings.dayAt(books.nowMs()));
  }

  private static void raise(Books books, PredebitRow row, ExceptionKind kind, long amount, String detail) {
    books.raise(kind, row.transaction().toString(), row.terminal(), 0, Optional.of(row.transaction()),
        row.account(), amount, detail);
  }

  private PredebitRow known(int site, TransactionId id) {
    return memory.reads().predebits().predebit(site, id).orElseThrow(
        () -> new RefusedException("PREDEBIT_UNKNOWN", "no provisional charge " + id));
  }

  private static void requireHeld(PredebitRow row) {
    if (row.state() != PredebitRow.State.HELD) {
      throw new RefusedException("PREDEBIT_CLOSED", "provisional charge " + row.transaction() + " is "
          + row.state() + ", charged " + Money.decimal(row.taken()));
    }
  }
}
