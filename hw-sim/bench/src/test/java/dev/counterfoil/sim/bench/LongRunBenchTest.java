package dev.counterfoil.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A quarter at a quiet counter: too few sales to judge the heap, enough to see that what is settled, copied and old goes.
@Tag("nightly")
class LongRunBenchTest {

  private static final int DAYS = 75;
  private static final int A_DAY = 24;

  @TempDir
  Path folder;

  @Test
  void everySaleIsMadeAndTheJournalKeepsItsNewestRecordsOnly() throws Exception {
    var out = new ByteArrayOutputStream();
    var scale = new LongRunBench.Scale(DAYS * A_DAY, A_DAY - 2, 2);
    LongRunBench.Result result;
    try (var databases = SqlDatabases.sqlite(folder)) {
      result = new LongRunBench(databases.empty("server"), folder, scale,
          RandomGeneratorFactory.of("L64X128MixRandom").create(7),
          new PrintStream(out, true, StandardCharsets.UTF_8)).run();
    }

    assertThat(result.sold()).isEqualTo(DAYS * A_DAY);
    assertThat(result.kept()).isGreaterThanOrEqualTo(1_000).isLessThan(DAYS * A_DAY);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("live heap", "open files",
        "journal and mirror");
  }
}
