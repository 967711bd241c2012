package dev.counterfoil.sim.device.serial;

/// A device on a serial line: hears bytes and answers bytes. Called by one thread at a time.
public interface SerialModel {

  /// Takes what the other end said.
  ///
  /// @param nowMicros     when the last byte came, microseconds of a monotonic clock
  /// @return what the device says at once; empty for nothing
  byte[] hear(byte[] bytes, long nowMicros);

  /// Cuts the supply and gives it back: everything that is not kept in flash is forgotten.
  void powerCycle();
}
