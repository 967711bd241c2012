package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// From the moment a reader reports a card to the moment the sale is durable and may be shown as approved, decided
/// without the server; beside a bare loop that signs and inserts the same bytes. Then the whole way from a card that is
/// laid down, through the shipped driver and a reader at real wire speed, split into wire, reader and ours.
public final class TerminalBench {

  private static final int ROUNDS = 9;
  private static final int WARM_UP = 3_000;
  private static final int ACCOUNTS = 200;
  private static final double TARGET = 1.5;
  private static final int WHOLE_TAPS = 200;

  private final Path folder;
  private final RandomGenerator random;
  private final PrintStream out;

  /// @param folder empty, on the disk that is to be measured
  public TerminalBench(Path folder, RandomGenerator random, PrintStream out) {
    this.folder = folder;
    this.random = random;
    this.out = out;
  }

  /// Runs for about four minutes.
  ///
  /// @return whether the target was met, or missed by less than the baseline's own spread
  public boolean run() throws Exception {
    out.println("bench terminal: card reported to sale durable, no server in reach");
    var site = new IngestSite(folder, random);
    try {
      List<Payer> payers = site.open(ACCOUNTS);
      var setup = new HostedTerminal.Setup("bench", folder.resolve("terminal"), site.member("bench"),
          site.link(),
          SaleSettings.of(new SaleMode.Keyed(), "CNY"), InstantSource.system(), random, new StrictVerifier());
      try (HostedTerminal terminal = new HostedTerminal(setup).start();
          var bare = new SqliteBareJournal(folder.resolve("bare.db"))) {
        var till = new Till(terminal, cards(payers), "tap");
        till.awaitSnapshot();
        terminal.expectNoServer();
        site.close();
        while (terminal.isOnline()) {
          Thread.sleep(10);
        }
        return measure(till, terminal, bare);
      }
    } finally {
      site.close();
    }
  }

  static List<CardToken> cards(List<Payer> payers) {
    return payers.stream().map(payer -> CardToken.of(payer.token())).toList();
  }

  private boolean measure(Till till, HostedTerminal terminal, SqliteBareJournal bare) throws Exception {
    byte[] record = new SignedChain(random).next().bytes();
    Signer signer = new Ed25519Signer(new byte[Ed25519Signer.SEED_LENGTH]);
    long[] seq = {0};
    PairedRounds rounds = new PairedRounds(ROUNDS, PairedRounds.LEAST_SAMPLES, WARM_UP)
        .run(() -> bareNanos(bare, signer, record, ++seq[0]), till::tapNanos);
    rounds.table("bare: sign, insert, commit", "terminal: tap to durable").forEach(out::println);
    boolean met = rounds.ratioP99() <= TARGET;
    out.printf(Locale.ROOT, "target p99 <= %.1fx: %s%n", TARGET,
        met ? "met" : rounds.isWithinSpread(TARGET) ? "missed by less than the baseline's spread" : "MISSED");
    wholeTaps(till, terminal);
    return met || rounds.isWithinSpread(TARGET);
  }

  /// The whole way of a tap, and where its time goes.
  private void wholeTaps(Till till, HostedTerminal terminal) throws Exception {
    long[] wire = new long[WHOLE_TAPS];
    long[] reader = new long[WHOLE_TAPS];
    long[] ours = new long[WHOLE_TAPS];
    long[] whole = new long[WHOLE_TAPS];
    try (var path = new TapPath(folder)) {
      for (int i = 0; i < WHOLE_TAPS; i++) {
        CardToken card = till.nextCard();
        CompletableFuture<Long> durable = till.offer();
        TapPath.Way way = path.lay();
        terminal.happens(new SaleEvent.CardPresented(card));
        wire[i] = way.wireNanos();
        reader[i] = way.readerNanos();
        ours[i] = durable.get(Till.ANSWER_SECONDS, TimeUnit.SECONDS) - way.heardAt();
        whole[i] = wire[i] + reader[i] + ours[i];
        path.takeAway();
        terminal.happens(new SaleEvent.CardRemoved());
      }
    }
    out.printf("a whole tap, PN532 at 115,200 baud, %d cards (the parts' medians need not add up):%n",
        WHOLE_TAPS);
    share("on the wire", wire);
    share("reader: pause between looks, chip, driver", reader);
    share("ours: heard to durable", ours);
    share("laid down to durable", whole);
  }

  private void share(String name, long[] nanos) {
    var quantiles = Quantiles.of(nanos);
    out.printf(Locale.ROOT, "  %-44s p50 %7.2f ms  p99 %7.2f ms%n", name, quantiles.p50() / 1e6,
        quantiles.p99() / 1e6);
  }

  private static long bareNanos(SqliteBareJournal bare, Signer signer, byte[] record, long seq)
      throws Exception {
    long started = System.nanoTime();
    byte[] signature = signer.sign(Domain.RECORD.over(record, 0, record.length - 64));
    System.arraycopy(signature, 0, record, record.length - 64, 64);
    bare.append(seq, record);
    return System.nanoTime() - started;
  }

}
