package dev.counterfoil.sim.bench;

import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.store.StoreException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Whether the ledger slows down as it grows: batches into a store with a short past and into one with a long one, in
/// alternating rounds, so that both see the same machine.
public final class GrowBench {

  private static final double TARGET = 0.75;
  private static final int SITE = 1;
  private static final int PAST_TERMINALS = 20;
  private static final int RECORD_BYTES = 267;

  /// How much of everything.
  ///
  /// @param small   transfers in the one store
  /// @param big     transfers in the other one
  /// @param records of a batch
  /// @param batches a round
  public record Scale(long small, long big, int accounts, int terminals, int records, int batches, int warmUp,
      int rounds) {

    private static final int THOUSAND = 1_000;
    private static final int HUNDREDTH = 100;

    /// @param transfers in the bigger store, rounded up to thousands; the smaller one has a hundredth of them
    public static Scale of(long transfers) {
      long small = thousands(transfers / HUNDREDTH);
      return new Scale(small, small * Math.max(2, Math.ceilDiv(transfers, small)), THOUSAND, 8, THOUSAND / 2,
          40, 3, 9);
    }

    private static long thousands(long value) {
      return Math.max(1, Math.ceilDiv(value, THOUSAND)) * THOUSAND;
    }

    /// What both stores and their logs take on the disk, bytes.
    public long room() {
      return (small + big) * 1_000;
    }
  }

  /// What a run came to: records a second.
  public record Result(double small, double big, double ratio, boolean met) {}

  private final LedgerSite small;
  private final LedgerSite big;
  private final Scale scale;
  private final RandomGenerator random;
  private final PrintStream out;

  /// @param small an empty database
  /// @param big   another empty one on the same disk
  public GrowBench(SqlDatabase small, SqlDatabase big, Scale scale, RandomGenerator random,
      PrintStream out) {
    this.small = new LedgerSite(small, SITE, random);
    this.big = new LedgerSite(big, SITE, random);
    this.scale = scale;
    this.random = random;
    this.out = out;
  }

  /// Blocks until all rounds are done; ten million transfers take some minutes to write.
  ///
  /// @throws IllegalStateException if the books of one do not balance
  /// @throws StoreException        if the disk is too small
  public Result run() throws Exception {
    try (small; big) {
      fill(small, scale.small());
      fill(big, scale.big());
      var few = new ArrayList<Double>();
      var many = new ArrayList<Double>();
      for (int round = -scale.warmUp(); round < scale.rounds(); round++) {
        double smallRate = rate(small);
        double bigRate = rate(big);
        out.printf(Locale.ROOT, "%s %2d: %s records/s behind %s transfers, %s behind %s%n",
            round < 0 ? "warm " : "round", Math.max(0, round + 1), VerifyBench.thousands(smallRate),
            VerifyBench.thousands(scale.small()), VerifyBench.thousands(bigRate),
            VerifyBench.thousands(scale.big()));
        if (round >= 0) {
          few.add(smallRate);
          many.add(bigRate);
        }
      }
      requireBalanced(small);
      requireBalanced(big);
      return report(few, many);
    }
  }

  private void fill(LedgerSite site, long transfers) throws Exception {
    site.openAccounts(scale.accounts());
    site.enrol(scale.terminals());
    site.enrolSilent(PAST_TERMINALS);
    byte[] bytes = new byte[scale.records() * RECORD_BYTES];
    random.nextBytes(bytes);
    long step = Math.min(scale.small(), 50L * scale.accounts());
    var plan = new SqlPast.Plan(transfers, step, scale.records(), bytes, System.currentTimeMillis());
    long started = System.nanoTime();
    site.aside(() -> new SqlPast(site.database(), SITE, plan).write(done -> {
      if (done % Math.max(step, transfers / 20 / step * step) == 0) {
        out.printf(Locale.ROOT, "filled %s of %s transfers, %d s%n", VerifyBench.thousands(done),
            VerifyBench.thousands(transfers), (System.nanoTime() - started) / 1_000_000_000);
      }
    }));
  }

  private double rate(LedgerSite site) {
    List<IngestRequest> batches = site.prepare(scale.batches(), scale.records());
    long started = System.nanoTime();
    site.settle(batches);
    return (double) scale.batches() * scale.records() * 1e9 / (System.nanoTime() - started);
  }

  private void requireBalanced(LedgerSite site) {
    var report = site.verify();
    long expected = (site == small ? scale.small() : scale.big()) + scale.accounts()
        + (long) (scale.warmUp() + scale.rounds()) * scale.batches() * scale.records();
    if (!report.isBalanced() || report.transfers() != expected) {
      throw new IllegalStateException(report.transfers() + " transfers instead of " + expected + ", "
          + report.problems().stream().findFirst().orElse("balanced"));
    }
    out.printf(Locale.ROOT, "ledger of %s transfers balanced%n", VerifyBench.thousands(report.transfers()));
  }

  private Result report(List<Double> few, List<Double> many) {
    double ratio = VerifyBench.median(many) / VerifyBench.median(few);
    boolean met = ratio >= TARGET;
    out.printf(Locale.ROOT, "%-34s %12s records/s   spread %.0f %%%n",
        "behind " + VerifyBench.thousands(scale.small()) + " transfers",
        VerifyBench.thousands(VerifyBench.median(few)), 100 * VerifyBench.spread(few));
    out.printf(Locale.ROOT, "%-34s %12s records/s   spread %.0f %%%n",
        "behind " + VerifyBench.thousands(scale.big()) + " transfers",
        VerifyBench.thousands(VerifyBench.median(many)), 100 * VerifyBench.spread(many));
    out.printf(Locale.ROOT, "%-34s %12.2f   target >= %.2f: %s%n", "ratio", ratio, TARGET,
        met ? "met" : "MISSED");
    return new Result(VerifyBench.median(few), VerifyBench.median(many), ratio, met);
  }
}
