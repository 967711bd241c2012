package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The whole script with three terminals, on real processes started by the launcher from the classes just built.
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

  /// How the number of every simulated card begins.
  private static final String CARD_NUMBERS = new String(
      HexFormat.of().parseHex("04C00F01"), StandardCharsets.ISO_8859_1);

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
        .anyMatch(line -> line.contains("DECLINED ERR 020|ACCOUNT FROZEN"))
        .anyMatch(line -> line.contains("DECLINED ERR 008|CARD LOST"))
        .anyMatch(line -> line.contains("DECLINED ERR 007|LOW BALANCE"));
    assertThat(holding(folder, CARD_NUMBERS, "04C00F01", "04c00f01", "CF1-")).isEmpty();
    assertThat(holding(folder, "card-000")).as("what is there is found").isNotEmpty();
  }

  /// I-29: no log, journal, database or copy holds the number of a card or a one-time code.
  private static List<String> holding(Path folder, String... secrets) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> Stream.of(secrets).anyMatch(
          secret -> text(file).contains(secret))).map(file -> folder.relativize(file).toString()).toList();
    }
  }

  /// One character a byte, so that nothing is lost in a binary file.
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
