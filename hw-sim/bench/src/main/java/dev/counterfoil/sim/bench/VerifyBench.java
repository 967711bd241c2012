package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// How many records a second one core links and believes on the strength of one head signature a batch. Baseline: the
/// bare SHA-256 over the same bytes and the same one signature, which nobody can do without.
public final class VerifyBench {

  private static final int BATCH = 500;
  private static final int BATCHES = 40;
  private static final int ROUNDS = 9;
  /// Checking every signature is some twenty times slower, so a tenth of the batches is enough.
  private static final int TENTH = 10;
  private static final long TARGET = 1_000_000;

  private final SignatureVerifier signatures = new StrictVerifier();
  private final Sha256 engine = new Sha256();
  private final List<List<byte[]>> batches = new ArrayList<>();
  private final List<ChainState> starts = new ArrayList<>();
  private int sink;

  public VerifyBench(RandomGenerator random) {
    for (int i = 0; i < BATCHES; i++) {
      var chain = new SignedChain(random);
      starts.add(chain.start());
      batches.add(chain.next(BATCH));
    }
  }

  /// Runs for some seconds on the calling thread.
  ///
  /// @return whether the target was met
  public boolean run(PrintStream out) {
    out.printf(Locale.ROOT,
        "bench verify: chain and head signature, batches of %d records of %d bytes, one core%n",
        BATCH, batches.getFirst().getFirst().length);
    var bare = new ArrayList<Double>();
    var ours = new ArrayList<Double>();
    for (int round = -3; round < ROUNDS; round++) {
      double bareRate = rate(this::hashAndOneSignature);
      double rate = rate(this::verifyByHead);
      if (round >= 0) {
        bare.add(bareRate);
        ours.add(rate);
      }
    }
    double single = rate(this::verifyEach) / TENTH;
    out.printf(Locale.ROOT, "%-40s %12s records/s  (median of %d rounds, spread %.0f %%)%n",
        "bare SHA-256 + one signature a batch", thousands(median(bare)), ROUNDS, 100 * spread(bare));
    out.printf(Locale.ROOT, "%-40s %12s records/s  (ratio %.2f)%n", "chain verification by head signature",
        thousands(median(ours)), median(ours) / median(bare));
    out.printf(Locale.ROOT, "%-40s %12s records/s%n", "every single signature (background)",
        thousands(single));
    boolean met = median(ours) >= TARGET;
    out.printf(Locale.ROOT, "target >= %s records/s a core: %s%n", thousands(TARGET), met ? "met" : "MISSED");
    return met;
  }

  private interface Batch {
    void run(int index);
  }

  private double rate(Batch work) {
    long started = System.nanoTime();
    for (int i = 0; i < BATCHES; i++) {
      work.run(i);
    }
    return BATCH * (double) BATCHES / (System.nanoTime() - started) * 1e9;
  }

  private void hashAndOneSignature(int index) {
    List<byte[]> records = batches.get(index);
    for (byte[] record : records) {
      sink += engine.prefixed((byte) 0, record).hashCode();
    }
    byte[] last = records.getLast();
    int unsigned = last.length - 64;
    byte[] signature = Arrays.copyOfRange(last, unsigned, last.length);
    require(signatures.verify(starts.get(index).key(), Domain.RECORD.over(last, 0, unsigned), signature));
  }

  private void verifyByHead(int index) {
    require(new ChainVerifier(signatures).verifyByHead(starts.get(index), _ -> true,
        batches.get(index)) instanceof ChainVerdict.Accepted);
  }

  private void verifyEach(int index) {
    if (index % TENTH == 0) {
      require(new ChainVerifier(signatures).verifyEach(starts.get(index), _ -> true,
          batches.get(index)) instanceof ChainVerdict.Accepted);
    }
  }

  private void require(boolean accepted) {
    if (!accepted) {
      throw new IllegalStateException("a good batch was refused, checksum " + sink);
    }
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }

  static double spread(List<Double> values) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return (most - least) / median(values);
  }

  static String thousands(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }
}
