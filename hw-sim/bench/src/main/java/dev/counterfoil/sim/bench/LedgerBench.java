package dev.counterfoil.sim.bench;

import dev.counterfoil.settlement.ingest.IngestRequest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/// How many sales a second the ledger settles in batches, one commit unit each, beside bare JDBC that writes the very
/// rows of those units. No link and no threads of the server's: batches are signed and verified before the clock
/// starts, the core links, judges, books, commits and signs the acknowledgement. Rounds alternate in one process.
///
/// SQLite has one writer. On PostgreSQL every connection has a server of its own (a core with its store) and a site of
/// its own, as many servers on one database have it; the bare loops have the same connections and the same sites.
public final class LedgerBench {

  /// How much of everything.
  ///
  /// @param records   of a batch, which is one commit unit
  /// @param batches   a round and connection
  /// @param terminals a site
  public record Scale(int connections, int accounts, int terminals, int records, int batches, int warmUp,
      int rounds) {

    static final Scale SQLITE = new Scale(1, 400, 8, 500, 80, 3, 9);
    static final Scale POSTGRESQL = new Scale(4, 400, 8, 500, 20, 3, 9);
  }

  /// What a run came to.
  ///
  /// @param records settled by our ledger, and written again by the bare loop, without the warm-up
  /// @param ratio   of the medians of the rates
  public record Result(long records, double settled, double bare, double ratio, boolean met) {}

  private final SqlDatabase ours;
  private final SqlDatabase beside;
  private final Scale scale;
  private final double target;
  private final RandomGenerator random;
  private final PrintStream out;
  private final List<Double> settled = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private long records;
  private long rows;

  /// A connection's two halves.
  private static final class Lane {
    private final LedgerSite site;
    private final SqlBareLoop loop;
    private SqlBareLoop.Mark mark = SqlBareLoop.Mark.START;

    Lane(LedgerSite site, SqlBareLoop loop) {
      this.site = site;
      this.loop = loop;
    }
  }

  /// @param ours   an empty database
  /// @param beside another empty one on the same disk
  /// @param target least ratio
  public LedgerBench(SqlDatabase ours, SqlDatabase beside, Scale scale, double target,
      RandomGenerator random,
      PrintStream out) {
    this.ours = ours;
    this.beside = beside;
    this.scale = scale;
    this.target = target;
    this.random = random;
    this.out = out;
  }

  /// Blocks until all rounds are done.
  ///
  /// @throws IllegalStateException if the books do not balance or the bare loop's rows are others than ours
  public Result run() throws Exception {
    out.printf(Locale.ROOT,
        "bench ledger: %s, %d connection(s), batches of %d verified beforehand, %d a round, %d rounds after %d to warm up%n",
        ours instanceof SqlDatabase.Sqlite ? "SQLite" : "PostgreSQL", scale.connections(), scale.records(),
        scale.batches() * scale.connections(), scale.rounds(), scale.warmUp());
    try (ExecutorService threads = Executors.newFixedThreadPool(scale.connections())) {
      open();
      for (int round = -scale.warmUp(); round < scale.rounds(); round++) {
        round(threads, round);
      }
      check();
      return report();
    } finally {
      close();
    }
  }

  private void open() throws Exception {
    for (int i = 1; i <= scale.connections(); i++) {
      var lane = new Lane(new LedgerSite(ours, i, random), new SqlBareLoop(beside, i));
      lanes.add(lane);
      lane.site.openAccounts(scale.accounts());
      lane.site.enrol(scale.terminals());
      lane.loop.copyRegistry(ours);
      lane.mark = lane.loop.capture(ours, lane.mark).mark();
    }
  }

  private void round(ExecutorService threads, int round) throws Exception {
    List<List<IngestRequest>> batches = lanes.stream()
        .map(lane -> lane.site.prepare(scale.batches(), scale.records())).toList();
    double ourRate = rate(threads, lane -> {
      lane.site.settle(batches.get(lanes.indexOf(lane)));
    });
    List<SqlBareLoop.Captured> captured = new ArrayList<>();
    for (Lane lane : lanes) {
      captured.add(lane.loop.capture(ours, lane.mark));
      lane.mark = captured.getLast().mark();
    }
    requireSame(captured);
    double bareRate = rate(threads, lane -> lane.loop.write(captured.get(lanes.indexOf(lane)).units()));
    boolean counts = round >= 0;
    out.printf(Locale.ROOT, "%s %2d: settled %s records/s, bare %s%n", counts ? "round" : "warm ",
        Math.max(0, round + 1), VerifyBench.thousands(ourRate), VerifyBench.thousands(bareRate));
    if (counts) {
      settled.add(ourRate);
      bare.add(bareRate);
      records += captured.stream().mapToLong(SqlBareLoop.Captured::sales).sum();
      rows += captured.stream().mapToLong(SqlBareLoop.Captured::rows).sum();
    }
  }

  private interface Half {
    void run(Lane lane) throws Exception;
  }

  /// @return records a second of all lanes at once
  private double rate(ExecutorService threads, Half half) throws Exception {
    var done = new ArrayList<Callable<Boolean>>();
    for (Lane lane : lanes) {
      done.add(() -> {
        half.run(lane);
        return true;
      });
    }
    long started = System.nanoTime();
    for (Future<Boolean> each : threads.invokeAll(done)) {
      each.get();
    }
    return perRound() * 1e9 / (System.nanoTime() - started);
  }

  private long perRound() {
    return (long) scale.connections() * scale.batches() * scale.records();
  }

  private void requireSame(List<SqlBareLoop.Captured> captured) {
    long sales = captured.stream().mapToLong(SqlBareLoop.Captured::sales).sum();
    long units = captured.stream().mapToLong(each -> each.units().size()).sum();
    if (sales != perRound() || units != (long) scale.connections() * scale.batches()) {
      throw new IllegalStateException(
          "settled " + perRound() + " records, but " + sales + " sales in " + units
              + " units are in the database");
    }
  }

  /// Both databases hold the same, and the books balance: what was measured was done.
  private void check() throws Exception {
    for (Lane lane : lanes) {
      var report = lane.site.verify();
      if (!report.isBalanced()) {
        throw new IllegalStateException("the books do not balance: " + report.problems().getFirst());
      }
      lane.loop.requireSameAs(ours);
    }
  }

  private Result report() {
    double ratio = VerifyBench.median(settled) / VerifyBench.median(bare);
    boolean met = ratio >= target;
    line("SETTLED", settled);
    line("bare JDBC, same rows", bare);
    out.printf(Locale.ROOT, "%-34s %12.2f   target >= %.2f: %s%n", "SETTLED / bare", ratio, target,
        met ? "met" : "MISSED");
    out.printf(Locale.ROOT, "%-34s %12.1f rows%n", "a sale costs", rows / (double) records);
    out.printf(Locale.ROOT, "ledger balanced, rows equal in both databases: %s sales%n",
        VerifyBench.thousands(records));
    return new Result(records, VerifyBench.median(settled), VerifyBench.median(bare), ratio, met);
  }

  private void line(String what, List<Double> values) {
    out.printf(Locale.ROOT, "%-34s %12s records/s   spread %.0f %%%n", what,
        VerifyBench.thousands(VerifyBench.median(values)), 100 * VerifyBench.spread(values));
  }

  private void close() throws Exception {
    for (Lane lane : lanes) {
      lane.loop.close();
      lane.site.close();
    }
  }
}
