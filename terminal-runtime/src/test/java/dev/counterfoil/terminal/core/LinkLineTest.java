package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.link.Backoff;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkLineTest {

  private final LinkLine line = new LinkLine(Backoff.DEFAULT, new Random(1));

  @Test
  void aServerThatWelcomesAndThenRefusesIsCalledMoreAndMoreSeldom() {
    int failures = 0;
    for (int i = 0; i < 10; i++) {
      line.connecting();
      line.up();
      line.accepted(1_000L * i);
      failures = line.down(1_000L * i + 20, 0);
    }

    assertThat(failures).isEqualTo(10);
  }

  @Test
  void aSessionThatLastedMakesTheNextFailureTheFirstAgain() {
    for (int i = 0; i < 5; i++) {
      line.connecting();
      line.down(i, 0);
    }
    line.connecting();
    line.accepted(100);

    assertThat(line.down(100 + LinkLine.STEADY_MILLIS, 0)).isEqualTo(1);
  }
}
