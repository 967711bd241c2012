package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.sim.world.InvariantViolation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks of the server's books against themselves: I-1, I-2 and I-4. Reads rows only.
///
/// Transfers are only ever added, so each look adds up what came since the last one. A store that was put back, and whoever
/// wants every row read again, takes a new audit.
public final class LedgerAudit {
  private static final int PAGE = 10_000;
  /// What an approval at a counter reserves stays reserved for so long, by the server's clock and no other.
  private static final long HOLD_MILLIS = 15 * 60_000;

  private record Opened(long amount, long atMs, boolean ofPurchase) {}

  private final SettlementReads books;
  private final int site;
  private final Map<Long, Sums> sums = new HashMap<>();
  private final Map<Long, Opened> open = new HashMap<>();
  private long after;

  public LedgerAudit(SettlementReads books, int site) {
    this.books = books;
    this.site = site;
  }

  private static final class Sums {
    long debits;
    long credits;
    long held;
  }

  /// Adds up every transfer that was ever made and compares the cached balances with the sums.
  public void verify(long serverMillis, long slackMillis) {
    for (List<TransferRow> page = books.transfers(site, after, PAGE); !page.isEmpty(); page = books
        .transfers(site, after, PAGE)) {
      page.forEach(this::add);
      after = page.getLast().transfer();
    }
    compare();
    holds(serverMillis, slackMillis);
  }

  private void add(TransferRow row) {
    Sums debit = sums.computeIfAbsent(row.debit(), _ -> new Sums());
    Sums credit = sums.computeIfAbsent(row.credit(), _ -> new Sums());
    if (row.kind() == TransferKind.POSTED || row.kind() == TransferKind.CAPTURE) {
      debit.debits = Math.addExact(debit.debits, row.amount());
      credit.credits = Math.addExact(credit.credits, row.amount());
    }
    if (row.kind() == TransferKind.HOLD) {
      debit.held = Math.addExact(debit.held, row.amount());
      open.put(row.transfer(), new Opened(row.amount(), row.atMs(), row.reason().equals("AUTHORIZE")));
    }
    if (row.pending() != 0) {
      Opened hold = open.remove(row.pending());
      if (hold == null) {
        throw new InvariantViolation("I-4", "transfer " + row.transfer() + " ends hold " + row.pending()
            + ", which is not open");
      }
      debit.held = Math.subtractExact(debit.held, hold.amount);
      lived(row, row.atMs() - hold.atMs);
    }
  }

  private static void lived(TransferRow end, long millis) {
    require(!end.reason().equals("EXPIRED") || millis >= HOLD_MILLIS, "I-4",
        () -> "hold " + end.pending() + " was ended by time after " + millis + " ms");
  }

  private void compare() {
    long total = 0;
    for (LedgerAccountRow row : books.ledgerAccounts(site)) {
      Sums sum = sums.getOrDefault(row.ledger(), new Sums());
      require(sum.debits == row.postedDebits() && sum.credits == row.postedCredits(), "I-2",
          () -> row.kind() + " " + row.ledger() + " says " + row.postedDebits() + "/" + row.postedCredits()
              + ", its transfers "
              + sum.debits + "/" + sum.credits);
      require(sum.held == row.held(), "I-2",
          () -> row.kind() + " " + row.ledger() + " holds " + row.held() + ", its transfers "
              + sum.held);
      total = Math.addExact(total, row.balance());
    }
    require(total == 0, "I-1", "all balances sum to " + total);
    overdrafts();
  }

  /// Below its floor only where the exception queue says so.
  private void overdrafts() {
    Set<Long> flagged = new HashSet<>();
    for (ExceptionRow row : books.exceptions(site, false, 0, Integer.MAX_VALUE)) {
      if (row.kind() == ExceptionKind.OFFLINE_OVERDRAFT) {
        flagged.add(row.account());
      }
    }
    for (LedgerAccountRow row : books.ledgerAccounts(site)) {
      if (row.kind() == LedgerKind.CASH && row.balance() < row.floor()) {
        require(flagged.contains(row.owner()), "I-2",
            () -> "account " + row.owner() + " stands at " + row.balance() + " unflagged");
      }
    }
  }

  private void holds(long serverMillis, long slackMillis) {
    List<HoldRow> rows = books.openHolds(site);
    require(rows.size() == open.size(), "I-4",
        rows.size() + " open holds, " + open.size() + " open by transfers");
    open.forEach((hold, opened) -> require(
        !opened.ofPurchase || serverMillis <= opened.atMs + HOLD_MILLIS + slackMillis, "I-4",
        () -> "hold " + hold + " is open after " + (serverMillis - opened.atMs) + " ms"));
  }
}
