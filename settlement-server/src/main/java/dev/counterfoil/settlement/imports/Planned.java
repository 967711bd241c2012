package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.money.Money;
import java.util.List;
import java.util.stream.Collectors;

/// What a file changes.
///
/// @param present rows that were imported before, as they stand here
/// @param fresh   the others
/// @param tallies what the others bring, by name
public record Planned(long present, Lines fresh, List<Tally> tallies) {

  public Planned {
    tallies = List.copyOf(tallies);
  }

  /// How many rows are new.
  public long count() {
    return switch (fresh) {
      case Lines.Sales(var rows) -> rows.size();
      case Lines.Accounts(var rows) -> rows.size();
      case Lines.Orders(var rows) -> rows.size();
    };
  }

  /// For the audit trail: `present=2 SALE_IMPORTED=3/37.50`.
  public String told() {
    return "present=" + present + tallies.stream().map(each -> " " + each.what().replace(' ', '_') + "="
        + each.count() + (each.amount() > 0 ? "/" + Money.decimal(each.amount()) : ""))
        .collect(Collectors.joining());
  }
}
