package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;

/// I-16: whatever a terminal's clock says, the server's own order is the order of its own time. Every row that the
/// server numbers carries the server's time, and these times never fall while the numbers rise, nor lie outside the
/// run. Reads rows only; holds after a restore too, because the true time goes on.
public final class TimeAudit {
  private static final int PAGE = 10_000;

  private final SettlementReads books;
  private final int site;
  private final long begunMillis;
  private final long nowMillis;
  private final long longestHoldMillis;

  /// @param begunMillis true time at which the run began
  /// @param longestHoldMillis time that a hold may live from now on
  public TimeAudit(SettlementReads books, int site, long begunMillis, long nowMillis,
      long longestHoldMillis) {
    this.books = books;
    this.site = site;
    this.begunMillis = begunMillis;
    this.nowMillis = nowMillis;
    this.longestHoldMillis = longestHoldMillis;
  }

  public void verify() {
    transfers();
    exceptions();
    for (HoldRow hold : books.openHolds(site)) {
      require(hold.expiresMs() <= nowMillis + longestHoldMillis, "I-16",
          "a hold would live on until " + hold.expiresMs());
    }
  }

  private void transfers() {
    long after = 0;
    long before = begunMillis;
    for (List<TransferRow> page = books.transfers(site, 0, PAGE); !page.isEmpty(); page = books.transfers(
        site,
        after, PAGE)) {
      for (TransferRow row : page) {
        if (row.atMs() < before || row.atMs() > nowMillis) {
          throw broken("transfer " + row.transfer(), row.atMs(), before);
        }
        before = row.atMs();
      }
      after = page.getLast().transfer();
    }
  }

  /// The sales of one terminal, in the order of its records.
  public void verifySales(int terminal) {
    long before = begunMillis;
    for (TransactionRow row : books.transactionsOf(site, terminal, 0, Integer.MAX_VALUE)) {
      if (row.atMs() < before || row.atMs() > nowMillis) {
        throw broken("record " + row.seq() + " of terminal " + terminal, row.atMs(), before);
      }
      before = row.atMs();
    }
  }

  private void exceptions() {
    long before = begunMillis;
    for (ExceptionRow row : books.exceptions(site, false, 0, Integer.MAX_VALUE)) {
      if (row.raisedAtMs() < before || row.raisedAtMs() > nowMillis) {
        throw broken("exception " + row.exception() + " " + row.kind(), row.raisedAtMs(), before);
      }
      before = row.raisedAtMs();
    }
  }

  private RuntimeException broken(String what, long atMillis, long beforeMillis) {
    return new dev.counterfoil.sim.world.InvariantViolation("I-16",
        what + " is dated " + atMillis + ", the one before it " + beforeMillis + ", now it is " + nowMillis);
  }
}
