package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.ReadableI2c;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chip on I2C (UM0701-02 section 6.2.4). Each read begins with a status byte: 01 when a frame follows, 00 while
/// the chip is busy. Between the end of one transfer and the start of the next the bus rests for 5 ms, as libnfc does;
/// with less, some chips stop acknowledging.
///
/// A chip that does not acknowledge a read counts as busy, because it does not while it wakes up; one that does not
/// acknowledge a frame is silent.
final class I2cBus implements PolledBus {

  /// 5 ms, and one because the clock counts whole ones.
  private static final long BUS_FREE_MILLIS = 5 + 1;

  private static final Logger LOG = LoggerFactory.getLogger(I2cBus.class);
  private static final byte[] NOTHING = {};
  private static final byte READY = 1;

  private final BusSlot<ReadableI2c> slot;
  private final MonotonicClock clock;
  private long freeAt;

  I2cBus(BusSlot<ReadableI2c> slot, MonotonicClock clock) {
    this.slot = slot;
    this.clock = clock;
    this.freeAt = clock.millis();
  }

  @Override
  public String name() {
    return slot.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    slot.open();
  }

  @Override
  public boolean isOpen() {
    return slot.isOpen();
  }

  @Override
  public void touch() throws DeviceFaultException, InterruptedException {
    read(0);
  }

  @Override
  public void write(byte[] frame) throws DeviceFaultException, InterruptedException {
    awaitFreeBus();
    try {
      slot.device().write(frame);
    } catch (DeviceFaultException e) {
      throw new DeviceFaultException(
          new DeviceFault(FaultCode.READER_SILENT, "reader " + name(), e.fault().detail()), e);
    } finally {
      busUsed();
    }
  }

  @Override
  public byte[] read(int count) throws DeviceFaultException, InterruptedException {
    awaitFreeBus();
    try {
      var bytes = slot.device().read(1 + count);
      return bytes[0] == READY ? Arrays.copyOfRange(bytes, 1, bytes.length) : NOTHING;
    } catch (DeviceFaultException e) {
      LOG.debug("reader {} did not acknowledge: {}", name(), e.fault().detail());
      return NOTHING;
    } finally {
      busUsed();
    }
  }

  private void awaitFreeBus() throws InterruptedException {
    clock.await(freeAt - clock.millis());
  }

  private void busUsed() {
    freeAt = clock.millis() + BUS_FREE_MILLIS;
  }

  @Override
  public void close() {
    slot.close();
  }
}
