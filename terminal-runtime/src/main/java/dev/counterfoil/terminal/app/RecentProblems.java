package dev.counterfoil.terminal.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts the warnings of this run by what they call themselves, `event` and `code`; nothing else of a line is kept.
///
/// Threads: any. Bounded by [#MOST]; the kind that was not seen for longest makes room.
final class RecentProblems extends Handler {

  /// Kinds that are remembered.
  static final int MOST = 24;

  private static final Pattern EVENT = Pattern.compile("\\bevent=([a-z_]{1,40})");
  private static final Pattern CODE = Pattern.compile("\\b(?:code=|detail=\")([A-Z][A-Z_]{2,39})\\b");

  private final Map<String, Seen> kinds = new LinkedHashMap<>();
  private final Formatter words = new SimpleFormatter();

  private record Seen(long count, long lastMillis) {}

  @Override
  public synchronized void publish(LogRecord entry) {
    if (entry.getLevel().intValue() < Level.WARNING.intValue()) {
      return;
    }
    String line = words.formatMessage(entry);
    Matcher event = EVENT.matcher(line);
    if (event.find()) {
      Matcher code = CODE.matcher(line);
      String kind = event.group(1) + (code.find() ? ":" + code.group(1) : "");
      Seen before = kinds.remove(kind);
      kinds.put(kind, new Seen(before == null ? 1 : before.count() + 1, entry.getMillis()));
      if (kinds.size() > MOST) {
        kinds.remove(kinds.keySet().iterator().next());
      }
    }
  }

  /// How often and when last, by kind; the newest last.
  synchronized Map<String, String> seen() {
    var told = new LinkedHashMap<String, String>();
    kinds.forEach((kind, seen) -> told.put(kind, seen.count() + " " + seen.lastMillis()));
    return told;
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
