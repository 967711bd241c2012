package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;

/// What a holder has now, purse by purse.
///
/// @param cash his own money; whatever is reserved or frozen stands here
/// @param subsidies what he was granted and has not spent, by number
public record Holdings(LedgerAccountRow cash, List<Subsidy> subsidies) {

  /// @param balance minor units
  public record Subsidy(PurseRow purse, long balance) {}

  /// @param reads a reader of the calling thread; blocks for the disk
  public static Holdings of(SettlementReads reads, AccountRow row) {
    return new Holdings(ledger(reads, row.site(), row.cashLedger()), row.subsidised()
        ? reads.purses().pursesOf(row.site(), row.account()).stream().filter(PurseRow::live)
            .map(purse -> new Subsidy(purse, ledger(reads, row.site(), purse.ledger()).balance())).toList()
        : List.of());
  }

  private static LedgerAccountRow ledger(SettlementReads reads, int site, long ledger) {
    return reads.ledgerAccount(site, ledger)
        .orElseThrow(() -> new IllegalStateException("there is no ledger account " + ledger));
  }

  /// Of all purses, minor units.
  public long balance() {
    return Math.addExact(cash.balance(), subsidy());
  }

  /// Of what was granted.
  public long subsidy() {
    return subsidies.stream().mapToLong(Subsidy::balance).sum();
  }

  /// current = available + frozen (BAL-04).
  public long available() {
    return Math.subtractExact(balance(), cash.held());
  }

  public long held() {
    return cash.held();
  }

  /// Least available that a purchase may leave.
  public long floor() {
    return cash.floor();
  }
}
