package dev.counterfoil.terminal.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.JournalGlance;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.status.Found.Medium;
import dev.counterfoil.terminal.status.Found.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusRulesTest {

  private static final long NOW = JournalFixture.WALL + Duration.ofMinutes(5).toMillis();
  private static final int RECORDS = 9;

  @TempDir
  Path folder;

  private final Map<String, String> run = new LinkedHashMap<>();
  private Optional<Problem> config = Optional.empty();
  private Optional<Problem> identity = Optional.empty();
  private Optional<Problem> journalProblem = Optional.empty();
  private Optional<JournalGlance> journal = Optional.empty();
  private long capacity = 1_000;
  private long free = 1L << 30;
  private long now = NOW;

  @BeforeEach
  void aTerminalThatIsWell() {
    run.putAll(
        Map.of("process", RunStatus.thisProcess(), "written_ms", Long.toString(NOW), "state", "READY", "desk",
            "open", "clock", "ANCHORED", "cause", "POWER", "starts", "4", "contact_ms", Long.toString(NOW)));
    run.put("device.reader", "WELL:2");
    run.put("problem.link_down", "2 " + JournalFixture.WALL);
    journal = Optional.of(glance(RECORDS));
  }

  private JournalGlance glance(long received) {
    Path file = folder.resolve("journal-" + received + ".db");
    List<JournalRecord> chain = JournalFixture.chain(RECORDS);
    SqliteJournal.create(file, JournalFixture.ORIGIN, JournalFixture.EPOCH);
    try (var store = SqliteJournal.open(file)) {
      store.commit(JournalFixture.unit(JournalFixture.ORIGIN, chain));
      store.commit(CommitUnit.ofState(chain.getLast().position(),
          List.of(
              new StateChange.AckStored(JournalFixture.ack(1, received, received, JournalFixture.WALL)))));
      return JournalGlance.into(file, 100);
    }
  }

  private StatusReport report() {
    return StatusRules.judge(new Found(now, "terminal.toml", config, "77", "Till 1", identity, "pay:7443",
        Optional.of(new RunStatus(run)), "RUNNING", "journal.db", journal, journalProblem, capacity,
        List.of("reader", "display"), List.of(new Medium("journal", "journal.db", OptionalLong.of(free)))));
  }

  private void assertOnly(String ill) {
    assertThat(report().lines().stream().filter(line -> !line.isWell())
        .map(line -> line.part() + " " + line.code()).toList()).containsExactly(ill);
    assertThat(report().exitCode()).isEqualTo(1);
    assertThat(report().text()).endsWith("not healthy: " + ill + "\n");
    assertThat(report().json()).contains("\"healthy\":false", "\"code\":\"" + ill.split(" ")[1] + "\"");
  }

  @Test
  void allLinesOfATerminalThatIsWellAreWell() {
    assertThat(report().exitCode()).isZero();
    assertThat(report().lines()).extracting(StatusLine::part).containsExactly("config", "terminal", "program",
        "server",
        "journal", "unsent", "snapshot", "deny-list", "clock", "devices", "space", "problems");
    assertThat(report().text()).contains("cause=POWER").contains("head=9").contains("reader=WELL:2")
        .contains("display=WELL").contains("link_down=\"2x, last ").endsWith("healthy\n");
    assertThat(report().json()).contains("\"healthy\":true", "\"head\":9,").endsWith("}\n");
  }

  @Test
  void aProgramThatIsNotThereIsTold() {
    run.put("process", "999999999 5");
    assertOnly("program TERMINAL_NOT_RUNNING");
    assertThat(report().text()).contains("\"mark RUNNING\"");
    run.put("ended_ms", Long.toString(JournalFixture.WALL));
    assertThat(report().text()).contains("ended=2026-09-21T");
  }

  @Test
  void aProgramThatWritesNoMoreIsTold() {
    now = NOW + StatusRules.STALE_MILLIS + 1;
    assertOnly("program STATUS_STALE");
  }

  @Test
  void whyNothingIsSoldIsTheCodeOfTheLine() {
    run.put("state", "DISK_FULL");
    assertOnly("program DISK_FULL");
  }

  @Test
  void aServerThatIsAwayForTenMinutesIsTold() {
    run.put("desk", "closed");
    assertThat(report().isHealthy()).as("an everyday break").isTrue();
    run.put("contact_ms", Long.toString(NOW - StatusRules.CONTACT_MILLIS - 1));
    assertThat(report().isHealthy()).as("the journal knows of a later contact").isTrue();
    now = JournalFixture.WALL + StatusRules.CONTACT_MILLIS + 1;
    run.put("written_ms", Long.toString(now));
    assertOnly("server NO_SERVER_CONTACT");
  }

  @Test
  void recordsThatWaitForAnHourAreTold() {
    journal = Optional.of(glance(RECORDS - 3));
    assertThat(report().text()).contains("records=3 received=6 oldest=");
    assertThat(report().isHealthy()).isTrue();
    now = JournalFixture.WALL + Duration.ofMinutes(61).toMillis();
    run.put("written_ms", Long.toString(now));
    assertOnly("unsent UNSENT_OLD");
  }

  @Test
  void aJournalThatFillsAndOneThatCannotBeReadAreTold() {
    capacity = 11;
    assertOnly("journal JOURNAL_FILLING");
    journal = Optional.empty();
    journalProblem = Optional.of(new Problem("JOURNAL_MISSING", "gone"));
    assertOnly("journal JOURNAL_MISSING");
  }

  @Test
  void theOtherLinesAreToldToo() {
    run.put("clock", "LOCAL_CLOCK");
    assertOnly("clock CLOCK_NOT_ANCHORED");
    run.put("clock", "ANCHORED");
    run.put("device.printer", "PAPER_OUT:1");
    assertOnly("devices DEVICE_FAULT");
    run.remove("device.printer");
    free = StatusRules.LEAST_BYTES - 1;
    assertOnly("space SPACE_LOW");
    free = StatusRules.LEAST_BYTES;
    config = Optional.of(new Problem("CONFIG_SYNTAX", "line 3"));
    assertOnly("config CONFIG_SYNTAX");
    config = Optional.empty();
    identity = Optional.of(new Problem("NOT_ENROLLED", "enrol"));
    assertOnly("terminal NOT_ENROLLED");
  }

  @Test
  void jsonSurvivesWhateverPeopleWrite() {
    assertThat(JsonText.of(Map.of("a\"\\\n", List.of(1L, true, "李"))))
        .isEqualTo("{\"a\\\"\\\\\\u000a\":[1,true,\"李\"]}");
  }
}
