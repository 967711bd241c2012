package dev.counterfoil.settlement.subsidy;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Grants subsidies and takes back what is left of them at their end (SUB-10, SUB-11). Every method commits before it
/// returns, or throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
///
/// | event | debit -> credit |
/// | --- | --- |
/// | grant | subsidy funding of the department -> the purse |
/// | lapse | the purse -> subsidy funding |
public final class SubsidyDesk {

  private static final int AT_ONCE = 500;
  /// A rest that a hold may still need is looked at again after that time.
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final StoreMemory memory;

  public SubsidyDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// Credits a subsidy, at once and free of fee.
  ///
  /// @param id the caller's idempotency key; a second call with the same one returns the first result
  /// @throws RefusedException PARAMETER_ERROR, ACCOUNT_UNKNOWN, ACCOUNT_CLOSED, SUBSIDY_GRANTED for a name that the
  ///     account has been granted before, KEY_REUSED
  public PurseRow grant(int site, Grant grant, TransactionId id, long nowMs) {
    grant.check(nowMs);
    Optional<TransactionRow> before = memory.reads().transaction(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), grant);
    }
    AccountRow account = open(site, grant.account());
    if (memory.reads().purses().purse(site, grant.account(), grant.name()).isPresent()) {
      throw new RefusedException("SUBSIDY_GRANTED",
          "account " + account.number() + " was granted " + grant.name() + " before");
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    PurseRow purse = credit(books, account, grant, id);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return purse;
  }

  private AccountRow open(int site, long account) {
    AccountRow row = memory.site(site).account(account).orElseThrow(
        () -> new RefusedException("ACCOUNT_UNKNOWN", "no account " + account + " at site " + site));
    if (row.status() == AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_CLOSED", "account " + row.number() + " is closed");
    }
    return row;
  }

  private PurseRow repeated(TransactionRow before, Grant grant) {
    Optional<PurseRow> purse = memory.reads().purses().purse(before.site(), before.account(), grant.name());
    if (before.kind() != TransactionKind.SUBSIDY || before.account() != grant.account()
        || before.amount() != grant.amount() || purse.isEmpty()) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return purse.get();
  }

  private static PurseRow credit(Books books, AccountRow account, Grant grant, TransactionId id) {
    long ledger = books.openPurse();
    long funding = books.ledgerOf(LedgerKind.SUBSIDY_FUNDING, grant.department());
    var purse = new PurseRow(books.site(), ledger, account.account(), funding, grant.name(),
        grant.expiresMs(), grant.expiresMs(), true);
    books.unit().putPurse(purse);
    TransferRow moved = books.post(id, 1, funding, ledger, grant.amount(), PostingReason.SUBSIDY);
    new ServerEntry(id, TransactionKind.SUBSIDY, account.account(), 0, grant.amount(), null, grant.name(),
        grant.operator(), grant.reason()).insert(books, moved);
    books.put(account.withSubsidised(true));
    return purse;
  }

  /// Takes back what is left of subsidies that are over, but for what holds may still need. Call about once a second.
  ///
  /// @return how many were looked at; 0 also when the books moved, and then they stay due
  public int lapse(int site, long nowMs) {
    List<PurseRow> due = memory.reads().purses().pursesDue(site, nowMs, AT_ONCE);
    if (due.isEmpty()) {
      return 0;
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    due.forEach(purse -> lapse(books, purse));
    books.close();
    return memory.commit(unit).isCommitted() ? due.size() : 0;
  }

  private void lapse(Books books, PurseRow purse) {
    AccountRow account = books.account(purse.account()).orElseThrow();
    long rest = books.balance(purse.ledger());
    // What is reserved stands on the holder's own purse, which may have less than that.
    long needed = Math.min(books.memory().reservedForPurchases(purse.account()),
        Math.max(0, -new Purses(books, account).available()));
    long lapsing = Math.max(0, rest - needed);
    if (lapsing > 0) {
      take(books, purse, lapsing);
    }
    boolean over = rest == lapsing;
    books.unit().putPurse(purse.withDue(over ? 0 : books.nowMs() + AGAIN.toMillis(), !over));
  }

  private void take(Books books, PurseRow purse, long amount) {
    TransactionId id = OwnId.of(new TransactionId(purse.site(), purse.ledger()),
        "LAPSE@" + books.version(purse.ledger()));
    TransferRow moved = books.post(id, 1, purse.ledger(), purse.funding(), amount,
        PostingReason.SUBSIDY_LAPSE);
    new ServerEntry(id, TransactionKind.SUBSIDY_LAPSE, purse.account(), 0, -amount, null, purse.name(), "",
        "subsidy is over").insert(books, moved);
  }
}
