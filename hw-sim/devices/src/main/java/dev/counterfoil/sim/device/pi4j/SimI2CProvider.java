package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// Makes devices on I2C buses of a simulated board; devices of one bus share its lock.
final class SimI2CProvider extends I2CProviderBase {
  private final BoardLink board;
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

  SimI2CProvider(BoardLink board) {
    super("counterfoil-sim-i2c", "Counterfoil simulated I2C");
    this.board = board;
  }

  @Override
  public int getPriority() {
    return SimPlugin.PRIORITY;
  }

  @Override
  public synchronized I2C create(I2CConfig config) {
    Bus bus = buses.computeIfAbsent(config.bus(), _ -> new Bus(config));
    SimI2C device = new SimI2C(this, config, bus, board);
    context.registry().add(device);
    return device;
  }
}
