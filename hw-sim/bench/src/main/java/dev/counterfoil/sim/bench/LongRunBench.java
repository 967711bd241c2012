package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Whether a terminal that is never switched off grows: years of sales in simulated time through the production core and a
/// real journal on the disk, acknowledged by the real settlement core, most of them without the server and some with it, a
/// day after the other. What is alive on the heap after a collection, open files and the journal's files are looked at over
/// and over; the journal keeps thirty days, so its size stands still from the second month on.
public final class LongRunBench {

  /// Fewer give too few samples of a journal that has settled.
  public static final int LEAST_SALES = 100_000;

  private static final Instant FIRST_DAY = Instant.parse("2026-01-05T04:00:00Z");
  private static final int ACCOUNTS = 200;
  private static final long BETWEEN_TAPS_MILLIS = 200;
  /// Days until the journal holds all that it ever will, and a few more for caches to fill.
  private static final int SETTLING_DAYS = 40;
  private static final int SAMPLES = 24;
  private static final double HEAP_ALLOWANCE = 256 * 1024;
  private static final double HANDLE_ALLOWANCE = 0.5;
  private static final double FILE_ALLOWANCE = 1024 * 1024;

  private final SqlDatabase database;
  private final Path folder;
  private final Scale scale;
  private final RandomGenerator random;
  private final PrintStream out;
  private final Growth heap = new Growth("live heap", "bytes", HEAP_ALLOWANCE);
  private final Growth handles = new Growth("open files", "", HANDLE_ALLOWANCE);
  private final Growth files = new Growth("journal and mirror", "bytes", FILE_ALLOWANCE);

  /// How long it goes on.
  ///
  /// @param offlineADay sales of a day before the network comes
  /// @param onlineADay  sales of the same day after it
  public record Scale(int sales, int offlineADay, int onlineADay) {

    /// A busy counter: 2,000 sales a day.
    public static Scale of(int sales) {
      return new Scale(sales, 1_980, 20);
    }

    int days() {
      return Math.ceilDiv(sales, offlineADay + onlineADay);
    }
  }

  /// What a run came to.
  ///
  /// @param sold    sales made
  /// @param kept    records still in the journal
  /// @param steady  whether nothing grows
  public record Result(int sold, long kept, boolean steady) {}

  /// @param database of the server, empty
  /// @param folder   for the terminal's files
  public LongRunBench(SqlDatabase database, Path folder, Scale scale, RandomGenerator random,
      PrintStream out) {
    this.database = database;
    this.folder = folder;
    this.scale = scale;
    this.random = random;
    this.out = out;
  }

  /// Runs for some minutes for each million sales.
  public Result run() throws IOException {
    try (var terminal = new LongRunTerminal(FIRST_DAY, random);
        var server = new DirectServer(database.openStore(), terminal, random)) {
      List<CardToken> cards = server.open(ACCOUNTS);
      terminal.begin(folder.resolve("terminal"), server);
      terminal.awaitServed();
      int sold = 0;
      int every = Math.max(1, (scale.days() - SETTLING_DAYS) / SAMPLES);
      for (int day = 1; day <= scale.days(); day++) {
        sold += day(terminal, server, cards);
        if (day > SETTLING_DAYS && (day - SETTLING_DAYS) % every == 0) {
          look(terminal, sold);
        }
      }
      return report(sold, terminal.state().recordCount());
    }
  }

  private int day(LongRunTerminal terminal, DirectServer server, List<CardToken> cards) {
    long began = terminal.millis();
    terminal.network(false);
    sell(terminal, cards, scale.offlineADay());
    terminal.network(true);
    terminal.awaitServed();
    sell(terminal, cards, scale.onlineADay());
    server.background();
    terminal.awaitServed();
    terminal.pass(Math.max(0, began + Duration.ofDays(1).toMillis() - terminal.millis()));
    return scale.offlineADay() + scale.onlineADay();
  }

  private void sell(LongRunTerminal terminal, List<CardToken> cards, int count) {
    for (int i = 0; i < count; i++) {
      terminal.sell(cards.get(i % cards.size()));
      terminal.pass(BETWEEN_TAPS_MILLIS);
    }
  }

  private void look(LongRunTerminal terminal, int sold) throws IOException {
    long live = liveHeap();
    long open = openFiles();
    long size = size(folder.resolve("terminal"));
    heap.sample(sold, live);
    handles.sample(sold, open);
    files.sample(sold, size);
    out.printf(Locale.ROOT,
        "%,10d sales to %s: heap %,d KiB, %d open files, %,d records in %,d KiB%n", sold,
        terminal.instant().toString().substring(0, 10), live >> 10, open, terminal.state().recordCount(),
        size >> 10);
  }

  private static long liveHeap() {
    // Twice: what the first has put into queues of references is gone with the second.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long openFiles() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long size(Path folder) throws IOException {
    long sum = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private Result report(int sold, long kept) {
    List<Growth> all = List.of(heap, handles, files);
    all.forEach(growth -> out.println(growth.line()));
    boolean steady = all.stream().allMatch(Growth::isWithinAllowance);
    out.printf(Locale.ROOT, "%,d sales on one terminal in %d days, %,d records kept: %s%n", sold,
        scale.days(),
        kept,
        steady ? "nothing grows" : "SOMETHING GROWS");
    return new Result(sold, kept, steady);
  }
}
