package dev.counterfoil.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.hosted.Backlog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bench sells on a terminal that holds what it says, every round from the same beginning; no time is looked at. A
/// tap that is not approved ends it.
@Tag("nightly")
class FullTerminalBenchTest {

  @TempDir
  Path folder;

  @Test
  void bothTerminalsSellInEachRoundAndTheFullOneHoldsItsBacklog() throws Exception {
    var out = new ByteArrayOutputStream();
    var scale = new FullTerminalBench.Scale(new Backlog(60, 2_500, 30), 2, 15, 2);

    FullTerminalBench.Result result = new FullTerminalBench(folder, scale,
        RandomGeneratorFactory.of("L64X128MixRandom").create(7),
        new PrintStream(out, true, StandardCharsets.UTF_8)).run();

    assertThat(result.ratioP50()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("full: 6[0-9] records unsent, 2,500 accounts, 30 denied cards")
        .contains("2 rounds of 15", "target p50 <= 1.10x", "target p99 <= 1.50x");
    assertThat(folder).as("no round is left").isDirectoryNotContaining("glob:**round-*");
  }
}
