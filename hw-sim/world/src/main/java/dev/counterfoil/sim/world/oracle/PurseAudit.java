package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// I-5, while things happen: subsidies conserve. Of each purse, what was granted and came back is what was spent, what fell back
/// at its end and what is left; all of them together are what their funding gave; and the office knows of each grant. Reads
/// rows and the paper book; each look adds up what came since the last one, and a store that was put back takes a new audit.
public final class PurseAudit {
  private static final int PAGE = 10_000;
  /// Longest life of a purchase that a rest may wait for, a minute until the clock looks again, and a server that was down.
  private static final long REST_MILLIS = (15 + 1 + 5) * 60_000;

  private final SettlementReads books;
  private final int site;
  private final PaperBook paper;
  private final Set<Long> others = new TreeSet<>();
  private final Map<Long, Sums> purses = new TreeMap<>();
  private long after;

  private static final class Sums {
    long granted;
    long spent;
    long back;
    long lapsed;
    long newestMs;
  }

  public PurseAudit(SettlementReads books, int site, PaperBook paper) {
    this.books = books;
    this.site = site;
    this.paper = paper;
  }

  public void verify(long nowMillis) {
    for (List<TransferRow> page = books.transfers(site, after, PAGE); !page.isEmpty(); page = books
        .transfers(site, after, PAGE)) {
      page.stream().filter(row -> row.kind().moves()).forEach(this::add);
      after = page.getLast().transfer();
    }
    compare(nowMillis);
  }

  private boolean isPurse(long ledger) {
    if (others.contains(ledger)) {
      return false;
    }
    boolean is = purses.containsKey(ledger)
        || books.ledgerAccount(site, ledger).filter(row -> row.kind() == LedgerKind.SUBSIDY).isPresent();
    if (!is) {
      others.add(ledger);
    }
    return is;
  }

  private void add(TransferRow row) {
    if (isPurse(row.credit())) {
      Sums sums = purses.computeIfAbsent(row.credit(), _ -> new Sums());
      sums.newestMs = row.atMs();
      if (isGrant(row)) {
        sums.granted = Math.addExact(sums.granted, row.amount());
      } else {
        sums.back = Math.addExact(sums.back, row.amount());
      }
    }
    if (isPurse(row.debit())) {
      Sums sums = purses.computeIfAbsent(row.debit(), _ -> new Sums());
      if (isLapse(row)) {
        sums.lapsed = Math.addExact(sums.lapsed, row.amount());
      } else {
        sums.spent = Math.addExact(sums.spent, row.amount());
      }
    }
  }

  /// A purse is filled by its grant and by what comes back of sales, and by nothing else.
  private boolean isGrant(TransferRow row) {
    TransactionKind kind = kind(row);
    require(kind == TransactionKind.SUBSIDY || kind == TransactionKind.VOID || kind == TransactionKind.REFUND,
        "I-5", () -> "a purse was filled by " + kind + " " + row);
    return kind == TransactionKind.SUBSIDY;
  }

  private boolean isLapse(TransferRow row) {
    TransactionKind kind = kind(row);
    require(kind == TransactionKind.SUBSIDY_LAPSE || kind.isSale(), "I-5",
        () -> "a purse was emptied by " + kind + " " + row);
    return !kind.isSale();
  }

  private TransactionKind kind(TransferRow row) {
    return books.transaction(site, row.transaction()).orElseThrow().kind();
  }

  private void compare(long nowMillis) {
    Map<String, Long> granted = granted();
    long out = 0;
    for (LedgerAccountRow row : books.ledgerAccounts(site)) {
      if (row.kind() == LedgerKind.SUBSIDY) {
        Sums sums = purses.getOrDefault(row.ledger(), new Sums());
        compare(row, sums, granted, nowMillis);
        out = Math.addExact(out, sums.granted - sums.lapsed);
      } else if (row.kind() == LedgerKind.SUBSIDY_FUNDING) {
        out = Math.addExact(out, row.balance());
      }
    }
    require(out == 0, "I-5", "what is out and what funding gave differ by " + out);
    require(paper.grants().size() == purses.size(), "I-5",
        () -> purses.size() + " purses of " + paper.grants().size() + " grants");
  }

  private void compare(LedgerAccountRow row, Sums sums, Map<String, Long> granted, long nowMillis) {
    PurseRow purse = books.purses().purse(site, row.ledger()).orElseThrow();
    long said = granted.getOrDefault(key(purse.account(), purse.name()), 0L);
    require(sums.granted == said, "I-5",
        () -> purse + " was given " + sums.granted + ", the office says " + said);
    require(sums.granted + sums.back == sums.spent + sums.lapsed + row.balance() && row.balance() >= 0
        && sums.back <= sums.spent, "I-5",
        () -> purse + ": granted " + sums.granted + ", back " + sums.back + ", spent " + sums.spent
            + ", lapsed " + sums.lapsed + ", left " + row.balance());
    require(row.balance() == 0 || purse.expiresMs() == 0
        || nowMillis <= Math.max(purse.expiresMs(), sums.newestMs) + REST_MILLIS, "I-5",
        () -> purse + " is over and has " + row.balance() + " left");
  }

  /// What the office gave, by its own book.
  private Map<String, Long> granted() {
    Map<String, Long> granted = new TreeMap<>();
    paper.grants().forEach(
        grant -> granted.merge(key(grant.account(), grant.purse()), grant.amountMinor(), Math::addExact));
    return granted;
  }

  private static String key(long account, String purse) {
    return account + " " + purse;
  }
}
