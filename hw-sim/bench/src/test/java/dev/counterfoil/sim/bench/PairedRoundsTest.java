package dev.counterfoil.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRoundsTest {

  private final List<String> deeds = new ArrayList<>();

  @Test
  void eachRoundIsOnAStageOfItsOwnAndTheyAlternate() throws Exception {
    new PairedRounds(2, 2, 1).runAnew(() -> new Told("bare", 10), () -> new Told("real", 30));

    var bare = List.of("open bare", "bare", "bare", "bare", "close bare");
    var real = List.of("open real", "real", "real", "real", "close real");
    var once = new ArrayList<>(bare);
    once.addAll(real);
    var twice = new ArrayList<>(once);
    twice.addAll(once);
    assertThat(deeds).containsExactlyElementsOf(twice);
  }

  @Test
  void aTargetIsMissedOnlyBeyondTheSpreadOfTheBaseline() throws Exception {
    long[] bare = {100, 100, 150, 150};
    int[] at = {0};

    var rounds = new PairedRounds(2, 2, 0).run(() -> bare[at[0]++], () -> 180);

    assertThat(rounds.ratioP50()).isEqualTo(1.8);
    assertThat(rounds.isP50WithinSpread(1.3)).isTrue();
    assertThat(rounds.isP50WithinSpread(1.1)).isFalse();
    assertThat(rounds.isWithinSpread(1.3)).isTrue();
    assertThat(rounds.isWithinSpread(1.1)).isFalse();
  }

  private final class Told implements PairedRounds.Stage {

    private final String name;
    private final long nanos;

    Told(String name, long nanos) {
      this.name = name;
      this.nanos = nanos;
      deeds.add("open " + name);
    }

    @Override
    public long takeNanos() {
      deeds.add(name);
      return nanos;
    }

    @Override
    public void close() {
      deeds.add("close " + name);
    }
  }
}
