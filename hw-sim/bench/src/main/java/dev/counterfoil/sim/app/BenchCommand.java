package dev.counterfoil.sim.app;

import dev.counterfoil.sim.bench.ApiBench;
import dev.counterfoil.sim.bench.SqlDatabases;
import dev.counterfoil.sim.bench.FullTerminalBench;
import dev.counterfoil.sim.bench.GrowBench;
import dev.counterfoil.sim.bench.IngestBench;
import dev.counterfoil.sim.bench.LedgerBench;
import dev.counterfoil.sim.bench.LedgerDatabase;
import dev.counterfoil.sim.bench.LongRunBench;
import dev.counterfoil.sim.bench.TerminalBench;
import dev.counterfoil.sim.bench.VerifyBench;
import dev.counterfoil.sim.demo.FullTerminal;
import dev.counterfoil.sim.demo.IdleTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `counterfoil bench`: the figures that the documentation claims, measured on this machine.
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures what the documentation claims, each time beside a bare loop.")
final class BenchCommand implements Runnable {

  private static final long SEED = 20261121;
  private static final int MOST_SALES = 10_000_000;
  private static final long MOST_TRANSFERS = 100_000_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "which one: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(name = "verify", mixinStandardHelpOptions = true, description = "Records a second that one core links and believes by head signature.")
  int verify() {
    return new VerifyBench(RandomGeneratorFactory.of("L64X128MixRandom").create(SEED)).run(System.out)
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "ingest", mixinStandardHelpOptions = true, description = "Records a second that the server receives and settles from 50 terminals over TLS.")
  int ingest() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-ingest");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return new IngestBench(folder, random, System.out).run()
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "ledger", mixinStandardHelpOptions = true, sortOptions = false, description = "Sales a second that the ledger settles in batches of 500, beside bare JDBC that writes the same rows; or, with --grow, beside itself with a longer past.")
  int ledger(
      @Option(names = "--db", defaultValue = "sqlite", paramLabel = "DATABASE", description = "${COMPLETION-CANDIDATES} (default: sqlite). PostgreSQL is the server that COUNTERFOIL_PG_URL names, or one that is started for the run.") LedgerDatabase db,
      @Option(names = "--grow", description = "Compare a store of many transfers with one of a hundredth of them.") boolean grow,
      @Option(names = "--transfers", defaultValue = "10000000", paramLabel = "N", description = "With --grow: transfers in the bigger store (default: 10000000, which takes up to 10 GB and some minutes).") long transfers)
      throws Exception {
    if (transfers < 1 || transfers > MOST_TRANSFERS) {
      throw new ParameterException(spec.commandLine(), "--transfers: 1 to " + MOST_TRANSFERS);
    }
    Path folder = ProjectRoot.freshRun("bench-ledger");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    try (SqlDatabases databases = db.databases(folder)) {
      boolean met = grow ? grow(databases, folder, GrowBench.Scale.of(transfers), random)
          : new LedgerBench(databases.empty("ours"), databases.empty("bare"), db.scale(), db.target(), random,
              System.out).run().met();
      return met ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private boolean grow(SqlDatabases databases, Path folder, GrowBench.Scale scale, RandomGenerator random)
      throws Exception {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < scale.room()) {
      throw new ParameterException(spec.commandLine(),
          "needs " + scale.room() / 1_000_000 + " MB at " + folder + ", " + free / 1_000_000 + " are free");
    }
    return new GrowBench(databases.empty("small"), databases.empty("big"), scale, random, System.out).run()
        .met();
  }

  @Command(name = "api", mixinStandardHelpOptions = true, description = "Payments one by one through the HTTP API, a commit each: rate and times, beside bare JDBC that writes the same rows.")
  int api() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-api");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return new ApiBench(folder, ApiBench.Scale.FULL, random, System.out).run().met() ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "terminal", mixinStandardHelpOptions = true, description = "From a card at the reader to a durable sale, beside a bare loop that signs and inserts; or, with --full, beside an empty terminal.")
  int terminal(
      @Option(names = "--full", description = "A terminal with 36000 unsent sales, 300000 accounts and 10000 denied cards beside one with nothing, and its memory after a minute.") boolean full)
      throws Exception {
    Path folder = ProjectRoot.freshRun("bench-terminal");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    boolean met = full ? full(folder, random) : new TerminalBench(folder, random, System.out).run();
    return met ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean full(Path folder, RandomGenerator random) throws Exception {
    boolean quick = new FullTerminalBench(folder, FullTerminalBench.Scale.FULL, random, System.out).run()
        .met();
    boolean small = new FullTerminal(ProjectRoot.path(), folder.resolve("program"), System.out).run();
    return quick && small;
  }

  @Command(name = "million", mixinStandardHelpOptions = true, description = "A million sales on one terminal in simulated time: live heap, open files and the journal's files must not grow.")
  int million(
      @Option(names = "--sales", defaultValue = "1000000", paramLabel = "N", description = "How many (default: 1000000; at 2000 a day the journal is as large as it becomes after 80000).") int sales)
      throws Exception {
    if (sales < LongRunBench.LEAST_SALES || sales > MOST_SALES) {
      throw new ParameterException(spec.commandLine(),
          "--sales: " + LongRunBench.LEAST_SALES + " to " + MOST_SALES);
    }
    Path folder = ProjectRoot.freshRun("bench-million");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    try (SqlDatabases databases = SqlDatabases.sqlite(folder)) {
      return new LongRunBench(databases.empty("server"), folder, LongRunBench.Scale.of(sales), random,
          System.out).run().steady() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Command(name = "footprint", mixinStandardHelpOptions = true, description = "One terminal as it ships: start to ready for cards beside a plain JVM, then idle CPU and memory over a minute.")
  int footprint() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-footprint");
    return new IdleTerminal(ProjectRoot.path(), folder, System.out).run() ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }
}
