package dev.counterfoil.sim.line;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One end of a wire that exists in memory only: what a fast test uses in place of a pseudo-terminal.
///
/// Both ends are equal and both may unplug. Bytes written while the wire is unplugged are lost, bytes already
/// under way at that moment too. Any thread may call any method.
public final class MemoryLine implements SimLine {
  private static final int READ_BYTES = 4_096;

  private final Wire wire;
  private final boolean left;
  private boolean woken;

  private MemoryLine(Wire wire, boolean left) {
    this.wire = wire;
    this.left = left;
  }

  /// Both ends of a new wire.
  public record Pair(MemoryLine model, MemoryLine host) {}

  public static Pair pair() {
    Wire wire = new Wire();
    return new Pair(new MemoryLine(wire, true), new MemoryLine(wire, false));
  }

  private static final class Wire {
    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    final ArrayDeque<Byte> toLeft = new ArrayDeque<>();
    final ArrayDeque<Byte> toRight = new ArrayDeque<>();
    boolean plugged = true;
    boolean closed;
  }

  @Override
  public byte[] read(long timeoutMicros) {
    ArrayDeque<Byte> inbound = left ? wire.toLeft : wire.toRight;
    wire.lock.lock();
    try {
      long remainingNanos = timeoutMicros > Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : timeoutMicros * 1_000;
      while (inbound.isEmpty() && !wire.closed && !woken && remainingNanos > 0) {
        remainingNanos = wire.changed.awaitNanos(remainingNanos);
      }
      woken = false;
      return take(inbound);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new byte[0];
    } finally {
      wire.lock.unlock();
    }
  }

  /// Reads exactly `count` bytes or what came until `timeoutMicros` passed without a further byte.
  public byte[] readExactly(int count, long timeoutMicros) {
    byte[] got = new byte[count];
    int have = 0;
    while (have < count) {
      byte[] more = readAtMost(count - have, timeoutMicros);
      if (more.length == 0) {
        return Arrays.copyOf(got, have);
      }
      System.arraycopy(more, 0, got, have, more.length);
      have += more.length;
    }
    return got;
  }

  private byte[] readAtMost(int count, long timeoutMicros) {
    byte[] some = read(timeoutMicros);
    if (some.length <= count) {
      return some;
    }
    wire.lock.lock();
    try {
      ArrayDeque<Byte> inbound = left ? wire.toLeft : wire.toRight;
      for (int i = some.length - 1; i >= count; i--) {
        inbound.addFirst(some[i]);
      }
      return Arrays.copyOf(some, count);
    } finally {
      wire.lock.unlock();
    }
  }

  private static byte[] take(ArrayDeque<Byte> inbound) {
    byte[] bytes = new byte[Math.min(inbound.size(), READ_BYTES)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = inbound.removeFirst();
    }
    return bytes;
  }

  @Override
  public void write(byte[] bytes) {
    ArrayDeque<Byte> outbound = left ? wire.toRight : wire.toLeft;
    wire.lock.lock();
    try {
      if (wire.plugged && !wire.closed) {
        for (byte value : bytes) {
          outbound.addLast(value);
        }
        wire.changed.signalAll();
      }
    } finally {
      wire.lock.unlock();
    }
  }

  @Override
  public void wakeUp() {
    wire.lock.lock();
    try {
      woken = true;
      wire.changed.signalAll();
    } finally {
      wire.lock.unlock();
    }
  }

  @Override
  public void unplug() {
    plug(false);
  }

  @Override
  public void replug() {
    plug(true);
  }

  private void plug(boolean plugged) {
    wire.lock.lock();
    try {
      wire.plugged = plugged;
      wire.toLeft.clear();
      wire.toRight.clear();
      wire.changed.signalAll();
    } finally {
      wire.lock.unlock();
    }
  }

  @Override
  public boolean plugged() {
    wire.lock.lock();
    try {
      return wire.plugged;
    } finally {
      wire.lock.unlock();
    }
  }

  @Override
  public boolean closed() {
    wire.lock.lock();
    try {
      return wire.closed;
    } finally {
      wire.lock.unlock();
    }
  }

  @Override
  public void close() {
    wire.lock.lock();
    try {
      wire.closed = true;
      wire.changed.signalAll();
    } finally {
      wire.lock.unlock();
    }
  }
}
