package dev.counterfoil.settlement.ingest;

import dev.counterfoil.settlement.store.SyncRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Failed syncs on their way into the sync log. A sync that went well is logged by its own commit unit; what failed
/// wrote nothing, so it waits here for the next tick, all of them in one unit. The same failure of one terminal is one
/// entry a minute with a count, so that a terminal that knocks without end costs neither disk nor time.
///
/// A crash loses what a second of failures would have added; the terminal tells its own count again. Belongs to the
/// core's thread.
public final class SyncLog {

  /// How often the same failure of one terminal becomes an entry.
  static final long REPEAT_MILLIS = 60_000;

  private final Map<Kind, Held> held = new LinkedHashMap<>();

  private record Kind(int site, int terminal, String outcome) {}

  private static final class Held {
    private final List<SyncRow> waiting = new ArrayList<>(1);
    private long notBeforeMs = Long.MIN_VALUE;
  }

  /// A sync did not go well.
  public void failed(SyncRow row) {
    Held of = held.computeIfAbsent(new Kind(row.site(), row.terminal(), row.outcome()), _ -> new Held());
    if (of.waiting.isEmpty()) {
      of.waiting.add(row);
    } else {
      of.waiting.set(0, of.waiting.getFirst().plus(row));
    }
  }

  /// What is to be written now.
  public List<SyncRow> due(long nowMs) {
    held.values().removeIf(of -> of.waiting.isEmpty() && nowMs >= of.notBeforeMs);
    return held.values().stream().filter(of -> nowMs >= of.notBeforeMs).flatMap(of -> of.waiting.stream())
        .toList();
  }

  /// What was due is durable.
  public void written(long nowMs) {
    for (Held of : held.values()) {
      if (!of.waiting.isEmpty() && nowMs >= of.notBeforeMs) {
        of.waiting.clear();
        of.notBeforeMs = nowMs + REPEAT_MILLIS;
      }
    }
  }
}
