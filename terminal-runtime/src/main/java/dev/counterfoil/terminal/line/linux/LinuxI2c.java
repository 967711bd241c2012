package dev.counterfoil.terminal.line.linux;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import java.util.Arrays;

/// One device on an I2C bus of the machine. One transfer at a time goes onto the bus; between programs the kernel sees to that.
final class LinuxI2c extends I2CBase<LinuxI2cProvider.Bus> {

  private final I2cWire wire;

  LinuxI2c(I2CProvider provider, I2CConfig config, LinuxI2cProvider.Bus bus, Kernel kernel) {
    super(provider, config, bus);
    this.wire = new I2cWire(kernel, config.bus(), config.device());
  }

  @Override
  public I2C initialize(Context context) {
    super.initialize(context);
    wire.open();
    isOpen = true;
    return this;
  }

  @Override
  public int write(byte value) {
    return write(new byte[] {value}, 0, 1);
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    return execute(() -> {
      wire.write(Arrays.copyOfRange(data, offset, offset + length));
      return length;
    });
  }

  @Override
  public int read() {
    var one = new byte[1];
    read(one, 0, 1);
    return Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return execute(() -> {
      var got = new byte[length];
      wire.read(got);
      System.arraycopy(got, 0, buffer, offset, length);
      return length;
    });
  }

  @Override
  public void writeThenRead(byte[] write, int writeOffset, int writeLength, int delayMicros, byte[] read,
      int readOffset, int readLength) {
    execute(() -> {
      var got = new byte[readLength];
      wire.writeThenRead(Arrays.copyOfRange(write, writeOffset, writeOffset + writeLength), got);
      System.arraycopy(got, 0, read, readOffset, readLength);
      return readLength;
    });
  }

  @Override
  public int readRegister(int register) {
    var one = new byte[1];
    readRegister(register, one, 0, 1);
    return Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
    writeThenRead(register, 0, register.length, 0, buffer, offset, length);
    return length;
  }

  @Override
  public int readRegister(int register, byte[] buffer, int offset, int length) {
    return readRegister(new byte[] {(byte) register}, buffer, offset, length);
  }

  @Override
  public int writeRegister(int register, byte value) {
    return writeRegister(register, new byte[] {value}, 0, 1);
  }

  @Override
  public int writeRegister(int register, byte[] data, int offset, int length) {
    return writeRegister(new byte[] {(byte) register}, data, offset, length);
  }

  /// Register and data go in one transfer: a restart between them would make some chips drop the write.
  @Override
  public int writeRegister(byte[] register, byte[] data, int offset, int length) {
    var all = Arrays.copyOf(register, register.length + length);
    System.arraycopy(data, offset, all, register.length, length);
    write(all, 0, all.length);
    return length;
  }

  @Override
  public I2C shutdownInternal(Context context) {
    wire.close();
    return super.shutdownInternal(context);
  }
}
