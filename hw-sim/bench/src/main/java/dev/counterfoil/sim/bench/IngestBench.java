package dev.counterfoil.sim.bench;

import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.sim.load.LoadFleet;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// How many records a second the server takes in and settles from many terminals over TLS on the loopback address,
/// beside the bare loop that writes the same rows. Server, load and bare loop share this JVM, rounds alternate, and
/// records are signed before the clock starts.
public final class IngestBench {

  private static final int SITE = 1;
  private static final int TERMINALS = 50;
  private static final int ACCOUNTS = 400;
  private static final int RECORDS = 1_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 9;
  private static final int LOAD_THREADS = 1;
  private static final double TARGET = 0.5;
  private static final long AMOUNT = 1_250;

  private final Path folder;
  private final PrintStream out;
  private final RandomGenerator random;
  private final List<Double> received = new ArrayList<>();
  private final List<Double> settled = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private final List<Double> serverCpu = new ArrayList<>();
  private final List<Double> loadCpu = new ArrayList<>();
  private final List<Double> verified = new ArrayList<>();
  private final List<Double> safeLag = new ArrayList<>();
  private long rows;
  private long sales;

  /// @param folder empty, on the disk that is to be measured
  public IngestBench(Path folder, RandomGenerator random, PrintStream out) {
    this.folder = folder;
    this.random = random;
    this.out = out;
  }

  /// Runs for about two minutes.
  ///
  /// @return whether the target was met
  public boolean run() throws Exception {
    out.printf(Locale.ROOT,
        "bench ingest: %d terminals, %d records each a round, %d rounds after %d to warm up%n",
        TERMINALS, RECORDS, ROUNDS, WARM_UP);
    try (var site = new IngestSite(folder, random);
        var loop = new SqlBareLoop(new SqlDatabase.Sqlite(folder.resolve("bare.db")), SITE)) {
      List<Payer> payers = site.open(ACCOUNTS);
      try (LoadFleet fleet = site.fleet(TERMINALS, LOAD_THREADS)) {
        fleet.connect();
        fleet.sign(1, (_, _) -> RecordDraft.of(RecordKind.GENESIS, Genesis.getDefaultInstance()), now());
        fleet.run(TERMINALS);
        loop.copyRegistry(database(site));
        SqlBareLoop.Mark mark = loop.capture(database(site), SqlBareLoop.Mark.START).mark();
        long fileBefore = size(site.database());
        for (int round = -WARM_UP; round < ROUNDS; round++) {
          fleet.sign(RECORDS, (_, _) -> payers.get(random.nextInt(payers.size())).sale(AMOUNT, random),
              now());
          mark = round(site, fleet, loop, mark, round >= 0);
        }
        report((size(site.database()) - fileBefore) / ((double) (ROUNDS + WARM_UP) * TERMINALS * RECORDS),
            loop.rawInsertRate(200_000));
      }
    }
    return VerifyBench.median(settled) / VerifyBench.median(bare) >= TARGET;
  }

  private SqlBareLoop.Mark round(IngestSite site, LoadFleet fleet, SqlBareLoop loop,
      SqlBareLoop.Mark mark,
      boolean counts) throws Exception {
    long records = (long) TERMINALS * RECORDS;
    long loadBefore = LoadFleet.cpuNanos();
    long processBefore = processCpuNanos();
    long started = System.nanoTime();
    LoadFleet.Round result = fleet.run(records);
    long process = processCpuNanos() - processBefore;
    long load = LoadFleet.cpuNanos() - loadBefore;
    long ended = System.nanoTime();
    site.awaitVerified();
    long verifiedAt = System.nanoTime();
    site.awaitSafe();
    long safeAt = System.nanoTime();
    SqlBareLoop.Captured captured = loop.capture(database(site), mark);
    long bareNanos = loop.write(captured.units());
    out.printf(Locale.ROOT, "%s %2d: settled %s records/s, bare %s, %d commit units%n",
        counts ? "round" : "warm ",
        Math.abs(counts ? received.size() + 1 : 0),
        VerifyBench.thousands(records * 1e9 / result.settledNanos()),
        VerifyBench.thousands(captured.sales() * 1e9 / bareNanos), captured.units().size());
    if (counts) {
      received.add(records * 1e9 / result.receivedNanos());
      settled.add(records * 1e9 / result.settledNanos());
      bare.add(captured.sales() * 1e9 / bareNanos);
      serverCpu.add((process - load) / 1e3 / records);
      loadCpu.add(load / 1e3 / records);
      verified.add(records * 1e9 / (verifiedAt - started));
      safeLag.add((safeAt - ended) / 1e9);
      rows += captured.rows();
      sales += captured.sales();
    }
    return captured.mark();
  }

  private void report(double bytesPerSale, double raw) {
    line("RECEIVED", received, "records/s");
    line("SETTLED", settled, "records/s");
    line("bare loop, same rows", bare, "records/s");
    out.printf(Locale.ROOT, "%-34s %12.2f   target >= %.2f: %s%n", "SETTLED / bare",
        VerifyBench.median(settled) / VerifyBench.median(bare), TARGET,
        VerifyBench.median(settled) / VerifyBench.median(bare) >= TARGET ? "met" : "MISSED");
    out.printf(Locale.ROOT, "%-34s %12s rows/s%n", "raw insert of one narrow row",
        VerifyBench.thousands(raw));
    out.printf(Locale.ROOT, "%-34s %12.1f us a record%n", "CPU of the server", VerifyBench.median(serverCpu));
    out.printf(Locale.ROOT, "%-34s %12.1f us a record%n", "CPU of the load", VerifyBench.median(loadCpu));
    out.printf(Locale.ROOT, "%-34s %12.1f rows, %.0f bytes in the database%n", "a sale costs",
        rows / (double) sales,
        bytesPerSale);
    line("every signature checked by then", verified, "records/s");
    out.printf(Locale.ROOT, "%-34s %12.1f s after SETTLED%n", "SAFE lag", VerifyBench.median(safeLag));
  }

  private void line(String what, List<Double> values, String unit) {
    out.printf(Locale.ROOT, "%-34s %12s %s   spread %.0f %%%n", what,
        VerifyBench.thousands(VerifyBench.median(values)), unit, 100 * VerifyBench.spread(values));
  }

  private static long processCpuNanos() {
    return ManagementFactory
        .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
  }

  private static RecordCircumstances now() {
    return new RecordCircumstances(System.currentTimeMillis(), TimeQuality.ANCHORED,
        System.nanoTime() / 1_000_000, 1,
        0);
  }

  private static SqlDatabase database(IngestSite site) {
    return new SqlDatabase.Sqlite(site.database());
  }

  private static long size(Path database) throws IOException {
    return Files.size(database);
  }
}
