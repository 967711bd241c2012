package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// I-11: a hole in a terminal's numbers is in front of a person within a minute of the contact that could tell of it.
/// The minute begins when the hole is declared and the terminal has been welcomed on a connection that stays; it is
/// looked at when it is over, on that same connection, if both ends still hear each other on it.
final class GapWatch {
  static final long MINUTE_MICROS = 60_000_000;

  private final World world;
  private final Map<TerminalId, Set<Long>> declared = new HashMap<>();

  GapWatch(World world) {
    this.world = world;
  }

  /// The terminal's medium holds a GAP with this number now.
  void declared(TerminalId terminal, long seq) {
    declared.computeIfAbsent(terminal, _ -> new TreeSet<>()).add(seq);
  }

  boolean hasAny(TerminalId terminal) {
    return declared.containsKey(terminal);
  }

  /// The medium with the newer records is gone; its declarations went with it.
  void forgotten(TerminalId terminal, long headSeq) {
    Set<Long> gaps = declared.get(terminal);
    if (gaps != null) {
      gaps.removeIf(seq -> seq > headSeq);
    }
  }

  /// A minute of unbroken contact is over.
  void look(TerminalId terminal, SettlementReads books) {
    Set<Long> known = new HashSet<>();
    int number = books.terminal(terminal).orElseThrow().terminal();
    books.exceptions(World.SITE, false, 0, Integer.MAX_VALUE).stream()
        .filter(row -> row.kind() == ExceptionKind.RECORD_GAP && row.terminal() == number)
        .forEach(row -> known.add(row.seq()));
    declared.getOrDefault(terminal, new TreeSet<>()).forEach(seq -> require(known.contains(seq), "I-11",
        "terminal " + number + " declared a gap with record " + seq
            + " and was in contact for a minute, no exception at " + world.queue().nowMillis() + " ms"));
  }
}
