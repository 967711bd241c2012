package dev.counterfoil.terminal.line.linux;

/// A chip of the kernel's I2C stub, read by another file than the driver's: 256 registers that keep what was written. The
/// stub's adapter speaks SMBus only.
public final class StubChip implements AutoCloseable {

  private final I2cWire wire;

  public StubChip(int bus, int address) {
    wire = new I2cWire(Kernel.system(), bus, address);
  }

  public byte[] registers(int first, int count) {
    var bytes = new byte[count];
    wire.writeThenRead(new byte[] {(byte) first}, bytes);
    return bytes;
  }

  @Override
  public void close() {
    wire.close();
  }
}
