package dev.counterfoil.sim.device.board;

/// No chip acknowledged its address: none there, unplugged, or a fault. A retry may help.
public final class I2cNackException extends Exception {
  private static final long serialVersionUID = 1L;

  I2cNackException(int bus, int address) {
    super("no acknowledge from address 0x%02X on bus %d".formatted(address, bus));
  }
}
