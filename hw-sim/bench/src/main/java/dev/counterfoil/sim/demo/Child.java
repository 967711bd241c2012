package dev.counterfoil.sim.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One process of the demo. What it prints goes to a log file and can be waited for. Safe for several threads.
final class Child {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path log;
  private final List<String> lines = new ArrayList<>();
  private final CountDownLatch drained = new CountDownLatch(1);

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// Starts a process and a virtual thread that reads it.
  ///
  /// @param log appended to
  static Child start(String name, ProcessBuilder builder, Path log) throws IOException {
    var child = new Child(name, builder.redirectErrorStream(true).start(), log);
    child.process.getOutputStream().close();
    Thread.ofVirtual().name("log-" + name).start(child::drain);
    return child;
  }

  private void drain() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Writer file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        file.write(line + "\n");
        file.flush();
        remember(line);
      }
    } catch (IOException e) {
      remember("(log ended: " + e + ")");
    } finally {
      synchronized (lines) {
        drained.countDown();
        lines.notifyAll();
      }
    }
  }

  private void remember(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until the process has printed a line in which the pattern is found.
  ///
  /// @throws ChildException if it ended or the time is over before; the message holds what it printed last
  Matcher await(Pattern pattern, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int next = 0;
    synchronized (lines) {
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = pattern.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher;
          }
        }
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || drained.getCount() == 0) {
          throw new ChildException(
              name + (millis <= 0 ? " did not become ready within " + patience : " ended")
                  + "; it printed last:\n  " + String.join("\n  ", tail()) + "\nall of it is in " + log);
        }
        lines.wait(millis);
      }
    }
  }

  private List<String> tail() {
    return lines.subList(Math.max(0, lines.size() - 12), lines.size());
  }

  /// Everything printed so far.
  List<String> output() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /// Power cut for this process: SIGKILL, then waits until it is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Asks to end, insists after five seconds, and returns when it is gone.
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /// Waits for the process to end by itself, and for the last line it printed.
  int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new ChildException(name + " did not end within " + patience + " and was killed; see " + log);
    }
    drained.await();
    return process.exitValue();
  }

  /// For the hook that ends everything: never throws.
  void destroyQuietly() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
