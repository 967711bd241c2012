package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.driver.scale.Weigher.Sample;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;

/// A scale that answers Modbus RTU.
final class ModbusScale implements ScaleSource {

  private static final long BETWEEN_SAMPLES_MILLIS = 100;
  private static final long MILLIGRAMS_PER_GRAM = 1_000;

  private final SerialLine line;
  private final MonotonicClock clock;
  private final ModbusScaleSettings settings;
  private final ModbusMaster master;

  ModbusScale(SerialLine line, MonotonicClock clock, ModbusScaleSettings settings) {
    this.line = line;
    this.clock = clock;
    this.settings = settings;
    this.master = new ModbusMaster(line, clock, settings.unit(), settings.baud());
  }

  @Override
  public String name() {
    return "scale " + line.name();
  }

  @Override
  public void open() throws DeviceFaultException, InterruptedException {
    line.open();
    read();
  }

  @Override
  public Sample sample() throws DeviceFaultException, InterruptedException {
    clock.await(BETWEEN_SAMPLES_MILLIS);
    return read();
  }

  /// The flags are read after the weight: what begins to move between the two is then known to move.
  private Sample read() throws DeviceFaultException, InterruptedException {
    int[] weight = master.read(settings.function(), settings.weightRegister(), settings.words());
    long counts = settings.words() == 1 ? (short) weight[0] : weight[0] << 16 | weight[1];
    int flags = settings.statusRegister() == ModbusScaleSettings.NONE
        ? settings.stableMask()
        : master.read(settings.function(), settings.statusRegister(), 1)[0];
    return new Sample(grams(counts), (flags & settings.stableMask()) == settings.stableMask(),
        (flags & settings.overloadMask()) != 0 && settings.statusRegister() != ModbusScaleSettings.NONE);
  }

  private long grams(long counts) {
    return Math.floorDiv(counts * settings.milligrams() + MILLIGRAMS_PER_GRAM / 2, MILLIGRAMS_PER_GRAM);
  }

  @Override
  public void close() {
    line.close();
  }
}
