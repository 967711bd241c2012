package dev.counterfoil.sim.device.board;

/// A chip on an SPI bus. Called under the bus's lock, one transfer at a time.
public interface SpiDevice {
  /// Full duplex: answers as many bytes as it is sent.
  byte[] transfer(byte[] bytes, long nowMicros);
}
