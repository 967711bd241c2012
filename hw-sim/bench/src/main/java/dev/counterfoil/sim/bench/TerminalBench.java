package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
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
  private static final long PRICE = 400;
  private static final double TARGET = 1.5;
  private static final long ANSWER_SECONDS = 10;
  private static final int WHOLE_TAPS = 200;

  private final Path folder;
  private final RandomGenerator random;
  private final PrintStream out;
  private int taps;

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
        awaitSnapshot(terminal, payers.getLast());
        terminal.expectNoServer();
        site.close();
        while (terminal.isOnline()) {
          Thread.sleep(10);
        }
        return measure(terminal, bare, payers);
      }
    } finally {
      site.close();
    }
  }

  private boolean measure(HostedTerminal terminal, SqliteBareJournal bare, List<Payer> payers)
      throws Exception {
    byte[] record = new SignedChain(random).next().bytes();
    Signer signer = new Ed25519Signer(new byte[Ed25519Signer.SEED_LENGTH]);
    long[] seq = {0};
    PairedRounds rounds = new PairedRounds(ROUNDS, PairedRounds.LEAST_SAMPLES, WARM_UP)
        .run(() -> bareNanos(bare, signer, record, ++seq[0]), () -> tapNanos(terminal, payers));
    rounds.table("bare: sign, insert, commit", "terminal: tap to durable").forEach(out::println);
    boolean met = rounds.ratioP99() <= TARGET;
    out.printf(Locale.ROOT, "target p99 <= %.1fx: %s%n", TARGET,
        met ? "met" : rounds.isWithinSpread(TARGET) ? "missed by less than the baseline's spread" : "MISSED");
    wholeTaps(terminal, payers);
    return met || rounds.isWithinSpread(TARGET);
  }

  /// The whole way of a tap, and where its time goes.
  private void wholeTaps(HostedTerminal terminal, List<Payer> payers) throws Exception {
    long[] wire = new long[WHOLE_TAPS];
    long[] reader = new long[WHOLE_TAPS];
    long[] ours = new long[WHOLE_TAPS];
    long[] whole = new long[WHOLE_TAPS];
    try (var path = new TapPath(folder)) {
      for (int i = 0; i < WHOLE_TAPS; i++) {
        CardToken card = CardToken.of(payers.get(i % payers.size()).token());
        CompletableFuture<Long> durable = offer(terminal);
        TapPath.Way way = path.lay();
        terminal.happens(new SaleEvent.CardPresented(card));
        wire[i] = way.wireNanos();
        reader[i] = way.readerNanos();
        ours[i] = durable.get(ANSWER_SECONDS, TimeUnit.SECONDS) - way.heardAt();
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

  private long tapNanos(HostedTerminal terminal, List<Payer> payers) throws Exception {
    CardToken card = CardToken.of(payers.get(taps % payers.size()).token());
    CompletableFuture<Long> durable = offer(terminal);
    long started = System.nanoTime();
    terminal.happens(new SaleEvent.CardPresented(card));
    long nanos = durable.get(ANSWER_SECONDS, TimeUnit.SECONDS) - started;
    terminal.happens(new SaleEvent.CardRemoved());
    return nanos;
  }

  /// @return the time at which the sale was approved
  private CompletableFuture<Long> offer(HostedTerminal terminal) throws InterruptedException {
    String reference = "tap-" + taps++;
    CompletableFuture<Long> durable = terminal.outcomeOf(reference).thenApply(outcome -> switch (outcome) {
      case SaleEffect.TillOutcome.Paid _ -> System.nanoTime();
      case SaleEffect.TillOutcome.Refused(var reason) ->
        throw new IllegalStateException("refused: " + reason);
      case SaleEffect.TillOutcome.Rejected(var problem) ->
        throw new IllegalStateException("rejected: " + problem);
      case SaleEffect.TillOutcome.Withdrawn _ -> throw new IllegalStateException("withdrawn");
    });
    terminal.happens(
        new SaleEvent.BasketOffered(Basket.of(List.of(new SaleLine("1", "Lunch", PRICE, 1)), reference)));
    return durable;
  }

  /// The last account is in the snapshot when a tap of it is approved; the server is still in reach.
  private void awaitSnapshot(HostedTerminal terminal, Payer last) throws Exception {
    while (!terminal.isOnline()) {
      Thread.sleep(10);
    }
    CompletableFuture<Long> durable = offer(terminal);
    terminal.happens(new SaleEvent.CardPresented(CardToken.of(last.token())));
    durable.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    while (terminal.snapshotVersion() == 0 || !terminal.isDrained()) {
      Thread.sleep(10);
    }
  }
}
