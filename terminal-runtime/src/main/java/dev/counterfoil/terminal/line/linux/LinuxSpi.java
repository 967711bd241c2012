package dev.counterfoil.terminal.line.linux;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import java.util.Arrays;

/// One device on an SPI bus of the machine, highest bit first; every transfer is full duplex and one call into the kernel.
final class LinuxSpi extends SpiBase {

  private final DeviceNode node;
  private final int hertz;

  LinuxSpi(SpiProvider provider, SpiConfig config, Kernel kernel) {
    super(provider, config);
    this.hertz = config.baud();
    this.node = new DeviceNode(kernel, "/dev/spidev" + config.bus().getBus() + "." + config.channel(),
        descriptor -> {
          require(
              kernel.ioctl(descriptor, SpiUapi.SET_MODE, SpiUapi.ofByte(config.mode().getMode())),
              "set the mode");
          require(kernel.ioctl(descriptor, SpiUapi.SET_BITS, SpiUapi.ofByte(SpiUapi.BITS)),
              "set 8 bits a word");
          require(kernel.ioctl(descriptor, SpiUapi.SET_HERTZ, SpiUapi.ofHertz(hertz)),
              "set " + hertz + " Hz");
        });
  }

  private static void require(int answer, String doing) {
    if (answer < 0) {
      throw LineFault.of(doing, -answer);
    }
  }

  @Override
  public Spi initialize(Context context) {
    super.initialize(context);
    node.descriptor();
    isOpen = true;
    return this;
  }

  @Override
  public synchronized int transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int length) {
    var received = new byte[length];
    node.ioctl("transfer " + length + " bytes", SpiUapi.MESSAGE,
        SpiUapi.transfer(Arrays.copyOfRange(write, writeOffset, writeOffset + length), received, hertz));
    System.arraycopy(received, 0, read, readOffset, length);
    return length;
  }

  @Override
  public int read() {
    var one = new byte[1];
    transfer(new byte[1], 0, one, 0, 1);
    return Byte.toUnsignedInt(one[0]);
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

  @Override
  public synchronized Spi shutdownInternal(Context context) {
    node.close();
    return super.shutdownInternal(context);
  }
}
