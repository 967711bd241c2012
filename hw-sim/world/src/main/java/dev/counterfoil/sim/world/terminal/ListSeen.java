package dev.counterfoil.sim.world.terminal;

import java.util.ArrayDeque;
import java.util.Deque;

/// Which deny list a terminal had when. Somebody whose purchase began before a list arrived may still be served.
final class ListSeen {
  /// Longer than any purchase takes.
  private static final long PURCHASE_MICROS = 10_000_000;
  private static final int REMEMBERED = 16;

  private final Deque<Seen> lists = new ArrayDeque<>();

  private record Seen(long atMicros, long version) {}

  void has(long nowMicros, long version) {
    if (lists.isEmpty() || lists.getLast().version != version) {
      lists.addLast(new Seen(nowMicros, version));
    }
    if (lists.size() > REMEMBERED) {
      lists.removeFirst();
    }
  }

  /// The list that a purchase which ends now must have obeyed, 0 if none; an older one when the medium went back.
  long obeyed(long nowMicros, long version) {
    long obeyed = 0;
    for (Seen seen : lists) {
      if (seen.atMicros <= nowMicros - PURCHASE_MICROS) {
        obeyed = seen.version;
      }
    }
    return Math.min(obeyed, version);
  }
}
