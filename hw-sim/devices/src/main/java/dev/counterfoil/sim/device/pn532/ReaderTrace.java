package dev.counterfoil.sim.device.pn532;

/// Sees every run of bytes on a reader's wire. Called on the reader's thread; must not block.
@FunctionalInterface
public interface ReaderTrace {
  /// `toHost` is true for what the chip sends.
  void bytes(boolean toHost, byte[] bytes);

  static ReaderTrace none() {
    return (_, _) -> {
    };
  }
}
