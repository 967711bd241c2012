package dev.counterfoil.sim.world.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Seeded bugs, each of which a short run must notice. A survivor fails; so does a mutant that hits no code.
class MutantTest {

  private static final int SHOWN = 110;

  @Test
  void everySeededBugIsNoticed() throws Exception {
    List<String> survivors = new ArrayList<>();
    StringBuilder table = new StringBuilder(
        "| mutant | bug | killed by | seconds |\n| --- | --- | --- | --- |\n");
    for (Mutant mutant : Mutants.all()) {
      long started = System.nanoTime();
      String killer = mutant.killer();
      row(table, mutant, killer, started);
      if (killer.isEmpty() || !mutant.hits()) {
        survivors.add(mutant.name());
      }
    }
    publish(table.toString());

    assertThat(survivors).as("%s", table).isEmpty();
  }

  /// Sound code must get through the very days and probes that kill mutants; were a day deadly in itself, the table
  /// above would mean nothing.
  @Test
  void soundCodeSurvivesWhereMutantsDie() throws Exception {
    Set<String> seen = new HashSet<>();
    List<String> deadly = new ArrayList<>();
    for (Mutant mutant : Mutants.all()) {
      Mutant sound = mutant.withoutTheBug();
      String killer = seen.add(mutant.place()) ? sound.killer() : "";
      if (!killer.isEmpty() || !sound.hits()) {
        deadly.add(mutant.name() + ": " + killer);
      }
    }

    assertThat(deadly).isEmpty();
  }

  /// The canary: a bug that breaks everything.
  @Test
  void theCanaryDies() throws Exception {
    Mutant canary = Mutant.of("canary", "nothing is ever durable", Mutation
        .skippingCall("dev.counterfoil.terminal.journal.JournalWriter", "commit", "commit", 0));

    assertThat(canary.killer()).isNotEmpty();
    assertThat(canary.hits()).isTrue();
  }

  private static void row(StringBuilder table, Mutant mutant, String killer, long started) {
    String verdict = killer.isEmpty() ? "SURVIVED" : killer.substring(0, Math.min(SHOWN, killer.length()));
    table.append(String.format(Locale.ROOT, "| %s | %s | %s | %.1f |%n", mutant.name(), mutant.what(),
        verdict.replace('|', '/').replace('\n', ' '), (System.nanoTime() - started) / 1e9));
  }

  private static void publish(String table) throws IOException {
    System.out.print(table);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "mutants.md"), table);
  }
}
