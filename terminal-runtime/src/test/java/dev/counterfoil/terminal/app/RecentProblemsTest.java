package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RecentProblemsTest {

  private final RecentProblems problems = new RecentProblems();

  private void logged(Level level, String line, long atMillis) {
    var entry = new LogRecord(level, line);
    entry.setInstant(Instant.ofEpochMilli(atMillis));
    problems.publish(entry);
  }

  @Test
  void warningsAreCountedByWhatTheyCallThemselvesAndNothingElseIsKept() {
    logged(Level.WARNING, "event=alert code=SYNC_FAILING channel=x uid=04A1B2C3", 1_000);
    logged(Level.SEVERE, "event=device_fault detail=\"READER_SILENT reader /dev/x\"", 2_000);
    logged(Level.WARNING, "event=alert code=SYNC_FAILING channel=y", 3_000);
    logged(Level.INFO, "event=link_up code=FINE", 4_000);
    logged(Level.WARNING, "no name at all", 5_000);

    assertThat(problems.seen()).hasToString("{device_fault:READER_SILENT=1 2000, alert:SYNC_FAILING=2 3000}");
  }

  @Test
  void theirNumberIsBounded() {
    for (int i = 0; i < 1_000; i++) {
      logged(Level.WARNING,
          "event=e code=C"
              + Integer.toString(i, 26).replaceAll("[0-9]", "Z").toUpperCase(java.util.Locale.ROOT) + "X"
              + "Y".repeat(i % 30),
          i);
    }
    assertThat(problems.seen()).hasSizeLessThanOrEqualTo(RecentProblems.MOST);
  }
}
