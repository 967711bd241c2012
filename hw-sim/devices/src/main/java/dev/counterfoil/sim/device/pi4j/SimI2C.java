package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import dev.counterfoil.sim.device.board.BoardProtocol;
import java.nio.ByteBuffer;

/// One device on a simulated I2C bus. Any number of bytes goes in one transfer, as on a real bus.
///
/// A transfer that is not acknowledged, or a board that went away, throws Pi4J's unchecked `IOException`.
final class SimI2C extends I2CBase<SimI2CProvider.Bus> {
  private final BoardLink board;
  private final byte bus;
  private final byte address;

  SimI2C(I2CProvider provider, I2CConfig config, SimI2CProvider.Bus i2cBus, BoardLink board) {
    super(provider, config, i2cBus);
    this.board = board;
    this.bus = config.bus().byteValue();
    this.address = config.device().byteValue();
    this.isOpen = true;
  }

  private ByteBuffer head(ByteBuffer request, byte operation) {
    return request.put(operation).put(bus).put(address);
  }

  @Override
  public int write(byte value) {
    return write(new byte[] {value}, 0, 1);
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    return execute(() -> {
      board.call(request -> head(request, BoardProtocol.I2C_WRITE).put(data, offset, length));
      return length;
    });
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return execute(() -> {
      byte[] got = board.call(request -> head(request, BoardProtocol.I2C_READ).putShort((short) length));
      System.arraycopy(got, 0, buffer, offset, got.length);
      return got.length;
    });
  }

  @Override
  public void writeThenRead(byte[] write, int writeOffset, int writeLength, int delayMicros, byte[] read,
      int readOffset, int readLength) {
    execute(() -> {
      byte[] got = board
          .call(request -> head(request, BoardProtocol.I2C_COMBINED).putShort((short) readLength)
              .put(write, writeOffset, writeLength));
      System.arraycopy(got, 0, read, readOffset, got.length);
      return got.length;
    });
  }

  @Override
  public int readRegister(int register) {
    byte[] one = new byte[1];
    readRegister(register, one, 0, 1);
    return one[0] & 0xFF;
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
    return execute(() -> {
      board.call(request -> head(request, BoardProtocol.I2C_WRITE).put(register).put(data, offset, length));
      return length;
    });
  }
}
