package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.sim.world.oracle.PaperDeed.Refunded;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Checks of what operators did: I-3 (no sale pays back more than it took) and I-28 (who decides is not who asked). Reads
/// rows and the paper book.
public final class OfficeAudit {
  private final SettlementReads books;
  private final int site;
  private final PaperBook paper;

  public OfficeAudit(SettlementReads books, int site, PaperBook paper) {
    this.books = books;
    this.site = site;
    this.paper = paper;
  }

  public void verify() {
    refunds();
    for (MoneyRequestKind kind : MoneyRequestKind.values()) {
      for (MoneyRequestState state : MoneyRequestState.values()) {
        books.money().requests(site, kind, state, 0, Integer.MAX_VALUE).forEach(OfficeAudit::fourEyes);
      }
    }
  }

  private void refunds() {
    Map<PaperId, Long> back = new LinkedHashMap<>();
    for (PaperBook.Entry entry : paper.entries()) {
      if (entry.deed() instanceof Refunded(var sale, var amountMinor)) {
        back.merge(sale, amountMinor, Math::addExact);
      }
    }
    back.forEach(this::refunds);
  }

  /// @param sum what the office paid back of the sale
  private void refunds(PaperId sale, long sum) {
    var id = new TransactionId(sale.high(), sale.low());
    TransactionRow row = books.transaction(site, id).orElseThrow();
    require(sum <= row.amount(), "I-3", () -> "of " + row + " " + sum + " were paid back");
    long stored = -books.refundsOf(site, id).stream().mapToLong(TransactionRow::amount).sum();
    require(stored == sum, "I-3",
        () -> "of " + sale + " the books paid back " + stored + ", the office " + sum);
  }

  private static void fourEyes(MoneyRequestRow row) {
    require(row.decidedMs() == 0 || !plain(row.requester()).equals(plain(row.approver())), "I-28",
        () -> "request " + row.number() + " of " + row.requester() + " was decided by " + row.approver());
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
