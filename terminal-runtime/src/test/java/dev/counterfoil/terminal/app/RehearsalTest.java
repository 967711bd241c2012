package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the launcher makes the start cache with.
class RehearsalTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream outBefore = System.out;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(outBefore);
  }

  @Test
  @Timeout(60)
  void itComesAsFarAsATerminalThatCanSellAndLeavesNothing() throws Exception {
    Set<Path> before = folders();

    assertThat(Terminal.run(List.of("rehearse"))).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("REHEARSED head=0");
    assertThat(folders()).isEqualTo(before);
  }

  private static Set<Path> folders() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("counterfoil-rehearsal"))
          .collect(Collectors.toSet());
    }
  }
}
