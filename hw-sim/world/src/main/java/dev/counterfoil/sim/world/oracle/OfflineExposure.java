package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import com.google.protobuf.ByteString;
import dev.counterfoil.sim.world.oracle.PaperRecord.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// I-30: what a terminal approved by card without the server, and the server has not seen, never exceeds what it was
/// allowed. Counts records in the moment in which they are durable; knows no counter of the terminal.
///
/// A terminal whose medium was put back is not judged here: its counters went back with it, and that is what the
/// roll-back verdict is for.
public final class OfflineExposure {
  /// What is allowed, in approvals and minor units.
  ///
  /// @param tapMinor one purchase
  /// @param cardMinor one card
  public record Caps(long count, long sumMinor, long tapMinor, long cardMinor) {
    /// For a terminal that nobody grants anything, and that is not judged.
    public static final Caps NONE = new Caps(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private final Caps caps;
  private final List<NavigableMap<Long, Effect.Sold>> unseen = new ArrayList<>();

  OfflineExposure(int terminals, Caps caps) {
    this.caps = caps;
    for (int i = 0; i < terminals; i++) {
      unseen.add(new TreeMap<>());
    }
  }

  void serverHas(int terminal, long seq) {
    unseen.get(terminal).headMap(seq, true).clear();
  }

  void durable(int terminal, PaperRecord record) {
    NavigableMap<Long, Effect.Sold> open = unseen.get(terminal);
    if (record.effect() instanceof Effect.Voided voided) {
      open.values().removeIf(sale -> sale.transaction().equals(voided.original()));
    }
    if (record.effect() instanceof Effect.Sold sale && sale.offline() && !sale.cash()) {
      open.put(record.seq(), sale);
      judge("terminal " + terminal, open, sale.card(), sale.amountMinor());
    }
  }

  private void judge(String who, NavigableMap<Long, Effect.Sold> open, ByteString card, long tapMinor) {
    long sum = 0;
    long ofCard = 0;
    for (Effect.Sold sale : open.values()) {
      sum = Math.addExact(sum, sale.amountMinor());
      ofCard = Math.addExact(ofCard, sale.card().equals(card) ? sale.amountMinor() : 0);
    }
    require(open.size() <= caps.count, "I-30", who + " approved " + open.size() + " alone of " + caps.count);
    require(sum <= caps.sumMinor, "I-30", who + " approved " + sum + " alone of " + caps.sumMinor);
    require(ofCard <= caps.cardMinor, "I-30", who + " approved " + ofCard + " of one card alone");
    require(tapMinor <= caps.tapMinor, "I-30", who + " approved " + tapMinor + " in one tap alone");
  }
}
