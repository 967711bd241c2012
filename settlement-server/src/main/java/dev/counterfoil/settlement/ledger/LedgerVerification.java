package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Recomputes the books of a site from the transfers alone and compares: each asset sums to 0, each cached balance and
/// reserved amount is what its transfers say, each transfer states the balances that it left behind, each hold ended at
/// most once. Pure reading; a large site takes seconds, so run it on a reader of its own.
public final class LedgerVerification {

  private static final int PAGE = 5_000;

  private final SettlementReads reads;
  private final int site;
  private final Map<Long, long[]> balances = new HashMap<>();
  private final Map<Long, TransferRow> openHolds = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long count;

  private LedgerVerification(SettlementReads reads, int site) {
    this.reads = reads;
    this.site = site;
  }

  /// What was found.
  ///
  /// @param transfers how many were read
  /// @param sums by asset, credits less debits over all accounts; all 0 in sound books
  /// @param problems one line each, empty if all is well
  public record Report(long transfers, Map<String, Long> sums, List<String> problems) {

    public boolean isBalanced() {
      return problems.isEmpty();
    }
  }

  public static Report verify(SettlementReads reads, int site) {
    return new LedgerVerification(reads, site).run();
  }

  private Report run() {
    long after = 0;
    List<TransferRow> page = reads.transfers(site, after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(this::apply);
      after = page.getLast().transfer();
      page = reads.transfers(site, after, PAGE);
    }
    Map<String, Long> sums = compareAccounts();
    sums.forEach((asset, sum) -> {
      if (sum != 0) {
        problems.add("asset " + asset + " sums to " + sum + " instead of 0");
      }
    });
    compareHolds();
    return new Report(count, sums, List.copyOf(problems));
  }

  /// Index 0: balance, index 1: held.
  private long[] account(long ledger) {
    return balances.computeIfAbsent(ledger, _ -> new long[2]);
  }

  private void apply(TransferRow transfer) {
    count++;
    long[] debit = account(transfer.debit());
    long[] credit = account(transfer.credit());
    if (transfer.kind().moves()) {
      debit[0] = Math.subtractExact(debit[0], transfer.amount());
      credit[0] = Math.addExact(credit[0], transfer.amount());
    }
    if (debit[0] != transfer.debitAfter() || credit[0] != transfer.creditAfter()) {
      problems.add("transfer " + transfer.transfer() + " states balances " + transfer.debitAfter() + " and "
          + transfer.creditAfter() + ", computed " + debit[0] + " and " + credit[0]);
    }
    reserve(transfer, debit);
  }

  private void reserve(TransferRow transfer, long[] debit) {
    if (transfer.kind() == TransferKind.HOLD) {
      debit[1] = Math.addExact(debit[1], transfer.amount());
      openHolds.put(transfer.transfer(), transfer);
    } else if (transfer.pending() != 0) {
      TransferRow hold = openHolds.remove(transfer.pending());
      if (hold == null) {
        problems.add(
            "transfer " + transfer.transfer() + " ends hold " + transfer.pending() + ", which is not open");
      } else {
        account(hold.debit())[1] -= hold.amount();
      }
    }
  }

  private Map<String, Long> compareAccounts() {
    var sums = new TreeMap<String, Long>();
    for (LedgerAccountRow row : reads.ledgerAccounts(site)) {
      sums.merge(row.asset(), row.balance(), Math::addExact);
      long[] computed = balances.getOrDefault(row.ledger(), new long[2]);
      if (row.balance() != computed[0] || row.held() != computed[1]) {
        problems.add(
            "ledger account " + row.ledger() + " (" + row.kind() + " of " + row.owner() + ") states balance "
                + row.balance() + " and held " + row.held() + ", transfers say " + computed[0] + " and "
                + computed[1]);
      }
      balances.remove(row.ledger());
    }
    balances.keySet().stream().sorted()
        .forEach(ledger -> problems.add("transfers name ledger account " + ledger
            + ", which does not exist"));
    return sums;
  }

  private void compareHolds() {
    for (HoldRow hold : reads.openHolds(site)) {
      if (openHolds.remove(hold.hold()) == null) {
        problems.add("hold " + hold.hold() + " is open, but no open HOLD transfer says so");
      }
    }
    openHolds.keySet().stream().sorted().forEach(hold -> problems.add("HOLD transfer " + hold
        + " is open, but its hold row is not"));
  }
}
