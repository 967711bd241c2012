package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.pole.PoleDisplay;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `sim cd5220`: one customer display on a pseudo-terminal, its text on the console, until Ctrl-C.
public final class PoleCommand {
  private static final String USAGE = """
      usage: sim cd5220 --link PATH
        --link PATH   where the display's serial port appears""";
  private static final long LONG_MILLIS = 60_000;

  private final PrintStream out;
  private final PrintStream err;

  PoleCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs on the standard streams until the JVM is asked to stop.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return new PoleCommand(System.out, System.err).run(args, new CountDownLatch(1));
  }

  /// Runs until `end` opens or the JVM is asked to stop.
  int run(String[] args, CountDownLatch end) {
    return new StandAlone(out, err, USAGE, List.of("--link")).run(args, end, this::start);
  }

  private AutoCloseable start(Map<String, String> options) {
    Path link = Path.of(StandAlone.required(options, "--link"));
    PtyLine line = PtyLine.publishedAt(link);
    PoleDisplay display = PoleDisplay.on(line);
    Thread watcher = Thread.ofVirtual().start(() -> watch(display));
    out.println("CD5220 at " + link + " (" + line.slavePath() + "); Ctrl-C ends it");
    return () -> {
      watcher.interrupt();
      display.close();
    };
  }

  private void watch(PoleDisplay display) {
    try {
      List<String> shown = display.glass();
      while (true) {
        List<String> last = shown;
        if (display.awaitGlass(now -> !now.equals(last), LONG_MILLIS)) {
          shown = display.glass();
          out.println("|" + String.join("|" + System.lineSeparator() + "|", shown) + "|");
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
