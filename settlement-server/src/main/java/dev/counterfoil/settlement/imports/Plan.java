package dev.counterfoil.settlement.imports;

import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Puts the rows of a file into one commit unit, in their order, each seeing what came before it. Once a row is a fault the
/// unit is worth nothing, and what follows only looks for more faults. One thread, one unit.
abstract sealed class Plan<T> permits SalePlan, AccountPlan, OrderPlan {

  private static final int AT_ONCE = 500;

  final Books books;
  final SettlementReads reads;
  final Terms terms;
  final Faults faults;
  private final boolean looksUp;
  private final List<T> fresh = new ArrayList<>();
  private final TreeMap<String, Tally> tallies = new TreeMap<>();
  private long present;

  /// @param looksUp whether it must ask which rows were imported before; where that was asked already, the keys of the
  ///     store say if it has changed since
  Plan(Books books, SettlementReads reads, Terms terms, Faults faults, boolean looksUp) {
    this.books = books;
    this.reads = reads;
    this.terms = terms;
    this.faults = faults;
    this.looksUp = looksUp;
  }

  /// What became of a row that was imported before.
  enum Known {
    NEVER, SAME, OTHER
  }

  abstract Known known(T line);

  /// Asks for many rows at once what {@link #known} will be asked of each of them.
  abstract void lookUp(List<T> lines);

  abstract int row(T line);

  /// Books a row that is new, or adds a fault.
  abstract void book(T line);

  final void addAll(List<T> lines, Progress progress) {
    for (int from = 0; from < lines.size(); from += AT_ONCE) {
      List<T> some = lines.subList(from, Math.min(lines.size(), from + AT_ONCE));
      if (looksUp) {
        lookUp(some);
      }
      for (int i = 0; i < some.size(); i++) {
        add(some.get(i));
        progress.at("checked", from + i + 1L, lines.size());
      }
    }
  }

  private void add(T line) {
    switch (looksUp ? known(line) : Known.NEVER) {
      case NEVER -> {
        fresh.add(line);
        book(line);
      }
      case SAME -> present++;
      case OTHER -> faults.add(row(line), "reference", ImportFault.REFERENCE_REUSED,
          "it was imported from " + terms.source() + " before, with other content");
    }
  }

  final void count(String what, long amount) {
    tallies.merge(what, new Tally(what, 1, amount),
        (one, other) -> new Tally(what, one.count() + other.count(),
            Math.addExact(one.amount(), other.amount())));
  }

  final List<T> fresh() {
    return fresh;
  }

  final Planned planned(Lines lines) {
    return new Planned(present, lines, List.copyOf(tallies.values()));
  }
}
