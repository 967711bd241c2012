package dev.counterfoil.terminal.line.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers of the kernel's watchdog devices (linux/watchdog.h). Pure.
final class WatchdogUapi {

  /// `_IOR('W', 2, int)`.
  static final long GET_BOOT_STATUS = 0x80045702L;
  /// `_IOR('W', 5, int)`.
  static final long KEEP_ALIVE = 0x80045705L;
  /// `_IOWR('W', 6, int)`.
  static final long SET_TIMEOUT = 0xC0045706L;

  /// Of the status: the watchdog started the machine.
  static final int CARD_RESET = 0x20;
  /// Written before closing, it stops the clock ("magic close").
  static final byte[] MAGIC = {'V'};

  private WatchdogUapi() {}

  static byte[] number(int value) {
    var bytes = new byte[Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(value);
    return bytes;
  }

  static int read(byte[] number) {
    return ByteBuffer.wrap(number).order(ByteOrder.nativeOrder()).getInt();
  }
}
