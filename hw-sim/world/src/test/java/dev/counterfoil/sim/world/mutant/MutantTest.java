package dev.counterfoil.sim.world.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Seeded bugs, each of which a short run must notice. A survivor fails; so does a mutation that hits no code.
class MutantTest {

  private static final String JOURNAL = "dev.counterfoil.terminal.journal.";
  private static final String INGEST = "dev.counterfoil.settlement.ingest.";
  private static final String PROTOCOL = "dev.counterfoil.protocol.";
  /// Days on which all kinds of faults happen; a mutant has these many chances to be noticed.
  private static final long[] SEEDS = {3, 9, 4, 12, 13, 31, 32, 33};

  /// @param forgotten see [Probe#day]
  private record Mutant(String name, String what, List<Mutation> mutations, String forgotten) {}

  private static List<Mutant> mutants() {
    return List.of(
        bug("m4", "a sale is acknowledged before its commit",
            Mutation.skippingCall(JOURNAL + "JournalWriter", "commit", "commit", 0)),
        bug("m9", "the glass shows a sale that was not written",
            Mutation.calling("dev.counterfoil.terminal.core.JournalDesk", "sell", "append", BadParts.class,
                "pretend")),
        port("m12", "open holds are forgotten in a crash", "openHolds"),
        bug("m13", "a batch is acknowledged without its bytes",
            Mutation.skippingCall(INGEST + "IngestUnit", "store", "insertBatch", 0)),
        bug("m14", "the server acknowledges before its commit",
            Mutation.calling(INGEST + "Intake", "attempt", "commit", BadParts.class, "pretend")),
        port("m18", "what was accepted is known in memory only", "recordKey"),
        bug("m25", "the exception queue drops entries",
            Mutation.returning("dev.counterfoil.settlement.ledger.Books", "raise", 0)),
        bug("m27", "the result of the signature check is ignored",
            Mutation.skippingCall(PROTOCOL + "journal.ChainVerifier", "verify", "verify", 1)),
        bug("m29", "an equal number with another hash is taken as known",
            Mutation.skippingCall(INGEST + "BatchJudge", "overlapping", "equals", 1)));
  }

  private static Mutant bug(String name, String what, Mutation... mutations) {
    return new Mutant(name, what, List.of(mutations), "");
  }

  private static Mutant port(String name, String what, String forgotten) {
    return new Mutant(name, what, List.of(), forgotten);
  }

  @Test
  void everySeededBugIsNoticed() throws Exception {
    List<String> survivors = new ArrayList<>();
    StringBuilder table = new StringBuilder(
        "| mutant | bug | killed by | seconds |\n| --- | --- | --- | --- |\n");
    for (Mutant mutant : mutants()) {
      long started = System.nanoTime();
      String killer = killer(mutant);
      row(table, mutant, killer, started);
      if (killer.isEmpty() || mutant.mutations.stream().anyMatch(mutation -> mutation.hits().get() == 0)) {
        survivors.add(mutant.name);
      }
    }
    long started = System.nanoTime();
    Mutant frame = bug("m47", "a frame's length is trusted before its limit",
        Mutation.skippingCall(PROTOCOL + "link.FrameCodec", "bodyLength", "maxFrameBytes",
            Integer.MAX_VALUE));
    String killer = probe(frame, "hugeFrame");
    row(table, frame, killer, started);
    publish(table.toString());

    assertThat(killer).isNotEmpty();
    assertThat(survivors).as("%s", table).isEmpty();
  }

  /// The canary: sound code must get through the very pipeline that kills mutants, and a bug that breaks everything
  /// must not; were both the same, the table above would mean nothing.
  @Test
  void soundCodeSurvivesAndTheCanaryDies() throws Exception {
    Mutant canary = bug("canary", "nothing is ever durable",
        Mutation.skippingCall(JOURNAL + "JournalWriter", "commit", "commit", 0));

    assertThat(day(bug("sound", "nothing"), SEEDS[0])).isEmpty();
    assertThat(probe(bug("sound", "nothing"), "hugeFrame")).isEmpty();
    assertThat(killer(canary)).isNotEmpty();
    assertThat(canary.mutations.getFirst().hits().get()).isPositive();
  }

  private static String killer(Mutant mutant) throws Exception {
    Class<?> probe = load(mutant);
    for (long seed : SEEDS) {
      String noticed = (String) probe.getMethod("day", long.class, String.class).invoke(null, seed,
          mutant.forgotten);
      if (!noticed.isEmpty()) {
        return "seed " + seed + ": " + noticed;
      }
    }
    return "";
  }

  private static String day(Mutant mutant, long seed) throws Exception {
    return (String) load(mutant).getMethod("day", long.class, String.class).invoke(null, seed,
        mutant.forgotten);
  }

  private static String probe(Mutant mutant, String method) throws Exception {
    return (String) load(mutant).getMethod(method).invoke(null);
  }

  private static Class<?> load(Mutant mutant) throws ClassNotFoundException {
    return new MutantLoader(MutantTest.class.getClassLoader(), mutant.mutations)
        .loadClass(Probe.class.getName());
  }

  private static void row(StringBuilder table, Mutant mutant, String killer, long started) {
    String verdict = killer.isEmpty() ? "SURVIVED" : killer.substring(0, Math.min(110, killer.length()));
    table.append(String.format(Locale.ROOT, "| %s | %s | %s | %.1f |%n", mutant.name, mutant.what,
        verdict.replace('|', '/').replace('\n', ' '), (System.nanoTime() - started) / 1e9));
  }

  private static void publish(String table) throws IOException {
    System.out.print(table);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "mutants.md"), table);
  }
}
