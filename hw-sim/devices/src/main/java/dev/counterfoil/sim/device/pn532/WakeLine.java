package dev.counterfoil.sim.device.pn532;

/// The wake-up circuit on the UART's receive line: a sleeping chip counts rising edges, and the fifth starts
/// its oscillator (UM0701-02 section 7.2.11, HSU wake-up; which is why hosts send 55h, a byte of five rising
/// edges).
///
/// What arrives while the chip sleeps or its oscillator starts is lost. The start takes [#START_MICROS] or
/// three byte times, whichever passes first, so that a wire without speed behaves like one with speed. Not
/// thread-safe.
final class WakeLine {
  private static final int EDGES_TO_WAKE = 5;
  private static final long START_MICROS = 1_000;
  private static final int START_BYTES = 3;

  private boolean asleep = true;
  private int edges;
  private long startedMicros;
  private int startBytesLeft;

  void sleep() {
    asleep = true;
    edges = 0;
    startBytesLeft = 0;
  }

  /// Awake at once, for an interface that holds its host up until the oscillator runs.
  void wake() {
    asleep = false;
    startBytesLeft = 0;
  }

  boolean asleep() {
    return asleep;
  }

  /// How many of the bytes the chip misses.
  int swallowed(byte[] bytes, long nowMicros) {
    int index = 0;
    while (asleep && index < bytes.length) {
      edges += risingEdges(bytes[index++]);
      if (edges >= EDGES_TO_WAKE) {
        asleep = false;
        startedMicros = nowMicros;
        startBytesLeft = START_BYTES;
      }
    }
    if (!asleep && nowMicros - startedMicros < START_MICROS) {
      int missed = Math.min(startBytesLeft, bytes.length - index);
      startBytesLeft -= missed;
      index += missed;
    }
    return index;
  }

  /// Rising edges of one byte on an idle-high line: start bit low, eight bits from the lowest, stop bit high.
  static int risingEdges(byte value) {
    int count = 0;
    int level = 0;
    for (int bit = 0; bit <= 8; bit++) {
      int next = bit == 8 ? 1 : value >> bit & 1;
      if (next > level) {
        count++;
      }
      level = next;
    }
    return count;
  }
}
