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
  void theServersWishToStayAwayIsObeyedWithinACap() {
    line.connecting();
    line.down(0, 40_000);
    assertThat(line.mayConnect(39_999)).isFalse();
    assertThat(line.connectAt()).isEqualTo(40_000);

    line.connecting();
    line.down(50_000, 1L << 31);

    assertThat(line.connectAt()).isEqualTo(50_000 + LinkLine.MOST_AWAY_MILLIS);
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
