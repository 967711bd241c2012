package dev.counterfoil.sim.device.pn532;

/// The three ways to talk to the chip, chosen by its pins I0 and I1 at power-on, which boards bring out as two switches
/// (UM0701-02 section 6.1).
public enum HostInterface {
  HSU(0x10), SPI(0x20), I2C(0x80);

  private final int wakeBit;

  HostInterface(int wakeBit) {
    this.wakeBit = wakeBit;
  }

  /// Its bit in PowerDown's WakeUpEnable (section 7.2.11).
  int wakeBit() {
    return wakeBit;
  }
}
