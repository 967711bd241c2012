package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.board.I2cDevice;
import dev.counterfoil.sim.device.board.SpiDevice;
import dev.counterfoil.sim.line.LineFaults;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A [Pn532Chip] behind its I2C or SPI interface (UM0701-02 sections 6.2.4 and 6.2.5): the chip speaks only when the
/// host reads, and says first whether it has something to say.
///
/// ```
/// I2C write   frame                       I2C read    status(01 ready, 00 busy) frame
/// SPI write   01 frame                    SPI read    02 -> status in the second byte
///                                                     03 -> frame from the second byte on
/// ```
/// SPI goes lowest bit first; the controllers of small computers send the highest first, so each byte is turned round
/// here as the wires would show it. A frame that was begun to be read is gone, however little of it was taken, until
/// the host asks for it again with NACK. What was not read stays over a restart of the host, and a new command's
/// acknowledge comes behind it (esphome #3281). A host's ACK throws it away.
///
/// There is no thread: the chip is brought up to the time of each transfer. Thread-safe.
public final class Pn532BusReader implements ReaderModule {
  private static final long I2C_BYTE_MICROS = 90;
  private static final long SPI_BYTE_MICROS = 8;
  private static final int ACK_BYTES = 6;
  private static final byte DATA_WRITE = 1;
  private static final byte STATUS_READ = 2;
  private static final byte DATA_READ = 3;

  private final RfField field = new RfField();
  private final Pn532Faults faults = new Pn532Faults();
  private final LineFaults lineFaults;
  private final ReaderTrace trace;
  private final boolean wireTakesTime;
  private final Pn532Chip chip;
  private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
  private boolean plugged = true;
  private boolean closed;
  private Consumer<Boolean> plug = _ -> {
  };

  /// @param wireTakesTime transfers take as long as at 100 kHz (I2C) and 1 MHz (SPI)
  public Pn532BusReader(RandomGenerator random, LineFaults lineFaults, boolean wireTakesTime,
      ReaderTrace trace) {
    this.chip = new Pn532Chip(field, faults, random);
    this.trace = trace;
    this.lineFaults = lineFaults;
    this.wireTakesTime = wireTakesTime;
  }

  /// The module with its switches at I2C.
  public I2cDevice onI2c() {
    return new I2cDevice() {
      @Override
      public void write(byte[] bytes, long nowMicros) {
        spend(bytes.length * I2C_BYTE_MICROS);
        take(HostInterface.I2C, bytes, nowMicros);
      }

      @Override
      public byte[] read(int count, long nowMicros) {
        spend(count * I2C_BYTE_MICROS);
        return i2cRead(count, nowMicros);
      }
    };
  }

  /// The module with its switches at SPI.
  public SpiDevice onSpi() {
    return (bytes, nowMicros) -> {
      spend(bytes.length * SPI_BYTE_MICROS);
      return turned(spiTransfer(turned(bytes), nowMicros));
    };
  }

  private void spend(long micros) {
    if (wireTakesTime) {
      LockSupport.parkNanos(micros * 1_000);
    }
  }

  private synchronized byte[] i2cRead(int count, long nowMicros) {
    byte[] answer = new byte[count];
    boolean ready = ready(HostInterface.I2C, nowMicros);
    answer[0] = (byte) (ready ? 1 : 0);
    if (ready && count > 1) {
      give(answer);
    }
    return answer;
  }

  private synchronized byte[] spiTransfer(byte[] bytes, long nowMicros) {
    byte[] answer = new byte[bytes.length];
    if (!plugged || bytes.length < 2) {
      Arrays.fill(answer, (byte) 0xFF);
      return answer;
    }
    switch (bytes[0]) {
      case DATA_WRITE -> take(HostInterface.SPI, Arrays.copyOfRange(bytes, 1, bytes.length), nowMicros);
      case STATUS_READ -> answer[1] = (byte) (ready(HostInterface.SPI, nowMicros) ? 1 : 0);
      case DATA_READ -> {
        if (ready(HostInterface.SPI, nowMicros)) {
          give(answer);
        }
      }
      default -> {
        // The manual knows no other prefix; the chip answers nothing.
      }
    }
    return answer;
  }

  private synchronized void take(HostInterface bus, byte[] bytes, long nowMicros) {
    chip.selected(bus);
    if (closed || chip.asleep()) {
      return;
    }
    listen(nowMicros);
    boolean throwsAway = bytes.length == ACK_BYTES && bytes[3] == 0;
    if (throwsAway) {
      unread.clear();
    }
    trace.bytes(false, bytes);
    chip.receive(lineFaults.pass(LineFaults.Direction.TO_MODEL, bytes).bytes(), nowMicros);
  }

  private boolean ready(HostInterface bus, long nowMicros) {
    if (closed || faults.hanging() == Pn532Faults.Hang.SILENT) {
      unread.clear();
      return false;
    }
    listen(nowMicros);
    if (unread.isEmpty()) {
      chip.selected(bus);
    }
    return !unread.isEmpty();
  }

  private void listen(long nowMicros) {
    unread.addAll(chip.advance(nowMicros));
  }

  /// Hands over the oldest frame from the second byte on; what does not fit is lost.
  private void give(byte[] answer) {
    byte[] frame = unread.removeFirst();
    trace.bytes(true, frame);
    frame = lineFaults.pass(LineFaults.Direction.TO_HOST, frame).bytes();
    System.arraycopy(frame, 0, answer, 1, Math.min(frame.length, answer.length - 1));
  }

  private static byte[] turned(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int value = 0;
      for (int bit = 0; bit < 8; bit++) {
        value |= (bytes[i] >> bit & 1) << 7 - bit;
      }
      result[i] = (byte) value;
    }
    return result;
  }

  @Override
  public RfField field() {
    return field;
  }

  @Override
  public Pn532Faults faults() {
    return faults;
  }

  @Override
  public synchronized void withChip(Consumer<Pn532Chip> action) {
    action.accept(chip);
  }

  @Override
  public synchronized void powerCycle() {
    chip.powerCycle();
    unread.clear();
  }

  /// What else happens when the plug is pulled: on I2C nobody acknowledges the address. On SPI a missing chip leaves the
  /// line high.
  public synchronized void unplugsBy(Consumer<Boolean> socket) {
    plug = socket;
  }

  @Override
  public synchronized void plugged(boolean on) {
    plugged = on;
    plug.accept(on);
    if (on) {
      powerCycle();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
