package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Arrays;

/// A PN532 on a [PolledBus]: asks until the chip is ready and reads whole frames.
///
/// The length of a frame stands in the frame, and one that was read in part is gone. So a read takes what nearly every
/// reply fits into; for a longer one the chip is told NACK, after which it gives the same reply again, and that is then
/// read in full. Bytes behind the frame's end are whatever the chip has in its buffer and are cut off.
///
/// The acknowledge is read by itself (six bytes), as every driver known to us does.
public final class PolledWire implements Pn532Wire {

  private static final byte[] NOTHING = {};
  private static final int ACK_BYTES = 6;
  /// Bytes of a frame that are asked for at first. A list of one DESFire card takes 28, of two cards with long
  /// identities 46.
  private static final int USUAL_BYTES = 48;
  /// Pause between two questions whether the chip is ready.
  private static final long ASK_AGAIN_MILLIS = 1;
  /// How long the chip takes from its first touch to being ready: 2 ms, with a margin.
  private static final long WAKE_UP_MILLIS = 5;
  /// What an earlier program left unread: an acknowledge and a reply.
  private static final int LEFT_OVERS = 2;

  private final PolledBus bus;
  private final MonotonicClock clock;
  private boolean awaitsAck;

  PolledWire(PolledBus bus, MonotonicClock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public String name() {
    return bus.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    bus.open();
  }

  @Override
  public boolean isOpen() {
    return bus.isOpen();
  }

  @Override
  public void wakeUp() throws DeviceFaultException, InterruptedException {
    bus.touch();
    clock.await(WAKE_UP_MILLIS);
    // A program that was killed leaves its reply in the chip, where it would be taken for the next acknowledge
    // (esphome #3281).
    for (int i = 0; i < LEFT_OVERS && bus.read(USUAL_BYTES).length > 0; i++) {
      awaitsAck = false;
    }
  }

  @Override
  public void write(byte[] frame) throws DeviceFaultException, InterruptedException {
    bus.write(frame);
    awaitsAck = frame.length > ACK_BYTES;
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException {
    int wanted = awaitsAck ? ACK_BYTES : USUAL_BYTES;
    var bytes = readReady(wanted, timeoutMillis);
    if (awaitsAck) {
      awaitsAck = !Arrays.equals(bytes, Pn532Frames.ack());
      return bytes;
    }
    int length = Pn532Frames.lengthOf(bytes);
    return length <= bytes.length ? Arrays.copyOf(bytes, length) : again(length);
  }

  private byte[] readReady(int count, long timeoutMillis) throws DeviceFaultException, InterruptedException {
    long deadline = clock.millis() + timeoutMillis;
    while (true) {
      var bytes = bus.read(count);
      long left = deadline - clock.millis();
      if (bytes.length > 0 || left <= 0) {
        return bytes;
      }
      clock.await(Math.min(ASK_AGAIN_MILLIS, left));
    }
  }

  private byte[] again(int length) throws DeviceFaultException, InterruptedException {
    bus.write(Pn532Frames.nack());
    var bytes = readReady(length, Pn532Exchange.REPEAT_MILLIS);
    return bytes.length == 0 ? NOTHING : Arrays.copyOf(bytes, Math.min(length, Pn532Frames.lengthOf(bytes)));
  }

  @Override
  public boolean bringsWholeFrames() {
    return true;
  }

  /// Nothing to do: a reply that is left over is read before the acknowledge and ignored there.
  @Override
  public void discardInput() {
    awaitsAck = false;
  }

  @Override
  public void close() {
    bus.close();
  }
}
