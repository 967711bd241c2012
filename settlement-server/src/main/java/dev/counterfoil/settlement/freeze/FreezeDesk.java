package dev.counterfoil.settlement.freeze;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.store.UnfreezeKind;
import java.util.List;
import java.util.Optional;

/// Freezes amounts and whole accounts, and ends that (FRZ-01 to FRZ-05, C-14). A frozen amount stays the holder's and is
/// not available: a HOLD that no purchase made and whose only end is an UNFREEZE of its own. Every method commits before it
/// returns, or throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class FreezeDesk {

  /// Freezes ended by the clock in one call.
  private static final int EXPIRE_AT_ONCE = 100;

  private final StoreMemory memory;
  private final AccountDesk accounts;

  public FreezeDesk(StoreMemory memory, AccountDesk accounts) {
    this.memory = memory;
    this.accounts = accounts;
  }

  /// Freezes an amount or, when its amount is 0, the whole account.
  ///
  /// @param id names this freeze; a second call with the same one changes nothing and returns the first result, so a
  /// retry is safe
  /// @throws RefusedException PARAMETER_ERROR, REASON_MISSING, ACCOUNT_UNKNOWN, ACCOUNT_CLOSED, BALANCE_INSUFFICIENT,
  /// ACCOUNT_TRANSITION (the whole account cannot be frozen as it is), KEY_REUSED, SYSTEM_BUSY (try again)
  public FreezeRow freeze(int site, FreezeOrder order, TransactionId id, long nowMs) {
    Optional<FreezeRow> before = memory.reads().money().freeze(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), order);
    }
    require(order, nowMs);
    AccountRow account = accounts.existing(site, order.account());
    if (account.status() == AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_CLOSED", "account " + account.number() + " is closed");
    }
    var row = new FreezeRow(site, memory.reads().money().lastFreeze(site) + 1, id, order.account(),
        order.amount(), order.kind(), order.reason(), order.condition(), order.operator(), nowMs,
        order.expiresMs(), null);
    if (row.isOfWholeAccount()) {
      apply(row, new AccountEvent.Frozen(row.kind(), row.reason()), nowMs);
    } else {
      hold(row, account, nowMs);
    }
    return row;
  }

  /// Ends a freeze by an operator's word.
  ///
  /// @param conditionMet he says that the freeze's condition is met
  /// @throws RefusedException FREEZE_UNKNOWN, FREEZE_ENDED, FREEZE_CONDITION (it names a condition and nobody says that it
  /// is met), REASON_MISSING, SYSTEM_BUSY (try again)
  public FreezeRow unfreeze(int site, long number, boolean conditionMet, String reason, String operator,
      long nowMs) {
    FreezeRow row = memory.reads().money().freeze(site, number)
        .orElseThrow(() -> new RefusedException("FREEZE_UNKNOWN", "no freeze " + number));
    requireReason(reason);
    if (!row.isOpen()) {
      throw new RefusedException("FREEZE_ENDED", "freeze " + number + " has ended");
    }
    if (!row.condition().isEmpty() && !conditionMet) {
      throw new RefusedException("FREEZE_CONDITION", "freeze " + number + " lasts until: " + row.condition());
    }
    UnfreezeKind how = row.condition().isEmpty() ? UnfreezeKind.MANUAL : UnfreezeKind.CONDITIONAL;
    return end(row, new FreezeRow.End(how, reason, operator, nowMs));
  }

  /// Ends the freezes whose time is over, each in a commit of its own. Call about once a second; what does not fit is due
  /// again at the next call.
  ///
  /// @return how many ended
  public int expire(int site, long nowMs) {
    List<FreezeRow> due = memory.reads().money().freezesDue(site, nowMs, EXPIRE_AT_ONCE);
    return (int) due.stream().filter(row -> isOver(row, nowMs)).count();
  }

  private boolean isOver(FreezeRow row, long nowMs) {
    try {
      end(row, new FreezeRow.End(UnfreezeKind.AUTOMATIC, "its time is over", "", nowMs));
      return true;
    } catch (RefusedException _) {
      // The books moved meanwhile: it is due again at the next call, and the others need not wait for it.
      return false;
    }
  }

  private static void require(FreezeOrder order, long nowMs) {
    requireReason(order.reason());
    if (order.amount() < 0 || order.expiresMs() != 0 && order.expiresMs() <= nowMs) {
      throw new RefusedException("PARAMETER_ERROR", "a freeze is of more than 0 and ends in the future");
    }
  }

  private static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new RefusedException("REASON_MISSING", "freezing and unfreezing need a reason");
    }
  }

  private static FreezeRow repeated(FreezeRow before, FreezeOrder order) {
    if (before.account() != order.account() || before.amount() != order.amount()
        || before.kind() != order.kind()) {
      throw new RefusedException("KEY_REUSED", "freeze " + before.number() + " was another one");
    }
    return before;
  }

  private void hold(FreezeRow row, AccountRow account, long nowMs) {
    var unit = new CommitUnit();
    Books books = books(row, unit, nowMs);
    if (books.available(account.cashLedger()) < row.amount()) {
      throw new RefusedException("BALANCE_INSUFFICIENT", "of account " + account.number() + " "
          + books.available(account.cashLedger()) + " minor units are available, not " + row.amount());
    }
    HoldRow hold = books.reserve(row.transaction(), row.account(), account.cashLedger(),
        books.ledgerOf(LedgerKind.FROZEN, 0), row.amount(), PostingReason.FREEZE);
    TransferRow moved = books.transfersOf(hold.transaction()).getFirst();
    new ServerEntry(row.transaction(), TransactionKind.FREEZE, row.account(), 0, row.amount(), null,
        row.kind().name(), row.operator(), row.reason()).insert(books, moved);
    unit.putFreeze(row);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }

  private FreezeRow end(FreezeRow row, FreezeRow.End end) {
    FreezeRow ended = row.ended(end);
    if (!row.isOfWholeAccount()) {
      release(ended, end);
    } else if (accounts.existing(row.site(), row.account()).status() == AccountStatus.FROZEN) {
      apply(ended, new AccountEvent.Unfrozen(end.kind(), end.reason()), end.atMs());
    } else {
      // Somebody has changed the account since by its own commands: there is nothing left to thaw.
      RefusedException.unlessCommitted(memory.commit(new CommitUnit().putFreeze(ended)));
    }
    return ended;
  }

  private void release(FreezeRow row, FreezeRow.End end) {
    var unit = new CommitUnit();
    Books books = books(row, unit, end.atMs());
    HoldRow hold = books.openReserve(row.transaction()).orElseThrow(
        () -> new IllegalStateException("freeze " + row.number() + " lasts without a hold"));
    TransactionId id = OwnId.of(row.transaction(), "unfreeze");
    HoldState how = end.kind() == UnfreezeKind.AUTOMATIC ? HoldState.EXPIRED : HoldState.RELEASED;
    TransferRow freed = books.release(id, hold, how, PostingReason.UNFREEZE);
    new ServerEntry(id, TransactionKind.UNFREEZE, row.account(), 0, row.amount(), row.transaction(),
        end.kind().name(), end.operator(), end.reason()).insert(books, freed);
    unit.putFreeze(row);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }

  /// The account's own desk knows its states; the freeze is written by the commit that changes the state.
  private void apply(FreezeRow row, AccountEvent event, long nowMs) {
    memory.alongside(unit -> unit.putFreeze(row));
    try {
      accounts.apply(row.site(), row.account(), event, nowMs);
    } finally {
      memory.alongside(null);
    }
  }

  private Books books(FreezeRow row, CommitUnit unit, long nowMs) {
    return new Books(memory.site(row.site()), memory.reads(), unit, nowMs);
  }
}
