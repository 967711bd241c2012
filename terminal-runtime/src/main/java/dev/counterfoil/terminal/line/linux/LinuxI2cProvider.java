package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// Makes devices on I2C buses of the machine; devices of one bus share its lock.
final class LinuxI2cProvider extends I2CProviderBase {

  private final Kernel kernel;
  private final Map<Integer, Bus> buses = new HashMap<>();

  /// Pi4J's bus lock, so that a compound `execute` is not interrupted by another device's transfer.
  static final class Bus extends I2CBusBase {

    Bus(I2CConfig config) {
      super(config);
    }

    @Override
    public <R> R execute(I2C i2c, Callable<R> action) {
      return _execute(i2c, action);
    }
  }

  LinuxI2cProvider(Kernel kernel) {
    super("counterfoil-linux-i2c", "Counterfoil I2C by i2c-dev");
    this.kernel = kernel;
  }

  @Override
  public int getPriority() {
    return LinuxPlugin.PRIORITY;
  }

  @Override
  public synchronized I2C create(I2CConfig config) {
    var bus = buses.computeIfAbsent(config.bus(), _ -> new Bus(config));
    var device = new LinuxI2c(this, config, bus, kernel);
    context.registry().add(device);
    return device;
  }
}
