package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import dev.counterfoil.sim.device.board.BoardProtocol;

/// One device on a simulated SPI bus; every transfer is full duplex and one round trip.
final class SimSpi extends SpiBase {
  private final BoardLink board;
  private final byte bus;
  private final byte chipSelect;

  SimSpi(SpiProvider provider, SpiConfig config, BoardLink board) {
    super(provider, config);
    this.board = board;
    this.bus = (byte) config.bus().getBus();
    this.chipSelect = config.channel().byteValue();
    this.isOpen = true;
  }

  @Override
  public int transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int length) {
    byte[] got = board.call(request -> request.put(BoardProtocol.SPI_TRANSFER).put(bus).put(chipSelect)
        .put(write, writeOffset, length));
    System.arraycopy(got, 0, read, readOffset, got.length);
    return got.length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    transfer(new byte[1], 0, one, 0, 1);
    return one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return transfer(new byte[length], 0, buffer, offset, length);
  }

  @Override
  public int write(byte value) {
    return write(new byte[] {value}, 0, 1);
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    return transfer(data, offset, new byte[length], 0, length);
  }
}
