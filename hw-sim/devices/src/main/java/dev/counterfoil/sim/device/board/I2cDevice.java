package dev.counterfoil.sim.device.board;

/// A chip on an I2C bus. Called under the bus's lock, one transfer at a time.
public interface I2cDevice {
  /// The master writes; `nowMicros` is when the last byte arrived.
  void write(byte[] bytes, long nowMicros);

  /// The master reads `count` bytes.
  byte[] read(int count, long nowMicros);
}
