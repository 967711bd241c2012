package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.SpiDevice;
import java.util.Arrays;

/// The chip on SPI (UM0701-02 section 6.2.5). The first byte of each transfer says what it is:
///
/// ```
/// 01 frame..      the host sends a frame
/// 02 xx           the host asks for the status: the chip answers 01 in place of xx when it has a frame
/// 03 xx xx xx..   the host reads; the frame comes in place of xx
/// ```
/// The chip sends and takes the lowest bit of each byte first. The SPI of a Raspberry Pi cannot, so each byte is turned
/// round here. A chip that is not there reads as 00 or FF, so only exactly 01 counts as ready.
final class SpiBus implements PolledBus {

  private static final byte[] NOTHING = {};
  private static final byte DATA_WRITE = 1;
  private static final byte STATUS_READ = 2;
  private static final byte DATA_READ = 3;
  private static final byte READY = 1;

  private final BusSlot<SpiDevice> slot;

  SpiBus(BusSlot<SpiDevice> slot) {
    this.slot = slot;
  }

  @Override
  public String name() {
    return slot.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    slot.open();
  }

  @Override
  public boolean isOpen() {
    return slot.isOpen();
  }

  @Override
  public void touch() throws DeviceFaultException {
    isReady();
  }

  @Override
  public void write(byte[] frame) throws DeviceFaultException {
    var bytes = new byte[1 + frame.length];
    bytes[0] = DATA_WRITE;
    System.arraycopy(frame, 0, bytes, 1, frame.length);
    transfer(bytes);
  }

  @Override
  public byte[] read(int count) throws DeviceFaultException {
    if (!isReady()) {
      return NOTHING;
    }
    var bytes = new byte[1 + count];
    bytes[0] = DATA_READ;
    return Arrays.copyOfRange(transfer(bytes), 1, bytes.length);
  }

  private boolean isReady() throws DeviceFaultException {
    return transfer(new byte[] {STATUS_READ, 0})[1] == READY;
  }

  private byte[] transfer(byte[] bytes) throws DeviceFaultException {
    return reversed(slot.device().transfer(reversed(bytes)));
  }

  private static byte[] reversed(byte[] bytes) {
    var turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
    }
    return turned;
  }

  @Override
  public void close() {
    slot.close();
  }
}
