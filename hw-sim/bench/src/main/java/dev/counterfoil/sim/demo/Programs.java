package dev.counterfoil.sim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Starts the real programs through the launcher, with the flags that ship, and ends every one of them when this JVM
/// ends, however it ends short of SIGKILL. Safe for several threads.
final class Programs implements AutoCloseable {

  private final Path launcher;
  private final Path logs;
  private final List<Child> running = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(this::endAll, "end-children");

  /// @param root the project's root, where the launcher stands
  /// @param logs folder for what the programs print; created
  Programs(Path root, Path logs) throws IOException {
    this.launcher = root.resolve("counterfoil");
    this.logs = Files.createDirectories(logs);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Starts `./counterfoil ARGUMENTS`; the process is the program's JVM, not a shell.
  ///
  /// @param name names its log file
  Child start(String name, Map<String, String> environment, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("COUNTERFOIL_NO_BUILD", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return start(name, builder);
  }

  /// Starts any other program.
  ///
  /// @param name names its log file
  Child start(String name, ProcessBuilder builder) throws IOException {
    Child child = Child.start(name, builder, logs.resolve(name + ".log"));
    running.add(child);
    return child;
  }

  private void endAll() {
    for (Child child : running) {
      child.destroyQuietly();
    }
  }

  /// Resident memory of all running programs, bytes, as Linux counts it; 0 where it cannot be told.
  long residentBytes() {
    return running.stream().filter(Child::isAlive)
        .mapToLong(child -> ProcessMemory.residentBytes(child.pid())).sum();
  }

  @Override
  public void close() {
    endAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
