package dev.counterfoil.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The fleet at its full size. Twenty bad days of a hundred terminals in every build; a thousand terminals for a week
/// at night. A run set counts only if it dealt out every kind of fault and was in every named state.
class FleetLaneTest {
  private static final int SEEDS = 20;
  /// Days on which every signature is a real one.
  private static final List<Long> SIGNED = List.of(6L, 13L);
  private static final int FEWEST_STATES = 30;
  /// A week with nearly all kinds of fault, in which the server is never put back: its past would not fit into memory.
  private static final long WEEK = 189;

  @Test
  @Requirement({"OFF-04", "OFF-07", "PAY-17", "AUD-02", "SYN-03"})
  void twentyBadDaysOfAHundredTerminalsLoseAndDoubleNothing() throws Exception {
    List<Callable<RunReport>> days = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      days.add(day(seed, Scale.lane()));
    }
    days.add(day(SEEDS, Scale.lane()));

    List<RunReport> reports = run(days, "fleet-lane.txt");
    RunTotals totals = RunTotals.of(reports.subList(0, SEEDS));

    assertThat(reports.getLast().traceHash()).as("the same seed again")
        .isEqualTo(reports.get(SEEDS - 1).traceHash());
    assertThat(totals.failures()).isZero();
    assertThat(totals.taps()).isGreaterThanOrEqualTo(600_000);
    believed(totals);
  }

  @Test
  @Tag("nightly")
  void aWeekOfAThousandTerminalsLosesAndDoublesNothing() throws Exception {
    RunTotals totals = RunTotals.of(run(List.of(day(WEEK, Scale.nightly())), "fleet-nightly.txt"));

    assertThat(totals.failures()).isZero();
    assertThat(totals.taps()).isGreaterThanOrEqualTo(2_100_000);
  }

  private static void believed(RunTotals totals) {
    assertThat(totals.idleFaults()).as("faults that never happened").isEmpty();
    assertThat(NamedState.values().length).isGreaterThanOrEqualTo(FEWEST_STATES);
    assertThat(totals.missingStates()).as("states that no run was in").isEmpty();
  }

  private static Callable<RunReport> day(long seed, Scale scale) {
    return () -> FleetSimulation.run(Swarm.of(seed), scale,
        SIGNED.contains(seed) ? Signers.real(seed) : new MacSigners(seed), Ports.DIRECT);
  }

  /// Each run has one thread; as many run at a time as there are cores.
  private static List<RunReport> run(List<Callable<RunReport>> runs, String file) throws Exception {
    List<RunReport> reports = new ArrayList<>();
    try (ExecutorService cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<RunReport> report : cores.invokeAll(runs)) {
        reports.add(report.get());
      }
    }
    String text = text(reports);
    System.out.print(text);
    Files.writeString(Files.createDirectories(Path.of("target")).resolve(file), text);
    return reports;
  }

  private static String text(List<RunReport> reports) {
    StringBuilder text = new StringBuilder();
    for (RunReport report : reports) {
      text.append(report.line(0)).append('\n');
      report.failure().ifPresent(_ -> text.append(report.story()));
    }
    return text.append(RunTotals.of(reports).table()).append('\n').toString();
  }
}
