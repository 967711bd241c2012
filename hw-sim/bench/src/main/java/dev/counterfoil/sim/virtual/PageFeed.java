package dev.counterfoil.sim.virtual;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.json.JsonMapper;

/// What happened, for pages that look on: numbered events, the newest of which are kept. Any thread.
final class PageFeed {

  /// A page that fell behind by more reads the whole state anew.
  static final int KEPT = 4_000;

  /// @param number from 1
  /// @param json   one line
  record Numbered(long number, String json) {}

  private final JsonMapper mapper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Deque<Numbered> newest = new ArrayDeque<>();
  private long last;

  PageFeed(JsonMapper mapper) {
    this.mapper = mapper;
  }

  void publish(Map<String, Object> event) {
    String json = mapper.writeValueAsString(event);
    lock.lock();
    try {
      newest.addLast(new Numbered(++last, json));
      if (newest.size() > KEPT) {
        newest.removeFirst();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Number of the newest event, 0 before the first.
  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for events after this one.
  ///
  /// @return empty if the time is over; one with the number -1 if some of them are kept no more
  List<Numbered> after(long number, long timeoutMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (number >= last && left > 0) {
        left = more.awaitNanos(left);
      }
      // More than there are: of a page that was open while another program ran here.
      if (number > last || last - number > newest.size()) {
        return List.of(new Numbered(-1, ""));
      }
      return newest.stream().filter(event -> event.number > number).toList();
    } finally {
      lock.unlock();
    }
  }
}
