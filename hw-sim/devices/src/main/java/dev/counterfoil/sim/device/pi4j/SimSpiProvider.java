package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProviderBase;

/// Makes devices on SPI buses of a simulated board.
final class SimSpiProvider extends SpiProviderBase {
  private final BoardLink board;

  SimSpiProvider(BoardLink board) {
    super("counterfoil-sim-spi", "Counterfoil simulated SPI");
    this.board = board;
  }

  @Override
  public int getPriority() {
    return SimPlugin.PRIORITY;
  }

  @Override
  public Spi create(SpiConfig config) {
    SimSpi device = new SimSpi(this, config, board);
    context.registry().add(device);
    return device;
  }
}
