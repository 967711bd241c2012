package dev.counterfoil.sim.line;

import java.util.concurrent.locks.LockSupport;

/// A wire with faults: passes bytes both ways through [LineFaults].
///
/// A delay holds up the thread that carries the bytes, as a slow wire would hold up everything behind them.
/// Unplugging is the wire's own and goes straight through.
public final class FaultyLine implements SimLine {
  private final SimLine wire;
  private final LineFaults faults;

  public FaultyLine(SimLine wire, LineFaults faults) {
    this.wire = wire;
    this.faults = faults;
  }

  @Override
  public byte[] read(long timeoutMicros) {
    byte[] bytes = wire.read(timeoutMicros);
    return bytes.length == 0 ? bytes : delayed(faults.pass(LineFaults.Direction.TO_MODEL, bytes));
  }

  @Override
  public void write(byte[] bytes) {
    wire.write(delayed(faults.pass(LineFaults.Direction.TO_HOST, bytes)));
  }

  private static byte[] delayed(LineFaults.Passed passed) {
    long until = System.nanoTime() + passed.delayMicros() * 1_000;
    while (passed.delayMicros() > 0 && System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    return passed.bytes();
  }

  @Override
  public void wakeUp() {
    wire.wakeUp();
  }

  @Override
  public void unplug() {
    wire.unplug();
  }

  @Override
  public void replug() {
    wire.replug();
  }

  @Override
  public boolean plugged() {
    return wire.plugged();
  }

  @Override
  public boolean closed() {
    return wire.closed();
  }

  @Override
  public void close() {
    wire.close();
  }
}
