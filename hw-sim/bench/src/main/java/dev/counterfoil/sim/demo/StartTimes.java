package dev.counterfoil.sim.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long a terminal takes from the start of its program until it is ready for cards: as it ships, and by the same
/// classes on a JVM without any options, in turn, both by their own command lines: the launcher's shell is in neither. Ready means that it has printed READY and its glass asks for a card.
final class StartTimes {

  private static final int ROUNDS = 9;
  private static final double TARGET = 0.45;
  private static final String CACHE = ".aot";

  private final Counter counter;
  private final PrintStream out;

  /// @param counter enrolled and switched off
  StartTimes(Counter counter, PrintStream out) {
    this.counter = counter;
    this.out = out;
  }

  /// Blocks for some two minutes; the terminal is switched off when it returns.
  ///
  /// @return whether the target is met, with the start cache in use
  boolean run() throws IOException, InterruptedException {
    counter.powerOn();
    counter.awaitReady();
    List<String> asShipped = commandLine(counter.pid());
    List<String> plain = plain(asShipped);
    boolean cached = usesCache(counter.pid());
    counter.switchOff();
    if (!cached) {
      out.println(
          "start cache: NOT USED by the terminal as it ships; ./counterfoil terminal --help makes it");
    }
    var bare = new ArrayList<Long>();
    var shipped = new ArrayList<Long>();
    for (int round = -1; round < ROUNDS; round++) {
      long bareMillis = startMillis(() -> counter.powerOn(plain));
      long shippedMillis = startMillis(() -> counter.powerOn(asShipped));
      if (round >= 0) {
        bare.add(bareMillis);
        shipped.add(shippedMillis);
      }
    }
    return report(bare, shipped) && cached;
  }

  private interface PowerOn {
    void run() throws IOException;
  }

  private long startMillis(PowerOn powerOn) throws IOException, InterruptedException {
    long started = System.nanoTime();
    powerOn.run();
    counter.awaitReadyLine();
    counter.awaitReady();
    long millis = (System.nanoTime() - started) / 1_000_000;
    counter.switchOff();
    return millis;
  }

  private boolean report(List<Long> bare, List<Long> shipped) {
    double ratio = (double) median(shipped) / median(bare);
    double spread = (double) (bare.stream().max(Long::compare).orElseThrow()
        - bare.stream().min(Long::compare).orElseThrow()) / median(bare);
    boolean met = ratio <= TARGET;
    boolean near = ratio / (1 + spread) <= TARGET;
    out.printf(Locale.ROOT, "start to ready for cards, medians of %d rounds in turn:%n", ROUNDS);
    out.printf(Locale.ROOT, "  plain JVM   %6d ms   spread over rounds %.0f %%%n", median(bare),
        100 * spread);
    out.printf(Locale.ROOT, "  as shipped  %6d ms   ratio %.2f   target <= %.2f: %s%n", median(shipped),
        ratio,
        TARGET, met ? "met" : near ? "missed by less than the plain JVM's spread" : "MISSED");
    return met || near;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }

  private static List<String> commandLine(long pid) throws IOException {
    String words = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
    return List.of(words.split("\0"));
  }

  /// A cache that the JVM could not use is not among its mappings.
  private static boolean usesCache(long pid) throws IOException {
    try (var maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
      return maps.anyMatch(line -> line.endsWith(CACHE));
    }
  }

  /// The same program by the same class path, and none of the options that are for speed or size.
  static List<String> plain(List<String> shipped) {
    return shipped.stream().filter(word -> !word.startsWith("-X")).toList();
  }
}
