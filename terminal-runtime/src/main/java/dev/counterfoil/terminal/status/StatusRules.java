package dev.counterfoil.terminal.status;

import dev.counterfoil.terminal.journal.CacheVersions;
import dev.counterfoil.terminal.journal.JournalGlance;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.status.Found.Medium;
import dev.counterfoil.terminal.status.Found.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Judges what was found: which line is well and which is not. Pure.
public final class StatusRules {

  /// Three times what a run that is well takes to write anew.
  static final long STALE_MILLIS = Duration.ofMinutes(3).toMillis();
  static final long CONTACT_MILLIS = Duration.ofMinutes(10).toMillis();
  static final long UNSENT_MILLIS = Duration.ofHours(1).toMillis();
  static final long LEAST_BYTES = 64L * 1024 * 1024;
  static final int FILLING_PERCENT = 80;

  private static final String NEVER = "never";
  private static final long PERCENT = 100;

  private final Found found;
  private final boolean running;

  private StatusRules(Found found) {
    this.found = found;
    this.running = found.run().filter(RunStatus::isAlive).isPresent();
  }

  public static StatusReport judge(Found found) {
    return new StatusRules(found).report();
  }

  private StatusReport report() {
    var lines = new ArrayList<StatusLine>();
    lines.add(orProblem("config", found.configProblem(), facts("file", found.config())));
    lines.add(
        orProblem("terminal", found.identityProblem(), facts("id", found.terminal(), "name", found.name())));
    lines.add(program());
    lines.add(server());
    lines.add(journal());
    found.journal().ifPresent(glance -> {
      lines.add(unsent(glance));
      CacheVersions held = glance.state().versions();
      lines.add(told("snapshot", held.snapshot(), held.snapshotServerMillis(), glance.state()));
      lines.add(told("deny-list", held.deny(), held.denyServerMillis(), glance.state()));
      lines.add(clock(glance.state()));
    });
    lines.add(devices());
    lines.add(space());
    lines.add(problems());
    return new StatusReport(lines);
  }

  private static StatusLine orProblem(String part, Optional<Problem> problem, Map<String, Object> facts) {
    return problem.map(wrong -> new StatusLine(part, wrong.code(), facts, wrong.detail()))
        .orElseGet(() -> StatusLine.well(part, facts));
  }

  private StatusLine program() {
    var run = found.run();
    var facts = new LinkedHashMap<String, Object>();
    facts.put("running", running);
    run.ifPresent(said -> {
      facts.put("state", said.text("state"));
      facts.put("since", at(Long.parseLong("0" + said.text("process").replaceFirst("^[0-9]* ?", ""))));
      facts.put("cause", said.text("cause"));
      facts.put("starts", said.number("starts"));
      facts.put("software", said.text("software"));
      facts.put("written", at(said.number("written_ms")));
    });
    if (!running) {
      facts.put("ended", run.filter(said -> said.number("ended_ms") > 0)
          .map(said -> at(said.number("ended_ms")))
          .orElse(found.mark().isEmpty() ? NEVER : "mark " + found.mark()));
      return StatusLine.ill("program", StatusCode.TERMINAL_NOT_RUNNING, facts);
    }
    RunStatus said = run.orElseThrow();
    if (found.nowMillis() - said.number("written_ms") > STALE_MILLIS) {
      return StatusLine.ill("program", StatusCode.STATUS_STALE, facts);
    }
    String state = said.text("state");
    return state.equals("READY") ? StatusLine.well("program", facts)
        : new StatusLine("program", state, facts, "docs/OPERATING.md says what to do");
  }

  private boolean isOnline() {
    return running && found.run().filter(said -> said.text("desk").equals("open")).isPresent();
  }

  /// Server's time of the last contact that anybody remembers.
  private long contactMillis() {
    long said = running ? found.run().map(run -> run.number("contact_ms")).orElse(0L) : 0;
    return Math.max(said, found.journal().map(JournalGlance::state).map(
        state -> Math.max(state.runTime().contactWallMillis(), state.ack().statement().getServerMs()))
        .orElse(0L));
  }

  private StatusLine server() {
    long contact = isOnline() ? found.nowMillis() : contactMillis();
    var facts = facts("server", found.server(), "connected", isOnline(), "contact", at(contact), "age_s",
        age(contact));
    // A program that does not run is its own line.
    boolean lost = running && found.nowMillis() - contact > CONTACT_MILLIS;
    return lost ? StatusLine.ill("server", StatusCode.NO_SERVER_CONTACT, facts)
        : StatusLine.well("server", facts);
  }

  private StatusLine journal() {
    if (found.journal().isEmpty()) {
      return orProblem("journal", found.journalProblem(), facts("file", found.journalFile()));
    }
    JournalState state = found.journal().get().state();
    long percent = state.recordCount() * PERCENT / Math.max(1, found.capacity());
    var facts = facts("file", found.journalFile(), "schema", found.journal().get().schema(), "head",
        state.head().seq(), "records", state.recordCount(), "capacity", found.capacity(), "percent", percent);
    state.barred().ifPresent(why -> facts.put("barred", why.name()));
    if (state.locked()) {
      facts.put("locked", true);
    }
    return percent >= FILLING_PERCENT ? StatusLine.ill("journal", StatusCode.JOURNAL_FILLING, facts)
        : StatusLine.well("journal", facts);
  }

  private StatusLine unsent(JournalGlance glance) {
    var facts = facts("records", glance.state().unsent(), "received", glance.state().ack().receivedSeq());
    if (glance.oldestUnsentMillis().isEmpty()) {
      return StatusLine.well("unsent", facts);
    }
    long oldest = glance.oldestUnsentMillis().getAsLong();
    facts.put("oldest", at(oldest));
    facts.put("age_s", age(oldest));
    return found.nowMillis() - oldest > UNSENT_MILLIS ? StatusLine.ill("unsent", StatusCode.UNSENT_OLD, facts)
        : StatusLine.well("unsent", facts);
  }

  /// Who is in contact has what is newest, however long ago it last changed.
  private StatusLine told(String part, long version, long servedMillis, JournalState state) {
    long fresh = isOnline() ? found.nowMillis() : Math.max(servedMillis, contactMillis());
    long most = state.ack().statement().getAllowance().getMaxSnapshotAgeMs();
    var facts = facts("version", version, "told", at(servedMillis), "age_s", age(servedMillis), "current",
        at(fresh));
    return most > 0 && found.nowMillis() - fresh > most ? StatusLine.ill(part, StatusCode.SNAPSHOT_OLD, facts)
        : StatusLine.well(part, facts);
  }

  private StatusLine clock(JournalState state) {
    String quality = running ? found.run().map(said -> said.text("clock")).orElse("") : "";
    var facts = facts("now", at(found.nowMillis()), "anchor", at(state.anchor().serverMillis()));
    if (!running) {
      return StatusLine.well("clock", facts);
    }
    facts.put("quality", quality);
    facts.put("ahead_ms", found.run().map(said -> said.number("clock_ahead_ms")).orElse(0L));
    return quality.equals("ANCHORED") ? StatusLine.well("clock", facts)
        : StatusLine.ill("clock", StatusCode.CLOCK_NOT_ANCHORED, facts);
  }

  private StatusLine devices() {
    var facts = new LinkedHashMap<String, Object>();
    var said = running ? found.run().map(run -> run.below(RunStatus.DEVICE)).orElse(Map.of())
        : Map.<String, String>of();
    found.devices().forEach(device -> facts.put(device, running ? "WELL" : "UNKNOWN"));
    facts.putAll(said);
    boolean ill = said.values().stream().anyMatch(state -> !state.startsWith("WELL"));
    return ill ? StatusLine.ill("devices", StatusCode.DEVICE_FAULT, facts)
        : StatusLine.well("devices", facts);
  }

  private StatusLine space() {
    var facts = new LinkedHashMap<String, Object>();
    boolean low = false;
    for (Medium medium : found.media()) {
      facts.put(medium.what(), medium.path());
      facts.put(medium.what() + "_free",
          medium.freeBytes().isPresent() ? medium.freeBytes().getAsLong() : "unknown");
      low |= medium.freeBytes().isPresent() && medium.freeBytes().getAsLong() < LEAST_BYTES;
    }
    return low ? StatusLine.ill("space", StatusCode.SPACE_LOW, facts) : StatusLine.well("space", facts);
  }

  /// What a run complained of is history, not a state: it makes no line ill.
  private StatusLine problems() {
    var facts = new LinkedHashMap<String, Object>();
    found.run().map(run -> run.below(RunStatus.PROBLEM)).orElse(Map.of()).forEach((kind, seen) -> {
      String[] parts = seen.split(" ", -1);
      facts.put(kind, parts[0] + "x, last " + at(parts.length == 2 && parts[1].matches("[0-9]{1,18}")
          ? Long.parseLong(parts[1])
          : 0));
    });
    return StatusLine.well("problems", facts);
  }

  private static String at(long millis) {
    return millis == 0 ? NEVER : Instant.ofEpochMilli(millis).toString();
  }

  private Object age(long millis) {
    return millis == 0 ? NEVER : Math.max(0, found.nowMillis() - millis) / 1_000;
  }

  private static Map<String, Object> facts(Object... namesAndValues) {
    var facts = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return facts;
  }
}
