package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.verify.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a terminal costs that has nothing to do: one real terminal program with the launcher's flags, all its drivers on
/// simulated hardware, connected to a real server; how long it takes to start, and what it uses when it is then left alone for
/// a minute.
public final class IdleTerminal {

  /// Of one core.
  private static final double MAX_CPU_PERCENT = 2.0;
  private static final long MAX_RESIDENT_MIB = 100;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Path root;
  private final Path folder;
  private final PrintStream out;

  /// @param root the project's root
  /// @param folder for the run; new and empty
  public IdleTerminal(Path root, Path folder, PrintStream out) {
    this.root = root;
    this.folder = folder;
    this.out = out;
  }

  /// What was measured.
  ///
  /// @param cpuMillis processor time over the idle minute
  record Figures(long residentMib, long cpuMillis, Duration idle) {

    double cpuPercent() {
      return 100.0 * cpuMillis / idle.toMillis();
    }

    boolean meetTargets() {
      return cpuPercent() < MAX_CPU_PERCENT && residentMib < MAX_RESIDENT_MIB;
    }
  }

  /// Blocks for some three minutes.
  ///
  /// @return whether all targets are met
  public boolean run() throws Exception {
    var scale = new DemoScale(List.of(DemoTerminal.ALL.getFirst()), 1, 0, 0);
    try (var canteen = new Canteen(root, RunFolder.of(folder), scale)) {
      Counter counter = canteen.enrolledCounter();
      boolean quick = new StartTimes(counter, out).run();
      Figures figures = measure(counter);
      out.printf(Locale.ROOT, "idle CPU    %6.2f %% of one core   target < %.0f %%%n", figures.cpuPercent(),
          MAX_CPU_PERCENT);
      out.printf(Locale.ROOT, "VmRSS       %6d MiB             target < %d MiB%n", figures.residentMib(),
          MAX_RESIDENT_MIB);
      return figures.meetTargets() && quick;
    }
  }

  private Figures measure(Counter counter) throws Exception {
    counter.powerOn();
    counter.awaitReady();
    out.printf("one terminal is ready; measuring it for %d s%n", IDLE.toSeconds());
    long pid = counter.pid();
    long before = ProcessMemory.cpuMillis(pid);
    Thread.sleep(IDLE);
    return new Figures(ProcessMemory.residentBytes(pid) >> 20, ProcessMemory.cpuMillis(pid) - before, IDLE);
  }
}
