package dev.counterfoil.sim.device.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakeLineTest {
  private final WakeLine wake = new WakeLine();

  @Test
  void risingEdgesAreThoseOfTheLineWithStartAndStopBits() {
    assertThat(WakeLine.risingEdges((byte) 0x55)).isEqualTo(5);
    assertThat(WakeLine.risingEdges((byte) 0x00)).isEqualTo(1);
    assertThat(WakeLine.risingEdges((byte) 0xFF)).isEqualTo(1);
    assertThat(WakeLine.risingEdges((byte) 0xAA)).isEqualTo(4);
    assertThat(WakeLine.risingEdges((byte) 0x02)).isEqualTo(2);
  }

  @Test
  void fourEdgesDoNotWakeAndTheFifthDoes() {
    wake.swallowed(new byte[] {0, 0, 0, 0}, 1_000);
    assertThat(wake.asleep()).isTrue();

    wake.swallowed(new byte[] {0}, 1_000);

    assertThat(wake.asleep()).isFalse();
  }

  @Test
  void threeBytesAreLostWhileTheOscillatorStarts() {
    assertThat(wake.swallowed(new byte[] {0x55, 1, 2, 3, 4, 5}, 1_000)).isEqualTo(4);
    assertThat(wake.swallowed(new byte[] {6}, 1_000)).isZero();
  }

  @Test
  void afterAMillisecondNothingIsLost() {
    wake.swallowed(new byte[] {0x55}, 1_000);

    assertThat(wake.swallowed(new byte[] {1, 2, 3}, 2_000)).isZero();
  }
}
