package dev.counterfoil.sim.world;

import java.util.Arrays;

/// Virtual time and what happens in it: a binary heap of actions ordered by time, then by the order in which they
/// were scheduled, so that equal times never depend on the heap's shape.
///
/// Time is in microseconds since the start of the run. One thread. Nothing here blocks or looks at a real clock.
public final class EventQueue {
  /// What runs at its time. It may schedule more.
  @FunctionalInterface
  public interface Action {
    void run();
  }

  private final Trace trace;
  private Entry[] heap = new Entry[1024];
  private int size;
  private long nowMicros;
  private long scheduled;
  private long executed;

  private record Entry(long atMicros, long order, EventTag tag, int actor, Action action) {
    boolean before(Entry other) {
      return atMicros != other.atMicros ? atMicros < other.atMicros : order < other.order;
    }
  }

  public EventQueue(Trace trace) {
    this.trace = trace;
  }

  public long nowMicros() {
    return nowMicros;
  }

  public long nowMillis() {
    return nowMicros / 1000;
  }

  public long executed() {
    return executed;
  }

  public int pending() {
    return size;
  }

  /// When the next action is due; `Long.MAX_VALUE` if nothing is.
  public long nextMicros() {
    return size == 0 ? Long.MAX_VALUE : heap[0].atMicros;
  }

  /// Schedules `action` after `delayMicros` (0 or more; 0 runs after everything already due now).
  public void after(long delayMicros, EventTag tag, int actor, Action action) {
    if (delayMicros < 0) {
      throw new IllegalStateException("negative delay " + delayMicros + " for " + tag);
    }
    add(new Entry(Math.addExact(nowMicros, delayMicros), scheduled++, tag, actor, action));
  }

  public void at(long micros, EventTag tag, int actor, Action action) {
    after(Math.max(0, micros - nowMicros), tag, actor, action);
  }

  /// Runs the next action unless it lies after `untilMicros`; then only the clock moves there and false comes back.
  public boolean runNext(long untilMicros) {
    if (size == 0 || heap[0].atMicros > untilMicros) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return false;
    }
    Entry next = remove();
    nowMicros = next.atMicros;
    executed++;
    trace.event(nowMicros, next.tag, next.actor);
    next.action.run();
    return true;
  }

  private void add(Entry entry) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!entry.before(heap[parent])) {
        break;
      }
      heap[child] = heap[parent];
      child = parent;
    }
    heap[child] = entry;
  }

  @SuppressWarnings("NullAway") // the vacated slot is beyond size and never read
  private Entry remove() {
    Entry top = heap[0];
    Entry last = heap[--size];
    heap[size] = null;
    int parent = 0;
    for (int child = 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && heap[child + 1].before(heap[child])) {
        child++;
      }
      if (!heap[child].before(last)) {
        break;
      }
      heap[parent] = heap[child];
      parent = child;
    }
    if (size > 0) {
      heap[parent] = last;
    }
    return top;
  }
}
