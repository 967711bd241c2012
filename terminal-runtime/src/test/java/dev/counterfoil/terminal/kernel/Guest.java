package dev.counterfoil.terminal.kernel;

import java.nio.file.Path;

/// Where the emulated machines find what they need.
final class Guest {

  private Guest() {}

  /// Kernel and foreign Java, outside of the repository.
  static Path cache() {
    var named = System.getenv("COUNTERFOIL_QEMU_CACHE");
    return named == null ? Path.of(System.getProperty("user.home"), ".cache/counterfoil-qemu")
        : Path.of(named);
  }

  /// That of these tests.
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
