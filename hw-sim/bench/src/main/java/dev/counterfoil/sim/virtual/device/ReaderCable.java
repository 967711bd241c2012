package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.pn532.Pn532Chip;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;

/// The serial line between the reader's driver and its chip, both on one thread: while the driver waits, the chip works,
/// and the time that its answer takes passes at once.
final class ReaderCable implements SerialLine {

  private static final long MILLI = 1_000;

  private final Pn532Chip chip;
  private final DeviceTime time;
  private final WireTrace trace;
  private boolean open;

  ReaderCable(Pn532Chip chip, DeviceTime time, WireTrace trace) {
    this.chip = chip;
    this.time = time;
    this.trace = trace;
  }

  @Override
  public String name() {
    return "reader.tty";
  }

  @Override
  public void open() {
    open = true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] bytes) {
    trace.passed(true, bytes);
    chip.receive(bytes, time.micros());
  }

  @Override
  public byte[] read(long timeoutMillis) {
    long until = time.micros() + timeoutMillis * MILLI;
    while (true) {
      byte[] said = arrived();
      if (said.length > 0) {
        trace.passed(false, said);
        return said;
      }
      if (chip.nextMicros() > until) {
        time.catchUp(until);
        return said;
      }
      time.catchUp(chip.nextMicros());
    }
  }

  private byte[] arrived() {
    var bytes = new ByteArrayOutputStream();
    chip.advance(time.micros()).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  @Override
  public void discardInput() {
    arrived();
  }

  @Override
  public void close() {
    open = false;
  }
}
