package dev.counterfoil.terminal.core;

import java.util.ArrayList;
import java.util.List;

/// Decides when the terminal gives a sign of life to what would start it anew without one: the machine's watchdog and the
/// service manager. Pure but for what it remembers.
///
/// A sign is given only when core loop, journal and reader have all gone on since the last one. Going on without work
/// counts: the loop's tick, a task of the journal that does nothing, a look into an empty field, a try to find a reader that is not there.
/// A program of which only the thread with the watchdog still runs gives none.
///
/// Threads: one.
public final class LifeSigns {

  /// A part that has not gone on at this many looks in a row is told. One is nothing: a reader's pause between two tries.
  static final int LOOKS_BEFORE_HELD = 2;

  /// How far each part has come, counted from the start of the program in steps of its own.
  ///
  /// @param loop    turns of the core's loop
  /// @param journal tasks done on the journal's thread
  /// @param reader  looks for cards; where there is no reader, any number that rises
  public record Progress(long loop, long journal, long reader) {

    private List<String> behind(Progress now) {
      var parts = new ArrayList<String>();
      if (now.loop <= loop) {
        parts.add("loop");
      }
      if (now.journal <= journal) {
        parts.add("journal");
      }
      if (now.reader <= reader) {
        parts.add("reader");
      }
      return parts;
    }
  }

  /// What is to be done.
  public sealed interface Sign {

    /// Tell the watchdog and the service manager that all is well.
    record Alive() implements Sign {}

    /// Tell the service manager how the terminal is.
    record Status(String health) implements Sign {}

    /// Log that no sign is given, and because of whom. Told once until the next sign.
    record Held(List<String> parts) implements Sign {

      public Held {
        parts = List.copyOf(parts);
      }
    }
  }

  private Progress atLastSign = new Progress(0, 0, 0);
  private int looksWithout;
  private String toldHealth = "";

  /// One look.
  ///
  /// @param health READY, or the code of why nothing is sold now
  public List<Sign> look(Progress now, String health) {
    var signs = new ArrayList<Sign>();
    if (!health.equals(toldHealth)) {
      toldHealth = health;
      signs.add(new Sign.Status(health));
    }
    var behind = atLastSign.behind(now);
    if (behind.isEmpty()) {
      atLastSign = now;
      looksWithout = 0;
      signs.add(new Sign.Alive());
    } else if (++looksWithout == LOOKS_BEFORE_HELD) {
      signs.add(new Sign.Held(behind));
    }
    return signs;
  }
}
