package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server as a program of its own, which a test may kill.
final class ServerProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("READY link=127\\.0\\.0\\.1:(\\d+) .*");
  /// Its own flags are for a long life.
  private static final List<String> SHORT_LIFE = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData", "-Xmx160m", "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final Path log;
  private int link;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Begins to start; {@link #link} waits until it has.
  static ServerProcess start(Path config) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIFE);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName(), "--config",
        config.toString()));
    Path log = config.resolveSibling(config.getFileName() + ".log");
    return new ServerProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Files.createFile(log).toFile())
            .start(),
        log);
  }

  /// The port for terminals, once it is ready.
  int link() throws IOException {
    long latest = System.nanoTime() + 60_000_000_000L;
    while (link == 0) {
      Files.readString(log).lines().map(READY::matcher).filter(Matcher::matches).findFirst()
          .ifPresent(ready -> link = Integer.parseInt(ready.group(1)));
      assertThat(process.isAlive() && System.nanoTime() < latest).as(Files.readString(log)).isTrue();
      Thread.onSpinWait();
    }
    return link;
  }

  /// SIGKILL: it has no time to end anything.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// What it printed.
  String printed() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
