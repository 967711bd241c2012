package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Opens, changes and recharges holders' accounts. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class AccountDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public AccountDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// Opens a normal account, with money from the opening balances if asked (ACC-09, ACC-10).
  ///
  /// @param openingMinor 0 or more
  /// @param transaction names the opening; unused when `openingMinor` is 0
  public AccountRow open(int site, String holderName, boolean enableOffline, long openingMinor,
      TransactionId transaction, long nowMs) {
    if (openingMinor < 0 || holderName.isBlank()) {
      throw new RefusedException("PARAMETER_ERROR",
          "an account needs a name and an opening balance of 0 or more");
    }
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    long number = books.memory().numbers().nextAccount();
    long ledger = books.ledgerOf(LedgerKind.CASH, number);
    var account = new AccountRow(site, number, String.format(Locale.ROOT, "ACCT%010d", number), holderName,
        AccountStatus.NORMAL, false, true, enableOffline, 0, 0, books.currency(), ledger);
    books.put(account);
    if (openingMinor > 0) {
      long opening = books.ledgerOf(LedgerKind.OPENING, 0);
      TransferRow moved = books.post(transaction, 1, opening, ledger, openingMinor, PostingReason.OPENING);
      insert(books, transaction, TransactionKind.OPENING, number, openingMinor, moved);
    }
    commit(books, unit);
    return account;
  }

  /// Moves an account to another state as SM-01 allows; anything else is refused.
  public AccountRow changeStatus(int site, long account, AccountStatus next, long nowMs) {
    AccountRow row = existing(site, account);
    if (!AccountTransitions.allows(row.status(), next)) {
      throw new RefusedException("ACCOUNT_TRANSITION", "account " + row.number() + " is " + row.status()
          + " and cannot become " + next);
    }
    return change(row.withStatus(next), nowMs);
  }

  /// Restricts an account, or lifts the restriction that an overdraft brought.
  public AccountRow changeRestriction(int site, long account, boolean restricted, long nowMs) {
    return change(existing(site, account).withRestricted(restricted), nowMs);
  }

  /// Grants or withdraws the permission to consume (PAY-08) and to do so without the server (OFF-06).
  public AccountRow changePermissions(int site, long account, boolean maySpend, boolean enableOffline,
      long nowMs) {
    return change(existing(site, account).withMaySpend(maySpend).withEnableOffline(enableOffline), nowMs);
  }

  /// Takes coins and notes at the desk: cash drawer -> holder CASH.
  ///
  /// @param transaction the caller's idempotency key; a second call with the same one returns the first result
  /// @return the movement, with the balances before and after (PAY-14)
  public TransferRow rechargeByCash(int site, long account, long amount, TransactionId transaction,
      long nowMs) {
    Optional<TransactionRow> before = memory.reads().transactions(site, List.of(transaction)).stream()
        .findFirst();
    if (before.isPresent()) {
      return repeated(before.get(), account, amount);
    }
    AccountRow row = existing(site, account);
    if (amount < settings.rechargeMinMinor() || amount > settings.rechargeMaxMinor()) {
      throw new RefusedException("RECHARGE_LIMIT", "a recharge is of " + settings.rechargeMinMinor() + " to "
          + settings.rechargeMaxMinor() + " minor units, not " + amount);
    }
    if (row.status() != AccountStatus.NORMAL) {
      throw new RefusedException("ACCOUNT_NOT_NORMAL", "account " + row.number() + " is " + row.status());
    }
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    TransferRow moved = books.post(transaction, 1, books.ledgerOf(LedgerKind.CASH_DRAWER, 0),
        row.cashLedger(), amount,
        PostingReason.RECHARGE_CASH);
    insert(books, transaction, TransactionKind.RECHARGE, account, amount, moved);
    books.touch(account);
    commit(books, unit);
    return moved;
  }

  private TransferRow repeated(TransactionRow before, long account, long amount) {
    if (before.kind() != TransactionKind.RECHARGE || before.account() != account
        || before.amount() != amount) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return memory.reads().transfersOf(before.site(), before.transaction()).getFirst();
  }

  /// @throws RefusedException ACCOUNT_UNKNOWN
  public AccountRow existing(int site, long account) {
    return memory.site(site).account(account)
        .orElseThrow(
            () -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site));
  }

  private AccountRow change(AccountRow next, long nowMs) {
    var unit = new CommitUnit();
    Books books = books(next.site(), unit, nowMs);
    books.put(next);
    commit(books, unit);
    return next;
  }

  private Books books(int site, CommitUnit unit, long nowMs) {
    return new Books(memory.site(site), memory.reads(), unit, nowMs);
  }

  private static void insert(Books books, TransactionId id, TransactionKind kind, long account, long amount,
      TransferRow moved) {
    books.insert(new TransactionRow(books.site(), id, kind, 0, 0, account, amount, books.currency(), false,
        TransactionRow.SYNCED, null, moved.transfer(), books.nowMs(), books.nowMs()));
  }

  private void commit(Books books, CommitUnit unit) {
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }
}
