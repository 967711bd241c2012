package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.money.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Adds up every account from the transfers and compares the result with what the server keeps as balances.
final class LedgerAudit {

  private final ServerBooks books;
  private final Consumer<Finding> report;
  private final Map<Key, Sums> sums = new HashMap<>();
  private final Map<Key, Long> endedHolds = new HashMap<>();

  private record Key(int site, long id) {}

  private static final class Sums {
    private long debits;
    private long credits;
    private long held;

    private long balance() {
      return credits - debits;
    }
  }

  LedgerAudit(ServerBooks books, Consumer<Finding> report) {
    this.books = books;
    this.report = report;
  }

  void check() {
    books.transfers().forEach(this::add);
    books.holds().forEach(this::addHold);
    books.accounts().forEach(this::compare);
    checkAssets();
    checkHoldsEnd();
  }

  private void add(ServerBooks.Transfer transfer) {
    Sums debit = sums(transfer.site(), transfer.debit());
    Sums credit = sums(transfer.site(), transfer.credit());
    if (transfer.moves()) {
      debit.debits = Math.addExact(debit.debits, transfer.amount());
      credit.credits = Math.addExact(credit.credits, transfer.amount());
    }
    if (transfer.pending() != 0) {
      Long other = endedHolds.put(new Key(transfer.site(), transfer.pending()), transfer.id());
      if (other != null) {
        unbalanced("transfer " + transfer.id(),
            "ends hold " + transfer.pending() + " again, after transfer " + other);
      }
    }
    if (transfer.debitAfter() != debit.balance() || transfer.creditAfter() != credit.balance()) {
      unbalanced("transfer " + transfer.id(),
          "states balances " + Money.decimal(transfer.debitAfter()) + " and "
              + Money.decimal(transfer.creditAfter()) + " after it, the transfers so far make "
              + Money.decimal(debit.balance()) + " and " + Money.decimal(credit.balance()));
    }
  }

  private void addHold(ServerBooks.Hold hold) {
    if (hold.open()) {
      Sums account = sums(hold.site(), hold.account());
      account.held = Math.addExact(account.held, hold.amount());
    }
  }

  private void compare(ServerBooks.Account account) {
    Sums sum = sums(account.site(), account.id());
    compare(account, "debits", account.postedDebits(), sum.debits);
    compare(account, "credits", account.postedCredits(), sum.credits);
    compare(account, "held", account.held(), sum.held);
  }

  private void compare(ServerBooks.Account account, String what, long stored, long recomputed) {
    if (stored != recomputed) {
      unbalanced("ledger account " + account.id() + " (" + account.name() + ")", what + " stored "
          + Money.decimal(stored) + ", from the rows " + Money.decimal(recomputed) + " " + account.asset());
    }
  }

  private void checkAssets() {
    var totals = new TreeMap<String, Long>();
    for (ServerBooks.Account account : books.accounts()) {
      totals.merge(account.site() + " " + account.asset(), account.postedCredits() - account.postedDebits(),
          Math::addExact);
    }
    totals.forEach((asset, total) -> {
      if (total != 0) {
        unbalanced("site and asset " + asset,
            "all balances sum to " + Money.decimal(total) + " instead of 0.00");
      }
    });
  }

  private void checkHoldsEnd() {
    for (ServerBooks.Hold hold : books.holds()) {
      boolean ended = endedHolds.containsKey(new Key(hold.site(), hold.id()));
      if (hold.open() == ended) {
        unbalanced("hold " + hold.id(),
            hold.open() ? "is open though a transfer ended it" : "is ended by no transfer");
      } else if (hold.open() && hold.expiresMillis() + EXPIRY_GRACE_MILLIS < books.nowMillis()) {
        report.accept(new Finding(Finding.Kind.HOLD_OPEN, "hold " + hold.id(),
            Money.decimal(hold.amount()) + " should have been released at " + hold.expiresMillis()));
      }
    }
  }

  /// A sweep that ends holds runs every few seconds; this is beyond any such period.
  private static final long EXPIRY_GRACE_MILLIS = 120_000;

  private void unbalanced(String where, String detail) {
    report.accept(new Finding(Finding.Kind.UNBALANCED, where, detail));
  }

  private Sums sums(int site, long account) {
    return sums.computeIfAbsent(new Key(site, account), _ -> new Sums());
  }
}
