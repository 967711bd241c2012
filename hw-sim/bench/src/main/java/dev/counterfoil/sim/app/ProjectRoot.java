package dev.counterfoil.sim.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where the project stands: the launcher says it, tests run somewhere below it.
final class ProjectRoot {

  private static final String PROPERTY = "counterfoil.root";
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

  private ProjectRoot() {}

  static Path path() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
  }

  /// A new folder for what a run leaves behind, under `run/`.
  static Path freshRun(String name) throws IOException {
    return Files.createDirectories(nextRun(name));
  }

  /// Likewise, not yet made: for a run that may still find its input unusable.
  static Path nextRun(String name) {
    return path().resolve("run").resolve(name + "-" + LocalDateTime.now().format(STAMP));
  }
}
