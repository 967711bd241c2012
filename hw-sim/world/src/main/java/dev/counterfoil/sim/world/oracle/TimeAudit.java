package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// I-16: whatever a terminal's clock says, the server's own order is the order of its own time. Every row that the
/// server numbers carries the server's time, and these times never fall while the numbers rise, nor lie outside the
/// run. Reads rows only; holds after a restore too, because the true time goes on. Each look reads what came since the
/// last one; a store that was put back takes a new audit.
public final class TimeAudit {
  private static final int PAGE = 10_000;

  private final SettlementReads books;
  private final int site;
  private final long begunMillis;
  private final long longestHoldMillis;
  private final Line transfers;
  private final Line exceptions;
  private final Map<Integer, Line> sales = new HashMap<>();

  /// Where one numbered sequence was left: its last number and that row's time.
  private static final class Line {
    long number;
    long atMillis;

    Line(long begunMillis) {
      atMillis = begunMillis;
    }

    void next(String what, long newNumber, long newMillis, long nowMillis) {
      require(newMillis >= atMillis && newMillis <= nowMillis, "I-16", () -> what + " " + newNumber
          + " is dated " + newMillis + ", the one before it " + atMillis + ", now it is " + nowMillis);
      number = newNumber;
      atMillis = newMillis;
    }
  }

  /// @param begunMillis true time at which the run began
  /// @param longestHoldMillis time that a hold may live from now on
  public TimeAudit(SettlementReads books, int site, long begunMillis, long longestHoldMillis) {
    this.books = books;
    this.site = site;
    this.begunMillis = begunMillis;
    this.longestHoldMillis = longestHoldMillis;
    this.transfers = new Line(begunMillis);
    this.exceptions = new Line(begunMillis);
  }

  public void verify(long nowMillis) {
    for (List<TransferRow> page = books.transfers(site, transfers.number, PAGE); !page.isEmpty(); page = books
        .transfers(site, transfers.number, PAGE)) {
      page.forEach(row -> transfers.next("transfer", row.transfer(), row.atMs(), nowMillis));
    }
    books.exceptions(site, false, exceptions.number, Integer.MAX_VALUE)
        .forEach(row -> exceptions.next("exception", row.exception(), row.raisedAtMs(), nowMillis));
    books.openHolds(site).forEach(hold -> require(
        hold.terminal() == 0 || hold.expiresMs() <= nowMillis + longestHoldMillis, "I-16",
        () -> "a purchase's hold would live on until " + hold.expiresMs()));
  }

  /// The sales of one terminal, in the order of its records.
  public void verifySales(int terminal, long nowMillis) {
    Line line = sales.computeIfAbsent(terminal, _ -> new Line(begunMillis));
    books.transactionsOf(site, terminal, line.number, Integer.MAX_VALUE).forEach(
        row -> line.next("terminal " + terminal + " record", row.seq(), row.atMs(), nowMillis));
  }
}
