package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.pn532.Pn532Chip;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The simulator's chip at the other end of a serial line, in virtual time: hours pass in a second. Every frame goes
/// through a hand of one's own in each direction.
final class VirtualWire implements SerialLine {

  private static final long MICROS = 1_000;

  private final Pn532Chip chip;
  private final FakeClock clock;
  private final UnaryOperator<byte[]> toChip;
  private final UnaryOperator<byte[]> toHost;
  private boolean open;

  VirtualWire(RfField field, Pn532Faults faults, FakeClock clock, UnaryOperator<byte[]> toChip,
      UnaryOperator<byte[]> toHost) {
    this.chip = new Pn532Chip(field, faults, RandomGenerator.of("L64X128MixRandom"));
    this.clock = clock;
    this.toChip = toChip;
    this.toHost = toHost;
  }

  @Override
  public String name() {
    return "virtual";
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
    chip.receive(toChip.apply(bytes), clock.millis() * MICROS);
  }

  @Override
  public byte[] read(long timeoutMillis) {
    long deadline = clock.millis() + timeoutMillis;
    while (true) {
      var bytes = heard();
      long next = Math.ceilDiv(chip.nextMicros(), MICROS);
      if (bytes.length > 0 || clock.millis() >= deadline) {
        return bytes;
      }
      clock.advance(Math.clamp(next - clock.millis(), 1, deadline - clock.millis()));
    }
  }

  private byte[] heard() {
    var heard = new ByteArrayOutputStream();
    for (var frame : chip.advance(clock.millis() * MICROS)) {
      heard.writeBytes(toHost.apply(frame));
    }
    return heard.toByteArray();
  }

  @Override
  public void discardInput() {
    heard();
  }

  @Override
  public void close() {
    open = false;
  }
}
