package dev.counterfoil.sim.app;

import java.nio.file.Path;

/// Where the project stands: the launcher says it, tests run somewhere below it.
final class ProjectRoot {

  private static final String PROPERTY = "counterfoil.root";

  private ProjectRoot() {}

  static Path path() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
  }
}
