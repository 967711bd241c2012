package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.line.linux.GpioUapi.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells changes of all watched lines from one thread, which sleeps in `poll` for as long as nothing changes and starts with
/// the first watch.
///
/// Changes that lie there together are told in the order of the kernel's time stamps, whichever line they are of: the bits
/// of a Wiegand reader come on two lines.
///
/// A request may be closed by another thread while this one waits for it. Its number could then be another file's before
/// this thread is back, so [#close] waits until the thread is not in the kernel with it.
///
/// Threads: any. Listeners are called on the thread of the events and must take microseconds.
final class GpioEvents implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GpioEvents.class);
  private static final int EVENTS_AT_ONCE = 64;
  /// While lines ring faster than they are read, changes are told after this many rounds all the same.
  private static final int MOST_ROUNDS = 16;
  private static final byte[] WAKE = {1, 0, 0, 0, 0, 0, 0, 0};

  /// @param last sequence number of the change told last
  private static final class Watch {
    final GpioLine line;
    final Consumer<Edge> listener;
    int last;

    Watch(GpioLine line, Consumer<Edge> listener) {
      this.line = line;
      this.listener = listener;
    }
  }

  private record Told(Watch watch, Edge edge) {}

  private final Kernel kernel;
  private final Map<GpioLine, Watch> watches = new LinkedHashMap<>();
  private int wakeUp = GpioLine.NONE;
  private List<Integer> inKernel = List.of();
  private @Nullable Thread thread;
  private boolean closed;

  GpioEvents(Kernel kernel) {
    this.kernel = kernel;
  }

  /// From now on the listener hears the line's changes.
  ///
  /// @throws LineFault if no more files can be opened
  synchronized void watch(GpioLine line, Consumer<Edge> listener) {
    watches.put(line, new Watch(line, listener));
    if (thread == null && !closed) {
      int opened = kernel.wakeUpCall();
      if (opened < 0) {
        throw LineFault.of("watch GPIO lines", -opened);
      }
      wakeUp = opened;
      thread = Thread.ofPlatform().daemon().name("gpio-edges").start(this::run);
    } else {
      changed();
    }
  }

  synchronized void unwatch(GpioLine line) {
    watches.remove(line);
    changed();
  }

  /// A line that may be watched was requested or let go.
  synchronized void changed() {
    if (wakeUp != GpioLine.NONE) {
      kernel.write(wakeUp, WAKE);
    }
  }

  /// Closes the descriptor of a line as soon as the thread is not in the kernel with it.
  void close(int descriptor) {
    boolean interrupted = false;
    synchronized (this) {
      changed();
      while (inKernel.contains(descriptor) && !Thread.currentThread().equals(thread)) {
        try {
          wait();
        } catch (InterruptedException _) {
          // Who is asked to stop closes what he holds first; the thread is back at once.
          interrupted = true;
        }
      }
      kernel.close(descriptor);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (var watched = enter(); !watched.isEmpty(); watched = enter()) {
      var told = new ArrayList<Told>();
      try {
        collect(watched, told);
      } finally {
        leave();
      }
      told.sort(Comparator.comparingLong(one -> one.edge().nanos()));
      told.forEach(GpioEvents::tell);
    }
  }

  /// @return what is to be waited for, the wake-up call first; empty at the end
  private synchronized Map<Integer, @Nullable Watch> enter() {
    var wanted = new LinkedHashMap<Integer, @Nullable Watch>();
    if (closed) {
      kernel.close(wakeUp);
      wakeUp = GpioLine.NONE;
      return wanted;
    }
    wanted.put(wakeUp, null);
    for (var watch : watches.values()) {
      int descriptor = watch.line.openDescriptor();
      if (descriptor != GpioLine.NONE) {
        wanted.put(descriptor, watch);
      }
    }
    inKernel = List.copyOf(wanted.keySet());
    return wanted;
  }

  private synchronized void leave() {
    inKernel = List.of();
    notifyAll();
  }

  /// Waits for a change, then takes all that came with it: what lies on a line read before another one may be older.
  private void collect(Map<Integer, @Nullable Watch> watched, List<Told> told) {
    int[] descriptors = watched.keySet().stream().mapToInt(Integer::intValue).toArray();
    var ready = new boolean[descriptors.length];
    int found = kernel.poll(descriptors, ready, -1);
    for (int round = 0; found > 0 && round < MOST_ROUNDS; round++) {
      for (int i = 0; i < descriptors.length; i++) {
        if (ready[i] && !take(descriptors[i], watched.get(descriptors[i]), told)) {
          return;
        }
      }
      Arrays.fill(ready, false);
      found = kernel.poll(descriptors, ready, 0);
    }
  }

  /// @return false if the descriptor is worth nothing any more
  private boolean take(int descriptor, @Nullable Watch watch, List<Told> told) {
    if (watch == null) {
      kernel.read(descriptor, new byte[Long.BYTES]);
      return true;
    }
    var buffer = new byte[EVENTS_AT_ONCE * GpioUapi.EVENT_LENGTH];
    int got = kernel.read(descriptor, buffer);
    if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
      return true;
    }
    if (got <= 0) {
      LOG.warn("event=gpio_line_lost line={} cause=\"{}\"", watch.line.offset(),
          got == 0 ? "no more events" : Errno.name(-got));
      // Off this thread's list first, or poll would come back at once for ever.
      leave();
      watch.line.lost();
      // Who sleeps until an edge comes looks at the line now, and finds out.
      told.add(new Told(watch, new Edge(System.nanoTime(), true, watch.last)));
      return false;
    }
    for (int at = 0; at + GpioUapi.EVENT_LENGTH <= got; at += GpioUapi.EVENT_LENGTH) {
      told.add(new Told(watch, GpioUapi.readEvent(buffer, at)));
    }
    return true;
  }

  private static void tell(Told told) {
    var watch = told.watch();
    int dropped = told.edge().sequence() - watch.last - 1;
    if (dropped > 0 && watch.last != 0) {
      LOG.warn("event=gpio_edges_lost line={} count={}", watch.line.offset(), dropped);
    }
    watch.last = told.edge().sequence();
    try {
      watch.listener.accept(told.edge());
    } catch (RuntimeException e) {
      LOG.error("a listener of GPIO line {} met a mistake in the program", watch.line.offset(), e);
    }
  }

  /// Ends the thread, and waits for it.
  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      changed();
      ending = thread;
    }
    if (ending != null && !Thread.currentThread().equals(ending)) {
      try {
        ending.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
