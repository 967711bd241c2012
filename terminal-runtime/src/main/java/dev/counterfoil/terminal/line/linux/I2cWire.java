package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.I2cUapi.Message;
import java.util.List;
import java.util.Locale;

/// One device on a bus of i2c-dev. Adapters that pass any bytes on are used so; those that know SMBus only (USB adapters,
/// some expanders, the kernel's stub) get the SMBus transfer that puts the same bytes on the wire.
///
/// Threads: one at a time.
final class I2cWire implements AutoCloseable {

  private final DeviceNode node;
  private final int address;
  private long functions;

  /// @param bus     number of the bus
  /// @param address 7 bits
  I2cWire(Kernel kernel, int bus, int address) {
    this.address = address;
    this.node = new DeviceNode(kernel, "/dev/i2c-" + bus, descriptor -> {
      var answer = I2cUapi.functions();
      require(kernel.ioctl(descriptor, I2cUapi.FUNCS, Kernel.Memory.of(answer)), "ask the adapter");
      functions = I2cUapi.readFunctions(answer);
      // Also where it is not needed: it says whether a driver of the kernel has the address.
      require(kernel.ioctl(descriptor, I2cUapi.SLAVE, address), what());
    });
  }

  private static void require(int answer, String doing) {
    if (answer < 0) {
      throw LineFault.of(doing, -answer);
    }
  }

  private String what() {
    return String.format(Locale.ROOT, "address 0x%02X", address);
  }

  /// Opens the bus, if that was not done before.
  ///
  /// @throws LineFault if there is none, or a driver of the kernel has the address
  void open() {
    node.descriptor();
  }

  /// Writes all bytes in one transfer.
  ///
  /// @throws LineFault without acknowledge, or if the adapter cannot do it
  void write(byte[] bytes) {
    open();
    if (can(I2cUapi.FUNC_I2C)) {
      node.ioctl("write to " + what(), I2cUapi.RDWR,
          I2cUapi.transfer(address, List.of(new Message(false, bytes))));
    } else {
      writeBySmbus(bytes);
    }
  }

  /// SMBus calls the first byte the command; on the wire it is a byte as the others.
  private void writeBySmbus(byte[] bytes) {
    var data = I2cUapi.data();
    if (bytes.length == 1 && can(I2cUapi.FUNC_WRITE_BYTE)) {
      smbus(false, bytes[0], I2cUapi.BYTE, data);
    } else if (bytes.length == 2 && can(I2cUapi.FUNC_WRITE_BYTE_DATA)) {
      data[0] = bytes[1];
      smbus(false, bytes[0], I2cUapi.BYTE_DATA, data);
    } else if (bytes.length >= 2 && bytes.length <= 1 + I2cUapi.MOST_IN_BLOCK
        && can(I2cUapi.FUNC_WRITE_BLOCK)) {
      data[0] = (byte) (bytes.length - 1);
      System.arraycopy(bytes, 1, data, 1, bytes.length - 1);
      smbus(false, bytes[0], I2cUapi.BLOCK_DATA, data);
    } else {
      throw cannot("write " + bytes.length + " bytes at once");
    }
  }

  /// Reads in one transfer.
  ///
  /// @throws LineFault as [#write]
  void read(byte[] into) {
    open();
    if (can(I2cUapi.FUNC_I2C)) {
      node.ioctl("read from " + what(), I2cUapi.RDWR,
          I2cUapi.transfer(address, List.of(new Message(true, into))));
    } else if (into.length == 1 && can(I2cUapi.FUNC_READ_BYTE)) {
      var data = I2cUapi.data();
      smbus(true, 0, I2cUapi.BYTE, data);
      into[0] = data[0];
    } else {
      throw cannot("read " + into.length + " bytes without a register number");
    }
  }

  /// Writes and reads without letting the bus go between.
  ///
  /// @throws LineFault as [#write]
  void writeThenRead(byte[] written, byte[] into) {
    open();
    if (can(I2cUapi.FUNC_I2C)) {
      node.ioctl("write to and read from " + what(), I2cUapi.RDWR,
          I2cUapi.transfer(address, List.of(new Message(false, written), new Message(true, into))));
    } else if (written.length == 1) {
      readRegister(written[0], into);
    } else {
      throw cannot("read behind " + written.length + " bytes");
    }
  }

  private void readRegister(byte register, byte[] into) {
    var data = I2cUapi.data();
    if (into.length == 1 && can(I2cUapi.FUNC_READ_BYTE_DATA)) {
      smbus(true, register, I2cUapi.BYTE_DATA, data);
      into[0] = data[0];
    } else if (into.length <= I2cUapi.MOST_IN_BLOCK && can(I2cUapi.FUNC_READ_BLOCK)) {
      data[0] = (byte) into.length;
      smbus(true, register, I2cUapi.BLOCK_DATA, data);
      if (data[0] != into.length) {
        throw new LineFault(FaultCode.BOARD_REFUSED,
            what() + " gave " + data[0] + " of " + into.length + " bytes");
      }
      System.arraycopy(data, 1, into, 0, into.length);
    } else {
      throw cannot("read " + into.length + " bytes of a register");
    }
  }

  private void smbus(boolean reads, int command, int size, byte[] data) {
    node.ioctl((reads ? "read from " : "write to ") + what(), I2cUapi.SMBUS,
        I2cUapi.smbus(reads, command, size, data));
  }

  private boolean can(long function) {
    return (functions & function) != 0;
  }

  private LineFault cannot(String what) {
    return new LineFault(FaultCode.BOARD_REFUSED, String.format(Locale.ROOT,
        "the adapter speaks SMBus only and cannot %s (functions 0x%08X)", what, functions));
  }

  @Override
  public void close() {
    node.close();
  }
}
