package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The whole script with three terminals, on real processes started by the launcher from the classes just built.
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

  @Test
  @Requirement({"OFF-01", "OFF-02", "OFF-03", "OFF-04", "OFF-07", "PAY-05", "PAY-06", "PAY-07", "SYN-02",
      "AUD-02"})
  void aDayWithCutsLosesAndDoublesNothing(@TempDir Path folder) throws Exception {
    var bytes = new ByteArrayOutputStream();
    int exit = Demo.small(ProgramRig.ROOT, folder, new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .run((_, _, _) -> {
        });
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(exit).as("%s", String.join("\n", lines)).isZero();
    assertThat(lines.getLast()).startsWith("RESULT taps=").endsWith(" lost=0 doubled=0 ledger=balanced");
    assertThat(lines).anyMatch(line -> line.contains("noticed: ROLLED_BACK"))
        .anyMatch(line -> line.contains("notices: CLONE"))
        .anyMatch(line -> line.contains("DECLINED|ACCOUNT FROZEN"))
        .anyMatch(line -> line.contains("DECLINED|CARD LOST"))
        .anyMatch(line -> line.contains("DECLINED|LOW BALANCE"));
  }
}
