package dev.counterfoil.terminal.status;

import dev.counterfoil.terminal.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a running terminal last wrote down of itself: `key=value` lines in a small file of its data folder (ADR 0035). Whole or
/// the one before, never durable on purpose: it is for people who look now, and a medium must not be worn out by it.
///
/// ```
/// written_ms=1790000000000     wall clock of this machine, like all times here
/// process=4711 1789999990000   number and start of the process: a number alone is given to somebody else one day
/// state=READY                  or the code of why nothing is sold
/// device.reader=READER_SILENT:3
/// problem.link_down=2 1789999995000    how often in this run, and when last
/// ended_ms=1790000000000       only when it ended in order
/// ```
public record RunStatus(Map<String, String> facts) {

  /// Its name in the data folder.
  public static final String NAME = "status";
  /// Of names such as `device.reader`.
  public static final String DEVICE = "device.";
  public static final String PROBLEM = "problem.";

  public RunStatus {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// Reads what a terminal left behind; empty where there is no file.
  ///
  /// @throws IOException if there is one that cannot be read
  public static Optional<RunStatus> in(Path data) throws IOException {
    Path file = data.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var facts = new LinkedHashMap<String, String>();
    for (String line : Files.readString(file).lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return Optional.of(new RunStatus(facts));
  }

  /// Puts this in the place of what was written before. Mode 0600.
  public void write(Path data) throws IOException {
    var text = new StringBuilder();
    facts.forEach((key, value) -> text.append(key).append('=').append(value.replaceAll("\\p{Cntrl}", " "))
        .append('\n'));
    DurableFiles.ON_DISK.replaceUnsynced(data.resolve(NAME),
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  public String text(String key) {
    return facts.getOrDefault(key, "");
  }

  /// 0 where it does not stand or is no number.
  public long number(String key) {
    String value = text(key);
    return value.matches("-?[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }

  /// The names and values behind a prefix.
  public Map<String, String> below(String prefix) {
    var found = new LinkedHashMap<String, String>();
    facts.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }

  /// Whether the process that wrote this is still there.
  public boolean isAlive() {
    String[] process = text("process").split(" ", -1);
    if (process.length != 2 || !process[0].matches("[0-9]{1,9}")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(process[0])).filter(ProcessHandle::isAlive)
        .filter(handle -> !isZombie(handle.pid())).map(ProcessHandle::info)
        .filter(
            info -> info.startInstant().map(start -> Long.toString(start.toEpochMilli()).equals(process[1]))
                .orElse(true))
        .isPresent();
  }

  /// A process that has ended and whose parent has not looked yet counts as alive to everybody else.
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException _) {
      // Gone meanwhile, or no Linux: what the JDK says holds.
      return false;
    }
  }

  /// How this process stands in [#isAlive].
  public static String thisProcess() {
    var process = ProcessHandle.current();
    return process.pid() + " " + process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }
}
