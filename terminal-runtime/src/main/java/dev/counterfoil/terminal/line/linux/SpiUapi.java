package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.line.linux.Kernel.Memory;
import dev.counterfoil.terminal.line.linux.Kernel.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The structures and numbers of spidev (linux/spi/spidev.h). Pure.
///
/// ```
/// spi_ioc_transfer   sent:pointer received:pointer length:u32@16 hertz:u32@20 delay:u16 bits:u8@26 ...   32 bytes
/// ```
final class SpiUapi {

  static final long SET_MODE = 0x40016B01L;
  static final long SET_BITS = 0x40016B03L;
  static final long SET_HERTZ = 0x40046B04L;
  /// One transfer.
  static final long MESSAGE = 0x40206B00L;

  static final int BITS = 8;

  private static final int LENGTH = 32;

  private SpiUapi() {}

  static Memory ofByte(int value) {
    return Memory.of(new byte[] {(byte) value});
  }

  static Memory ofHertz(int hertz) {
    var bytes = new byte[Integer.BYTES];
    view(bytes).putInt(0, hertz);
    return Memory.of(bytes);
  }

  /// @param received as long as what is sent
  static Memory transfer(byte[] sent, byte[] received, int hertz) {
    var bytes = new byte[LENGTH];
    view(bytes).putInt(16, sent.length).putInt(20, hertz).put(26, (byte) BITS);
    return new Memory(bytes, List.of(new Pointer(0, Memory.of(sent)), new Pointer(8, Memory.of(received))));
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
