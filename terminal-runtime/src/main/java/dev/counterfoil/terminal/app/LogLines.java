package dev.counterfoil.terminal.app;

import java.time.Instant;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// One line a log entry, `key=value`, to standard error: what a system's journal can keep and a script can read.
final class LogLines {

  /// Held, because the JDK forgets levels of loggers that nobody holds.
  private static final List<Logger> QUIET = List.of(Logger.getLogger("com.pi4j"),
      Logger.getLogger("com.pi4j.boardinfo"), Logger.getLogger("io.netty"));

  /// What went wrong in this run, by kind.
  static final RecentProblems PROBLEMS = new RecentProblems();

  private LogLines() {}

  /// Sets the log up for this program.
  static void begin() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new ErrorStream());
    root.addHandler(PROBLEMS);
    root.setLevel(Level.INFO);
    QUIET.getFirst().setLevel(Level.WARNING);
    // It warns on every machine that is no Raspberry Pi, and a simulated board is on such a machine.
    QUIET.get(1).setLevel(Level.OFF);
    QUIET.getLast().setLevel(Level.WARNING);
  }

  private static final class ErrorStream extends StreamHandler {

    ErrorStream() {
      super(System.err, new OneLine());
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      super.publish(entry);
      flush();
    }
  }

  static final class OneLine extends Formatter {

    @Override
    public String format(LogRecord entry) {
      var line = new StringBuilder(160);
      line.append(Instant.ofEpochMilli(entry.getMillis())).append(" level=").append(level(entry.getLevel()))
          .append(' ').append(formatMessage(entry));
      Throwable thrown = entry.getThrown();
      if (thrown != null) {
        line.append(" cause=\"").append(thrown).append('"');
        for (StackTraceElement frame : thrown.getStackTrace()) {
          line.append(" at ").append(frame);
        }
      }
      return line.toString().replaceAll("\\p{Cntrl}+", " ") + "\n";
    }

    private static String level(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      return level.intValue() >= Level.WARNING.intValue() ? "WARN" : level.getName();
    }
  }
}
