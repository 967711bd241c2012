package dev.counterfoil.sim.line;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What goes wrong on a wire, and how often it did.
///
/// Each kind has a probability per byte (0 to 1) and a number of coming bytes it certainly hits. Random
/// choices come from the generator given, so a seed repeats a run. Thread-safe. Delay is per block of bytes,
/// in microseconds.
public final class LineFaults {
    /// What can happen to a byte under way.
    public enum Kind {
        /// The byte never arrives.
        DROP,
        /// One bit of the byte flips.
        CORRUPT,
        /// A byte that nobody sent arrives before it.
        INSERT,
        /// The block that holds the byte arrives late.
        DELAY,
    }

    /// Which way: `TO_MODEL` is what the terminal sends.
    public enum Direction {
        TO_MODEL, TO_HOST,
    }

    private static final int KINDS = Kind.values().length;

    private final RandomGenerator random;
    /// Rows by direction, columns by kind.
    private final double[][] probabilities = new double[Direction.values().length][KINDS];
    private final int[][] certain = new int[Direction.values().length][KINDS];
    private final long[] counts = new long[KINDS];
    private long delayMicros = 20_000;

    public LineFaults(RandomGenerator random) {
        this.random = random;
    }

    /// Hits each byte of one direction with this probability from now on; 0 ends it.
    public synchronized LineFaults each(Direction direction, Kind kind, double probability) {
        probabilities[direction.ordinal()][kind.ordinal()] = probability;
        return this;
    }

    /// Hits the next `bytes` bytes of one direction.
    public synchronized LineFaults next(Direction direction, Kind kind, int bytes) {
        certain[direction.ordinal()][kind.ordinal()] += bytes;
        return this;
    }

    /// How long a [Kind#DELAY] takes.
    public synchronized LineFaults delayMicros(long micros) {
        delayMicros = micros;
        return this;
    }

    /// Ends every fault; the counts stay.
    public synchronized LineFaults clear() {
        for (Direction direction : Direction.values()) {
            Arrays.fill(probabilities[direction.ordinal()], 0);
            Arrays.fill(certain[direction.ordinal()], 0);
        }
        return this;
    }

    /// How many bytes (blocks for [Kind#DELAY]) this kind has hit.
    public synchronized long count(Kind kind) {
        return counts[kind.ordinal()];
    }

    /// What arrives, and how late.
    public record Passed(byte[] bytes, long delayMicros) {
    }

    /// Sends bytes over the wire: what arrives of them, changed, fewer or more.
    public synchronized Passed pass(Direction direction, byte[] bytes) {
        byte[] passed = new byte[bytes.length * 2];
        int length = 0;
        long delay = 0;
        for (byte value : bytes) {
            if (hits(direction, Kind.DELAY)) {
                delay = delayMicros;
            }
            if (hits(direction, Kind.INSERT)) {
                passed[length++] = (byte) random.nextInt(256);
            }
            if (hits(direction, Kind.DROP)) {
                continue;
            }
            passed[length++] = hits(direction, Kind.CORRUPT) ? flipped(value) : value;
        }
        return new Passed(Arrays.copyOf(passed, length), delay);
    }

    private byte flipped(byte value) {
    return (byte) (value ^ 1 << random.nextInt(8));
  }

  private boolean hits(Direction direction, Kind kind) {
        int[] sure = certain[direction.ordinal()];
        double probability = probabilities[direction.ordinal()][kind.ordinal()];
        boolean hit = sure[kind.ordinal()] > 0 || probability > 0 && random.nextDouble() < probability;
        sure[kind.ordinal()] = Math.max(0, sure[kind.ordinal()] - 1);
        if (hit) {
            counts[kind.ordinal()]++;
        }
        return hit;
    }
}
