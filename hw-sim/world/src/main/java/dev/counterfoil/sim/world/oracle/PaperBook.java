package dev.counterfoil.sim.world.oracle;

import dev.counterfoil.sim.world.oracle.PaperDeed.Granted;
import dev.counterfoil.sim.world.oracle.PaperDeed.Refunded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the office did, in its order, each with the store's commit that holds it: the oracle's own account of it. A store
/// that is put back takes the deeds behind it along.
public final class PaperBook {
  private final List<Entry> entries = new ArrayList<>();

  /// @param clerk  who did it
  /// @param action the stable code of it
  /// @param name   transaction that the deed was given
  /// @param commit the store's commit that holds it
  public record Entry(String clerk, String action, PaperId name, PaperDeed deed, int commit) {}

  public void write(Entry entry) {
    entries.add(entry);
  }

  public void restoredTo(int commit) {
    entries.removeIf(entry -> entry.commit() > commit);
  }

  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// Whether a holder was given a subsidy of that name.
  public boolean wasGranted(long account, String purse) {
    return grants().stream().anyMatch(grant -> grant.account() == account && grant.purse().equals(purse));
  }

  /// Every subsidy that was given, in order.
  public List<Granted> grants() {
    return entries.stream().map(Entry::deed).filter(Granted.class::isInstance).map(Granted.class::cast)
        .toList();
  }

  /// What was paid back of a sale.
  public long refundedMinor(PaperId sale) {
    return entries.stream().map(Entry::deed).mapToLong(
        deed -> deed instanceof Refunded(var of, var amountMinor) && of.equals(sale) ? amountMinor : 0)
        .sum();
  }
}
