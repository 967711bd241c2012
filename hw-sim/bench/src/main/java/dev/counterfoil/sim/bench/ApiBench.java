package dev.counterfoil.sim.bench;

import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Payments that come one by one through the API, each one change and one commit: how many a second the server books,
/// and how long one takes at a tenth of that rate; beside bare JDBC that writes the very rows of those commits, one commit
/// each, at the same pace. Server, callers and bare loop share this JVM, the link is HTTP on the loopback address, rounds
/// alternate.
public final class ApiBench {

  private static final int SITE = 1;
  private static final double RATE_TARGET = 0.4;
  private static final double LATENCY_TARGET = 4;
  private static final String AMOUNT = "1.00";
  /// What would refuse a thousand payments of one holder on one day.
  private static final String SETTINGS = """
      recharge.per-day-minor = 0
      recharge.per-day-count = 0
      """;

  /// How much of everything.
  ///
  /// @param callers of the API at once while the rate is measured
  /// @param samples payments a round, both at full rate and paced
  /// @param pace    part of the rate at which times are taken
  public record Scale(int accounts, int callers, int samples, int warmUp, int rounds, double pace) {

    public static final Scale FULL = new Scale(200, 8, PairedRounds.LEAST_SAMPLES, 2,
        PairedRounds.LEAST_ROUNDS, 0.1);
  }

  /// What a run came to.
  ///
  /// @param payments booked by our server, and written again by the bare loop
  public record Result(long payments, double rateRatio, double p99Ratio, boolean met) {}

  private final Path folder;
  private final Scale scale;
  private final RandomGenerator random;
  private final PrintStream out;
  private final List<Double> rate = new ArrayList<>();
  private final List<Double> bareRate = new ArrayList<>();
  private final List<Quantiles> paced = new ArrayList<>();
  private final List<Quantiles> barePaced = new ArrayList<>();
  private final AtomicLong payments = new AtomicLong();
  private long written;

  /// @param folder empty, on the disk that is to be measured
  public ApiBench(Path folder, Scale scale, RandomGenerator random, PrintStream out) {
    this.folder = folder;
    this.scale = scale;
    this.random = random;
    this.out = out;
  }

  /// Blocks until all rounds are done, some minutes at full scale.
  ///
  /// @throws IllegalStateException if a payment was refused, the books do not balance, or not all payments are in them
  public Result run() throws Exception {
    out.printf(Locale.ROOT,
        "bench api: payments one by one over HTTP, %d callers, %d a round, %d rounds after %d%n",
        scale.callers(), scale.samples(), scale.rounds(), scale.warmUp());
    Path database;
    try (var site = new IngestSite(folder, random, SETTINGS);
        var clerk = new ApiClerk(site.url() + "/api/v1");
        var loop = new SqlBareLoop(new SqlDatabase.Sqlite(folder.resolve("bare.db")), SITE)) {
      database = site.database();
      List<Payer> payers = site.open(scale.accounts());
      clerk.signIn(site.desk());
      var server = new SqlDatabase.Sqlite(database);
      loop.copyRegistry(server);
      measure(new Rig(clerk, payers, loop, new SqlChanges(server, SITE)));
    }
    check(database);
    return report();
  }

  /// Both sides.
  private record Rig(ApiClerk clerk, List<Payer> payers, SqlBareLoop loop, SqlChanges changes) {}

  private void measure(Rig rig) throws Exception {
    for (int round = -scale.warmUp(); round < scale.rounds(); round++) {
      double ours = fullRate(rig);
      List<SqlBareLoop.Unit> units = rig.changes().take(rig.loop());
      double bare = units.size() * 1e9 / rig.loop().write(units);
      // At first, a tenth of what a cold server did: too slow a pace would only take longer.
      double pace = scale.pace() * (rate.isEmpty() ? ours : VerifyBench.median(rate));
      Quantiles ourTimes = Quantiles.of(paced(rig, pace));
      List<SqlBareLoop.Unit> again = rig.changes().take(rig.loop());
      Quantiles bareTimes = Quantiles
          .of(new OpenLoop(pace).run(again.size(), (i, done) -> write(rig, again.get(i), done)));
      written += units.size() + again.size();
      out.printf(Locale.ROOT, "%s %2d: %s payments/s, bare %s; at %s/s p99 %d us, bare %d us%n",
          round < 0 ? "warm " : "round", Math.max(0, round + 1), VerifyBench.thousands(ours),
          VerifyBench.thousands(bare), VerifyBench.thousands(pace), ourTimes.p99() / 1000,
          bareTimes.p99() / 1000);
      if (round >= 0) {
        rate.add(ours);
        bareRate.add(bare);
        paced.add(ourTimes);
        barePaced.add(bareTimes);
      }
    }
  }

  private String nextKey() {
    return "payment-" + payments.incrementAndGet();
  }

  private static Payer payer(Rig rig, int number) {
    return rig.payers().get(number % rig.payers().size());
  }

  /// @return payments a second
  private double fullRate(Rig rig) throws Exception {
    var next = new AtomicInteger();
    Callable<Boolean> caller = () -> {
      for (int i = next.getAndIncrement(); i < scale.samples(); i = next.getAndIncrement()) {
        rig.clerk().takeIn(payer(rig, i).account(), AMOUNT, nextKey());
      }
      return true;
    };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < scale.callers(); i++) {
        all.add(caller);
      }
      long started = System.nanoTime();
      for (Future<Boolean> each : callers.invokeAll(all)) {
        each.get();
      }
      return scale.samples() * 1e9 / (System.nanoTime() - started);
    }
  }

  private long[] paced(Rig rig, double pace) throws InterruptedException {
    return new OpenLoop(pace).run(scale.samples(), (i, done) -> rig.clerk()
        .begin(payer(rig, i).account(), AMOUNT, nextKey())
        .whenComplete((_, problem) -> done.with(problem instanceof CompletionException wrapped
            ? wrapped.getCause()
            : problem)));
  }

  private static void write(Rig rig, SqlBareLoop.Unit unit, OpenLoop.Done done) {
    try {
      rig.loop().write(unit);
      done.with(null);
    } catch (Exception e) {
      done.with(e);
    }
  }

  private void check(Path database) {
    try (var books = SqliteSettlementStore.openReadOnly(database)) {
      var report = LedgerVerification.verify(books, SITE);
      long opening = scale.accounts() * (long) IngestSite.OPENINGS;
      if (!report.isBalanced() || report.transfers() != opening + payments.get()
          || written != payments.get()) {
        throw new IllegalStateException(
            payments.get() + " payments answered, " + (report.transfers() - opening)
                + " booked, " + written + " written by the bare loop, "
                + report.problems().stream().findFirst().orElse("balanced"));
      }
    }
  }

  private Result report() {
    double rateRatio = VerifyBench.median(rate) / VerifyBench.median(bareRate);
    double p50Ratio = (double) Quantiles.medianOf(paced, Quantiles::p50)
        / Quantiles.medianOf(barePaced, Quantiles::p50);
    double p99Ratio = (double) Quantiles.medianOf(paced, Quantiles::p99)
        / Quantiles.medianOf(barePaced, Quantiles::p99);
    line("payments through the API", rate);
    line("bare JDBC, one commit each", bareRate);
    out.printf(Locale.ROOT, "%-34s %12.2f   target >= %.2f: %s%n", "ratio", rateRatio, RATE_TARGET,
        rateRatio >= RATE_TARGET ? "met" : "MISSED");
    out.printf(Locale.ROOT, "%-34s %10s %10s%n", "at a tenth of that rate", "p50", "p99");
    line("bare JDBC, same pace", barePaced, Quantiles.spreadOf(barePaced, Quantiles::p50),
        Quantiles.spreadOf(barePaced, Quantiles::p99));
    line("payment through the API", paced, Quantiles.spreadOf(paced, Quantiles::p50),
        Quantiles.spreadOf(paced, Quantiles::p99));
    boolean latency = p99Ratio <= LATENCY_TARGET;
    out.printf(Locale.ROOT, "%-34s %10.2f %10.2f   target p99 <= %.1fx: %s%n", "ratio", p50Ratio, p99Ratio,
        LATENCY_TARGET, latency ? "met" : "MISSED");
    out.printf(Locale.ROOT, "ledger balanced, every payment booked once: %s%n",
        VerifyBench.thousands(payments.get()));
    return new Result(payments.get(), rateRatio, p99Ratio, latency && rateRatio >= RATE_TARGET);
  }

  private void line(String what, List<Double> values) {
    out.printf(Locale.ROOT, "%-34s %12s payments/s   spread %.0f %%%n", what,
        VerifyBench.thousands(VerifyBench.median(values)), 100 * VerifyBench.spread(values));
  }

  private void line(String what, List<Quantiles> values, double spreadP50, double spreadP99) {
    out.printf(Locale.ROOT, "%-34s %7d us %7d us   spread over rounds: p50 %.0f %%, p99 %.0f %%%n", what,
        Quantiles.medianOf(values, Quantiles::p50) / 1000, Quantiles.medianOf(values, Quantiles::p99) / 1000,
        100 * spreadP50, 100 * spreadP99);
  }
}
