package dev.counterfoil.sim.line;

import static dev.counterfoil.sim.line.LineFaults.Direction.TO_HOST;
import static dev.counterfoil.sim.line.LineFaults.Direction.TO_MODEL;
import static dev.counterfoil.sim.line.LineFaults.Kind.CORRUPT;
import static dev.counterfoil.sim.line.LineFaults.Kind.DELAY;
import static dev.counterfoil.sim.line.LineFaults.Kind.DROP;
import static dev.counterfoil.sim.line.LineFaults.Kind.INSERT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LineFaultsTest {
  private static final byte[] SENT = {1, 2, 3, 4, 5};

  private final LineFaults faults = new LineFaults(new SplittableRandom(3));
  private final MemoryLine.Pair wire = MemoryLine.pair();
  private final SimLine model = new FaultyLine(wire.model(), faults);

  @Test
  void withoutFaultsBytesPassBothWays() {
    wire.host().write(SENT);
    assertThat(model.read(1_000_000)).isEqualTo(SENT);
    model.write(SENT);

    assertThat(wire.host().readExactly(5, 1_000_000)).isEqualTo(SENT);
  }

  @Test
  void droppedBytesAreMissing() {
    faults.next(TO_HOST, DROP, 2);

    model.write(SENT);

    assertThat(wire.host().read(1_000_000)).containsExactly(3, 4, 5);
    assertThat(faults.count(DROP)).isEqualTo(2);
  }

  @Test
  void corruptedBytesDifferInOneBit() {
    faults.next(TO_MODEL, CORRUPT, 1);

    wire.host().write(SENT);

    byte[] heard = model.read(1_000_000);
    assertThat(Integer.bitCount((heard[0] ^ SENT[0]) & 0xFF)).isEqualTo(1);
    assertThat(Arrays.copyOfRange(heard, 1, 5)).containsExactly(2, 3, 4, 5);
  }

  @Test
  void insertedBytesComeOnTop() {
    faults.next(TO_MODEL, INSERT, 3);

    wire.host().write(SENT);

    assertThat(model.read(1_000_000)).hasSize(8).endsWith(4, 5);
  }

  @Test
  void delayedBytesAreLate() {
    faults.delayMicros(30_000).next(TO_HOST, DELAY, 1);
    long start = System.nanoTime();

    model.write(SENT);

    assertThat(wire.host().read(1_000_000)).isEqualTo(SENT);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
  }

  @Test
  void aProbabilityHitsAboutThatShare() {
    faults.each(TO_HOST, DROP, 0.1);

    model.write(new byte[4_000]);

    assertThat(faults.count(DROP)).isBetween(300L, 500L);
    faults.clear();
    model.write(SENT);
    assertThat(faults.count(DROP)).isBetween(300L, 500L);
  }

  @Test
  void anUnpluggedWireLosesEverythingAndComesBack() {
    model.unplug();
    wire.host().write(SENT);
    model.write(SENT);
    assertThat(model.plugged()).isFalse();

    model.replug();

    assertThat(model.read(1_000)).isEmpty();
    assertThat(wire.host().read(1_000)).isEmpty();
    wire.host().write(SENT);
    assertThat(model.read(1_000_000)).isEqualTo(SENT);
  }

  @Test
  void aClosedWireEndsAWaitingReadAtOnce() {
    wire.host().close();

    assertThat(model.read(SimLine.FOREVER_MICROS)).isEmpty();
    assertThat(model.closed()).isTrue();
  }
}
