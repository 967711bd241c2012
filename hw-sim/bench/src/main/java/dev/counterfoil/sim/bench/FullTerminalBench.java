package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.sim.hosted.Backlog;
import dev.counterfoil.sim.hosted.HostedJournal;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.sim.load.LoadEnrolment;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Whether a terminal that holds as much as it ever may sells as quickly as one that holds nothing: from a card that is
/// reported to a durable sale, on both in alternating rounds. Each round begins on a copy of the same files, so that the
/// empty one stays empty.
public final class FullTerminalBench {

  private static final int ACCOUNTS = 20;
  private static final double TARGET_P50 = 1.10;
  private static final double TARGET_P99 = 1.5;

  private final Path folder;
  private final Scale scale;
  private final RandomGenerator random;
  private final SignatureVerifier signatures = new StrictVerifier();
  private final PrintStream out;
  private int stages;

  /// How much is held, and how often it is looked at.
  ///
  /// @param warmUp taps before each round's samples
  public record Scale(Backlog backlog, int rounds, int samples, int warmUp) {

    public static final Scale FULL = new Scale(Backlog.FULL, 9, PairedRounds.LEAST_SAMPLES, 500);
  }

  /// What a run came to.
  public record Result(double ratioP50, double ratioP99, boolean met) {}

  /// A terminal that was enrolled and then switched off.
  private record Kept(LoadEnrolment.Member member, InetSocketAddress server, Path image,
      List<CardToken> cards) {}

  /// @param folder empty, on the disk that is to be measured
  public FullTerminalBench(Path folder, Scale scale, RandomGenerator random, PrintStream out) {
    this.folder = folder;
    this.scale = scale;
    this.random = random;
    this.out = out;
  }

  /// Runs for some two minutes.
  public Result run() throws Exception {
    Kept empty;
    Kept full;
    try (var site = new IngestSite(folder, random)) {
      List<CardToken> cards = TerminalBench.cards(site.open(ACCOUNTS));
      empty = enrolled(site, "empty", cards);
      full = enrolled(site, "full", cards);
    }
    full = filled(full);
    var rounds = new PairedRounds(scale.rounds(), scale.samples(), scale.warmUp());
    Kept nothing = empty;
    Kept much = full;
    rounds.runAnew(() -> new Selling(nothing), () -> new Selling(much));
    return report(rounds);
  }

  private Kept enrolled(IngestSite site, String name, List<CardToken> cards) throws Exception {
    Path image = folder.resolve("image").resolve(name);
    var kept = new Kept(site.member(name), site.link(), image, cards);
    try (HostedTerminal terminal = new HostedTerminal(setup(kept, image)).start()) {
      new Till(terminal, cards, "first").awaitSnapshot();
    }
    return kept;
  }

  private Kept filled(Kept kept) {
    long started = System.nanoTime();
    var identity = kept.member().identity();
    try (var journal = HostedJournal.open(kept.image(), identity.trust().terminal(),
        SigningKeys.fixed(Optional.of(identity.signer())), new BootId(random.nextLong(), random.nextLong()),
        signatures)) {
      var cards = new ArrayList<>(scale.backlog().write(journal, random, System.currentTimeMillis()));
      Collections.shuffle(cards, Random.from(random));
      out.printf(Locale.ROOT, "full: %,d records unsent, %,d accounts, %,d denied cards; written in %d s%n",
          journal.state().unsent(), scale.backlog().accounts(), scale.backlog().denied(),
          (System.nanoTime() - started) / 1_000_000_000);
      return new Kept(kept.member(), kept.server(), kept.image(), cards);
    }
  }

  private HostedTerminal.Setup setup(Kept kept, Path data) {
    return new HostedTerminal.Setup(String.valueOf(kept.image().getFileName()), data, kept.member(),
        kept.server(),
        SaleSettings.of(new SaleMode.Keyed(), "CNY"), InstantSource.system(), random, signatures);
  }

  /// One round of one terminal.
  private final class Selling implements PairedRounds.Stage {

    private final Path data;
    private final HostedTerminal terminal;
    private final Till till;

    Selling(Kept kept) throws IOException {
      String name = "round-" + stages++;
      data = Files.createDirectories(folder.resolve(name));
      for (Path file : files(kept.image())) {
        copyDurably(file, data.resolve(String.valueOf(file.getFileName())));
      }
      terminal = new HostedTerminal(setup(kept, data));
      terminal.expectNoServer();
      terminal.start();
      till = new Till(terminal, kept.cards(), name);
    }

    @Override
    public long takeNanos() throws Exception {
      return till.tapNanos();
    }

    @Override
    public void close() throws IOException {
      terminal.close();
      for (Path file : files(data)) {
        Files.delete(file);
      }
      Files.delete(data);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  /// What the copy owes the disk must not be paid by the first taps.
  private static void copyDurably(Path from, Path to) throws IOException {
    Files.copy(from, to);
    try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private Result report(PairedRounds rounds) {
    rounds.table("empty terminal: tap to durable", "full terminal: tap to durable").forEach(out::println);
    boolean p50 = judge("p50", rounds.ratioP50(), TARGET_P50, rounds.isP50WithinSpread(TARGET_P50));
    boolean p99 = judge("p99", rounds.ratioP99(), TARGET_P99, rounds.isWithinSpread(TARGET_P99));
    return new Result(rounds.ratioP50(), rounds.ratioP99(), p50 && p99);
  }

  private boolean judge(String what, double ratio, double target, boolean withinSpread) {
    out.printf(Locale.ROOT, "target %s <= %.2fx: %s%n", what, target,
        ratio <= target ? "met" : withinSpread ? "missed by less than the baseline's spread" : "MISSED");
    return ratio <= target || withinSpread;
  }
}
