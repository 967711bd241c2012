package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.sim.device.scale.Nau7802Chip;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.PinInput;
import dev.counterfoil.terminal.line.PinOutput;
import dev.counterfoil.terminal.line.ReadableI2c;
import dev.counterfoil.terminal.line.SpiDevice;
import java.util.List;

/// A board with nothing but the converter's model on its bus, on virtual time.
final class ModelBoard implements Board {

  private final ReadableI2c chip;
  private final FakeClock clock;
  private int unacknowledged;
  private boolean gone;
  boolean closed;

  ModelBoard(Nau7802Chip chip, FakeClock clock) {
    this(wire(chip, clock), clock);
  }

  ModelBoard(ReadableI2c chip, FakeClock clock) {
    this.chip = chip;
    this.clock = clock;
  }

  private static ReadableI2c wire(Nau7802Chip chip, FakeClock clock) {
    return new ReadableI2c() {
      @Override
      public void write(byte[] bytes) throws DeviceFaultException {
        chip.write(bytes, clock.millis() * 1_000);
      }

      @Override
      public byte[] read(int count) throws DeviceFaultException {
        return chip.read(count, clock.millis() * 1_000);
      }
    };
  }

  void unacknowledged(int transfers) {
    unacknowledged = transfers;
  }

  void unplugged(boolean out) {
    gone = out;
  }

  @Override
  public ReadableI2c i2c(int bus, int address) {
    return new ReadableI2c() {
      @Override
      public void write(byte[] bytes) throws DeviceFaultException {
        acknowledge();
        chip.write(bytes);
      }

      @Override
      public byte[] read(int count) throws DeviceFaultException {
        acknowledge();
        return chip.read(count);
      }
    };
  }

  private void acknowledge() throws DeviceFaultException {
    clock.advance(1);
    if (gone || unacknowledged > 0) {
      unacknowledged = Math.max(0, unacknowledged - 1);
      throw new DeviceFaultException(new DeviceFault(FaultCode.BOARD_REFUSED, "I2C", "no acknowledge"));
    }
  }

  @Override
  public List<ProviderChoice> providers() {
    return List.of();
  }

  @Override
  public PinOutput output(int bcm, boolean initialHigh) {
    throw new AssertionError("a scale drives no pin");
  }

  @Override
  public PinInput inputPulledUp(int bcm) {
    throw new AssertionError("a scale reads no pin");
  }

  @Override
  public SpiDevice spi(int bus, int chipSelect, int hertz) {
    throw new AssertionError("a scale is not on SPI");
  }

  @Override
  public void close() {
    closed = true;
  }
}
