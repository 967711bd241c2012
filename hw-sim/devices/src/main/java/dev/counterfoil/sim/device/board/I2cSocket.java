package dev.counterfoil.sim.device.board;

import java.util.concurrent.locks.LockSupport;

/// A place on an I2C bus: the chip in it, and what is wrong with its wires. Thread-safe.
public final class I2cSocket {
  private final int bus;
  private final int address;
  private final I2cDevice device;
  private boolean plugged = true;
  private int nacksLeft;
  private int corruptLeft;
  private long delayMicros;
  private long transfers;
  private long nacks;

  I2cSocket(int bus, int address, I2cDevice device) {
    this.bus = bus;
    this.address = address;
    this.device = device;
  }

  /// Takes the chip off the bus, or puts it back; its memory stays.
  public synchronized void plugged(boolean on) {
    plugged = on;
  }

  /// The next `count` transfers are not acknowledged.
  public synchronized void nackNext(int count) {
    nacksLeft = count;
  }

  /// In the last byte of the next `count` writes one bit falls over; the chip acknowledges all the same.
  public synchronized void corruptNext(int count) {
    corruptLeft = count;
  }

  /// Each transfer takes this much longer from now on (clock stretching); 0 ends it.
  public synchronized void delayMicros(long micros) {
    delayMicros = micros;
  }

  /// Acknowledged transfers so far.
  public synchronized long transfers() {
    return transfers;
  }

  /// Transfers that were not acknowledged so far.
  public synchronized long nacks() {
    return nacks;
  }

  synchronized void write(byte[] bytes, long nowMicros) throws I2cNackException {
    begin();
    device.write(corruptLeft > 0 ? corrupted(bytes) : bytes, nowMicros);
  }

  synchronized byte[] read(int count, long nowMicros) throws I2cNackException {
    begin();
    return device.read(count, nowMicros);
  }

  private byte[] corrupted(byte[] bytes) {
    corruptLeft--;
    byte[] wrong = bytes.clone();
    if (wrong.length > 0) {
      wrong[wrong.length - 1] ^= 0x10;
    }
    return wrong;
  }

  private void begin() throws I2cNackException {
    if (!plugged || nacksLeft > 0) {
      nacksLeft = Math.max(0, nacksLeft - 1);
      nacks++;
      throw new I2cNackException(bus, address);
    }
    transfers++;
    if (delayMicros > 0) {
      LockSupport.parkNanos(delayMicros * 1_000);
    }
  }
}
