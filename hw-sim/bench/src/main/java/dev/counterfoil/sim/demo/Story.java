package dev.counterfoil.sim.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells the person at the screen what happens, one line a step, and remembers what did not happen as it should.
/// Safe for several threads.
final class Story {

  private final PrintStream out;
  private final long startedNanos = System.nanoTime();
  private final List<String> disappointments = new ArrayList<>();

  Story(PrintStream out) {
    this.out = out;
  }

  /// One step of the script.
  synchronized void tell(String format, Object... arguments) {
    out.printf(Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - startedNanos) / 1e9,
        String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /// What the run must show; if it does not, the run fails at its end.
  synchronized void require(boolean shown, String what) {
    if (!shown) {
      disappointments.add(what);
      out.println("         MISSING " + what);
    }
  }

  synchronized List<String> disappointments() {
    return List.copyOf(disappointments);
  }

  synchronized void blank() {
    out.println();
  }

  /// Passes on what another program printed.
  synchronized void quote(Iterable<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
