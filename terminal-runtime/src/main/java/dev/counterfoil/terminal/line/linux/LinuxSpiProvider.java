package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProviderBase;

/// Makes devices on SPI buses of the machine.
final class LinuxSpiProvider extends SpiProviderBase {

  private final Kernel kernel;

  LinuxSpiProvider(Kernel kernel) {
    super("counterfoil-linux-spi", "Counterfoil SPI by spidev");
    this.kernel = kernel;
  }

  @Override
  public int getPriority() {
    return LinuxPlugin.PRIORITY;
  }

  @Override
  public Spi create(SpiConfig config) {
    var device = new LinuxSpi(this, config, kernel);
    context.registry().add(device);
    return device;
  }
}
