package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.line.linux.Kernel.Memory;
import dev.counterfoil.terminal.line.linux.Kernel.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The structures and numbers of i2c-dev (linux/i2c-dev.h, linux/i2c.h). Pure.
///
/// ```
/// i2c_rdwr_ioctl_data    messages:pointer count:u32                    16 bytes
/// i2c_msg                address:u16 flags:u16 length:u16 buffer:pointer@8   16 bytes
/// i2c_smbus_ioctl_data   read:u8 command:u8 size:u32@4 data:pointer@8  16 bytes
/// i2c_smbus_data         34 bytes; of a block the first one is its length
/// ```
final class I2cUapi {

  static final long SLAVE = 0x0703;
  static final long FUNCS = 0x0705;
  static final long RDWR = 0x0707;
  static final long SMBUS = 0x0720;

  /// Plain transfers of any bytes.
  static final long FUNC_I2C = 0x1;
  static final long FUNC_READ_BYTE = 0x0002_0000;
  static final long FUNC_WRITE_BYTE = 0x0004_0000;
  static final long FUNC_READ_BYTE_DATA = 0x0008_0000;
  static final long FUNC_WRITE_BYTE_DATA = 0x0010_0000;
  static final long FUNC_READ_BLOCK = 0x0400_0000;
  static final long FUNC_WRITE_BLOCK = 0x0800_0000;

  static final int BYTE = 1;
  static final int BYTE_DATA = 2;
  static final int BLOCK_DATA = 8;
  static final int MOST_IN_BLOCK = 32;

  private static final int LENGTH = 16;
  private static final int POINTER = 8;
  private static final int DATA_LENGTH = MOST_IN_BLOCK + 2;
  private static final short FLAG_READ = 1;

  /// One message of a transfer.
  ///
  /// @param bytes what goes out, or where what comes in is put
  record Message(boolean reads, byte[] bytes) {}

  private I2cUapi() {}

  static byte[] functions() {
    return new byte[Long.BYTES];
  }

  static long readFunctions(byte[] answer) {
    return view(answer).getLong(0);
  }

  /// Messages that follow each other without the bus being let go.
  static Memory transfer(int address, List<Message> messages) {
    var all = new byte[LENGTH * messages.size()];
    var buffers = new ArrayList<Pointer>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      view(all).putShort(LENGTH * i, (short) address)
          .putShort(LENGTH * i + 2, message.reads() ? FLAG_READ : 0)
          .putShort(LENGTH * i + 4, (short) message.bytes().length);
      buffers.add(new Pointer(LENGTH * i + POINTER, Memory.of(message.bytes())));
    }
    var head = new byte[LENGTH];
    view(head).putInt(POINTER, messages.size());
    return new Memory(head, List.of(new Pointer(0, new Memory(all, buffers))));
  }

  /// One SMBus transfer.
  ///
  /// @param data of [#data]; changed where the device answers
  static Memory smbus(boolean reads, int command, int size, byte[] data) {
    var head = new byte[LENGTH];
    view(head).put(0, (byte) (reads ? 1 : 0)).put(1, (byte) command).putInt(4, size);
    return new Memory(head, List.of(new Pointer(POINTER, Memory.of(data))));
  }

  static byte[] data() {
    return new byte[DATA_LENGTH];
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
