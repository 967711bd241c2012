package dev.counterfoil.settlement.imports;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.StoreMemory;

/// Takes files over, each as one commit unit: all of it becomes durable or none (docs/adr/0020). A file is planned twice: by
/// {@link #check} on the thread of whoever imports it, through a reader, which finds almost all that can be wrong and delays
/// nobody; and by {@link #book} on the core's thread, from what the books say then.
public final class ImportDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public ImportDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// By what the core decides, for whoever checks beforehand.
  public CoreSettings settings() {
    return settings;
  }

  /// What a file would change; nothing is changed. Any thread.
  ///
  /// @param reads a reader that the calling thread may use
  /// @param file  gets further faults, if there are any
  public static Planned check(ImportFile file, SettlementReads reads, SiteRow site, Terms terms, long nowMs,
      Progress progress) {
    var books = new Books(SiteMemory.look(reads, site), reads, new CommitUnit(), nowMs);
    return plan(file.lines(), books, reads, terms, file.faults(), true, progress);
  }

  /// Books what a check found to be new. Belongs to the core's thread.
  ///
  /// @param faults gets what is wrong by now; nothing was changed if it is not empty afterwards
  /// @throws RefusedException SYSTEM_BUSY if another import brought some of it meanwhile: check again
  public Planned book(Planned checked, int site, Terms terms, Faults faults, long nowMs) {
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    Planned planned = plan(checked.fresh(), books, memory.reads(), terms, faults, false, (_, _, _) -> {
    });
    if (faults.isEmpty()) {
      books.close();
      RefusedException.unlessCommitted(memory.commit(unit));
    } else {
      memory.forget();
    }
    return planned;
  }

  private static Planned plan(Lines lines, Books books, SettlementReads reads, Terms terms, Faults faults,
      boolean looksUp, Progress progress) {
    return switch (lines) {
      case Lines.Sales(var rows) -> {
        var plan = new SalePlan(books, reads, terms, faults, looksUp);
        plan.addAll(rows, progress);
        yield plan.planned(new Lines.Sales(plan.fresh()));
      }
      case Lines.Accounts(var rows) -> {
        var plan = new AccountPlan(books, reads, terms, faults, looksUp);
        plan.addAll(rows, progress);
        yield plan.planned(new Lines.Accounts(plan.fresh()));
      }
      case Lines.Orders(var rows) -> {
        var plan = new OrderPlan(books, reads, terms, faults, looksUp);
        plan.addAll(rows, progress);
        yield plan.planned(new Lines.Orders(plan.fresh()));
      }
    };
  }
}
