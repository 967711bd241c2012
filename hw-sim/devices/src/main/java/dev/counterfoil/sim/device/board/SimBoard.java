package dev.counterfoil.sim.device.board;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A simulated single-board computer: 54 GPIO lines, I2C buses and SPI buses with models on them.
///
/// It belongs to the simulator, not to a connection: a killed terminal leaves lines as they were, and the
/// next one finds the same models. Thread-safe; GPIO observers run under one lock shared by all lines.
public final class SimBoard {
  /// Lines of a BCM2835-family header bank.
  public static final int LINES = 54;

  private final ReentrantLock gpioLock = new ReentrantLock();
  private final GpioLine[] lines = new GpioLine[LINES];
  private final Map<Integer, I2cSocket> i2c = new ConcurrentHashMap<>();
  private final Map<Integer, SpiDevice> spi = new ConcurrentHashMap<>();
  private final LongSupplier micros;

  /// `micros` is a monotonic clock in microseconds.
  public SimBoard(LongSupplier micros) {
    this.micros = micros;
    for (int bcm = 0; bcm < LINES; bcm++) {
      lines[bcm] = new GpioLine(bcm, gpioLock);
    }
  }

  /// The board's clock, in microseconds.
  public long nowMicros() {
    return micros.getAsLong();
  }

  /// The line with this Broadcom number, 0 to 53.
  public GpioLine line(int bcm) {
    return lines[bcm];
  }

  /// Puts a chip on an I2C bus. An address that was taken gets the new chip.
  public I2cSocket attach(int bus, int address, I2cDevice device) {
    I2cSocket socket = new I2cSocket(bus, address, device);
    i2c.put(bus << 8 | address, socket);
    return socket;
  }

  /// Puts a chip on an SPI bus.
  public void attachSpi(int bus, int chipSelect, SpiDevice device) {
    spi.put(bus << 8 | chipSelect, device);
  }

  I2cSocket i2c(int bus, int address) throws I2cNackException {
    I2cSocket socket = i2c.get(bus << 8 | address);
    if (socket == null) {
      throw new I2cNackException(bus, address);
    }
    return socket;
  }

  @Nullable
  SpiDevice spi(int bus, int chipSelect) {
    return spi.get(bus << 8 | chipSelect);
  }
}
