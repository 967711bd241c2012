package dev.counterfoil.terminal.app;

import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.terminal.core.TerminalCore.Standing;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.status.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down how the running terminal is, for [StatusCommand]: what changed within five seconds, otherwise once a minute as a
/// sign that it still does so. A medium that hangs holds up this thread and nobody else.
///
/// Threads: one of its own.
final class StatusKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(StatusKeeper.class);
  private static final long LOOK_MILLIS = 5_000;
  /// Each is a write to a medium that wears out.
  static final long REWRITE_MILLIS = 60_000;
  private static final long PATIENCE_MILLIS = 1_000;

  private final Path data;
  private final String server;
  private final Supplier<Standing> standing;
  private final InstantSource wall;
  private final MonotonicClock clock;
  private final Thread thread = Thread.ofPlatform().name("status").daemon().unstarted(this::run);
  private Map<String, String> written = Map.of();
  private long writtenAt;
  private boolean failing;

  /// @param server   where this terminal sends
  /// @param standing how it is; any thread
  StatusKeeper(Path data, String server, Supplier<Standing> standing, InstantSource wall,
      MonotonicClock clock) {
    this.data = data;
    this.server = server;
    this.standing = standing;
    this.wall = wall;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        look();
        clock.await(LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      LOG.debug("the status is written no more");
    }
  }

  /// Writes if there is something to tell.
  void look() {
    var facts = facts();
    if (!facts.equals(written) || clock.millis() - writtenAt >= REWRITE_MILLIS) {
      write(facts, Map.of("clock_ahead_ms", Long.toString(standing.get().condition().getClockAheadMs())));
    }
  }

  private Map<String, String> facts() {
    var now = standing.get();
    var condition = now.condition();
    var facts = new LinkedHashMap<String, String>();
    facts.put("process", RunStatus.thisProcess());
    facts.put("software", RunningTerminal.SOFTWARE);
    facts.put("cause", condition.getStartCause());
    facts.put("starts", Long.toString(condition.getStarts()));
    facts.put("state", now.health());
    facts.put("server", server);
    facts.put("desk", now.online() ? "open" : "closed");
    facts.put("contact_ms", Long.toString(now.contactMillis()));
    facts.put("clock", TimeQuality.ofCode(condition.getTimeQuality()).name());
    for (DeviceCondition device : condition.getDevicesList()) {
      facts.put(RunStatus.DEVICE + device.getName(),
          (device.getFault().isEmpty() ? "WELL" : device.getFault()) + ":" + device.getFailures());
    }
    LogLines.PROBLEMS.seen().forEach((kind, seen) -> facts.put(RunStatus.PROBLEM + kind, seen));
    return facts;
  }

  private void write(Map<String, String> facts, Map<String, String> beside) {
    var all = new LinkedHashMap<String, String>();
    all.put("written_ms", Long.toString(wall.millis()));
    all.putAll(facts);
    all.putAll(beside);
    try {
      new RunStatus(all).write(data);
      written = facts;
      writtenAt = clock.millis();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("event=status_unwritable folder={} cause=\"{}\"", data, e.toString());
      }
      failing = true;
    }
  }

  /// Stops the thread; a medium that hangs is not waited for.
  void endThread() {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The last word of a run that ended as it should. Only after [#endThread].
  void endInOrder() {
    if (!thread.isAlive()) {
      write(facts(), Map.of("ended_ms", Long.toString(wall.millis())));
    }
  }
}
