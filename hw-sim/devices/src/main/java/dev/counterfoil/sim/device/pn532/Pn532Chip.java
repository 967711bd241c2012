package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.RfField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A PN532 as a state machine over bytes and time (UM0701-02 section 6.2): on its high-speed UART by itself, on I2C and
/// SPI behind a [Pn532BusReader].
///
/// Bytes and the time go in by [#receive], bytes come out of [#advance]; nothing happens in between. States:
///
/// ```
/// ASLEEP  --5 rising edges--> starting --1 ms or 3 bytes--> IDLE
/// IDLE    --command, checksums fit--> ACK, RUNNING     --command, checksums wrong--> IDLE, silent
/// RUNNING --done--> reply, IDLE    --ACK--> IDLE, no reply    --command--> abort, ACK, RUNNING
/// IDLE    --NACK--> last reply again      --PowerDown answered--> ASLEEP
/// any     --power cycle--> ASLEEP, everything forgotten
/// ```
/// Time is microseconds of one monotonic clock and must not run backwards. Not thread-safe.
public final class Pn532Chip {
  /// From the last byte of a command to the first byte of the ACK; the manual allows 15 ms.
  static final long ACK_MICROS = 300;
  private static final long LATE_ACK_MICROS = 40_000;
  private static final int POWER_ON_BAUD = 115_200;
  private static final long BITS_PER_BYTE_MICROS = 10_000_000;

  private final CommandSet commands;
  private final Pn532Faults faults;
  private final RandomGenerator random;
  private final FrameDecoder decoder = new FrameDecoder();
  private final WakeLine wake = new WakeLine();
  private final ArrayDeque<Outgoing> outbox = new ArrayDeque<>();
  private @Nullable Operation running;
  private byte[] lastReply = new byte[0];
  private int baud = POWER_ON_BAUD;
  private int hostBaud;
  private boolean wireTakesTime;
  private long wireFreeMicros;
  private long commandsSeen;
  private long brokenFrames;

  /// Bytes that leave the chip at a certain time.
  private record Outgoing(long dueMicros, byte[] bytes) {}

  public Pn532Chip(RfField field, Pn532Faults faults, RandomGenerator random) {
    this.commands = new CommandSet(field);
    this.faults = faults;
    this.random = random;
  }

  /// Makes each byte take its ten bit times on the wire, in both directions.
  public void wireTakesTime(boolean on) {
    wireTakesTime = on;
  }

  /// The speed at which the host listens and talks, 0 when unknown. Where it differs from the chip's, bytes
    /// arrive as garbage both ways.
  public void hostBaud(int bitsPerSecond) {
    hostBaud = bitsPerSecond;
  }

  /// The chip's own speed in bit/s.
  public int baud() {
    return baud;
  }

  public boolean asleep() {
    return wake.asleep();
  }

  /// Whether a command is being worked on.
  public boolean busy() {
    return running != null;
  }

  /// Command frames with good checksums so far.
  public long commandsSeen() {
    return commandsSeen;
  }

  /// Byte runs that began like a frame and were none.
  public long brokenFrames() {
    return brokenFrames;
  }

  /// The supply goes off and on again.
  public void powerCycle() {
    commands.powerOn();
    faults.powerCycled();
    decoder.reset();
    wake.sleep();
    outbox.clear();
    running = null;
    lastReply = new byte[0];
    baud = POWER_ON_BAUD;
    wireFreeMicros = 0;
  }

  /// Takes bytes from the host that have fully arrived at `nowMicros`.
  public void receive(byte[] bytes, long nowMicros) {
    long arrived = wireTakesTime ? nowMicros + bytes.length * byteMicros() : nowMicros;
    if (bytes.length == 0 || faults.hanging() == Pn532Faults.Hang.SILENT) {
      return;
    }
    byte[] heard = speedsDiffer() ? garbage(bytes.length) : bytes;
    if (wake.asleep() && !commands.wakes(HostInterface.HSU)) {
      return;
    }
    int swallowed = wake.swallowed(heard, arrived);
    for (HostFrame frame : decoder.feed(Arrays.copyOfRange(heard, swallowed, heard.length), arrived)) {
      on(frame, arrived);
    }
  }

  /// The host has selected the chip on a bus, which wakes it where PowerDown allowed that. The clock is stretched (I2C)
  /// or the frame waits behind the select line (SPI) meanwhile, so nothing is lost.
  void selected(HostInterface bus) {
    if (faults.hanging() != Pn532Faults.Hang.SILENT && commands.wakes(bus)) {
      wake.wake();
    }
  }

  private void on(HostFrame frame, long nowMicros) {
    switch (frame) {
      case HostFrame.Ack() -> onAck();
      case HostFrame.Nack() -> onNack(nowMicros);
      case HostFrame.Information(byte[] data, boolean _) -> onCommand(data, nowMicros);
      case HostFrame.Broken(String _) -> brokenFrames++;
    }
  }

  /// An ACK confirms the last reply, switches the speed if that was asked for, and aborts what is running.
  private void onAck() {
    faults.aborted();
    running = null;
    int requested = commands.takeRequestedBaud();
    if (requested != 0) {
      baud = requested;
    }
  }

  private void onNack(long nowMicros) {
    if (running == null && lastReply.length > 0 && faults.hanging() == Pn532Faults.Hang.NONE) {
      send(lastReply, nowMicros + ACK_MICROS);
    }
  }

  private void onCommand(byte[] data, long nowMicros) {
    faults.commandIs(data.length > 1 ? data[1] & 0xFF : -1);
    if (faults.fires(Pn532Faults.Shot.COMMAND_LOST)) {
      return;
    }
    commandsSeen++;
    faults.commandArrives(running != null);
    if (faults.hanging() == Pn532Faults.Hang.SILENT) {
      return;
    }
    running = null;
    acknowledge(nowMicros);
    if (faults.hanging() != Pn532Faults.Hang.NONE) {
      return;
    }
    begin(data, nowMicros);
  }

  private void acknowledge(long nowMicros) {
    if (faults.fires(Pn532Faults.Shot.NACK_INSTEAD_OF_ACK)) {
      send(ChipFrames.nack(), nowMicros + ACK_MICROS);
    } else if (faults.fires(Pn532Faults.Shot.ACK_LATE)) {
      send(ChipFrames.ack(), nowMicros + LATE_ACK_MICROS);
    } else if (!faults.fires(Pn532Faults.Shot.ACK_LOST)) {
      send(ChipFrames.ack(), nowMicros + ACK_MICROS);
    }
  }

  private void begin(byte[] data, long nowMicros) {
    Operation operation = faults.fires(Pn532Faults.Shot.ERROR_FRAME)
        ? null
        : commands.start(data, nowMicros + ACK_MICROS);
    if (operation == null) {
      lastReply = ChipFrames.error();
      send(lastReply, nowMicros + 2 * ACK_MICROS);
    } else {
      running = operation;
    }
  }

  /// Works until `nowMicros` and hands over what the host has received by then, in order.
  public List<byte[]> advance(long nowMicros) {
    stopWhenHanging();
    Operation operation = running;
    while (operation != null && operation.nextMicros() <= nowMicros) {
      long stepMicros = operation.nextMicros();
      byte[] reply = operation.step(stepMicros);
      if (reply != null) {
        running = null;
        answer(reply, stepMicros);
      }
      operation = running;
    }
    return collect(nowMicros);
  }

  private void stopWhenHanging() {
    if (faults.hanging() != Pn532Faults.Hang.NONE) {
      running = null;
    }
    if (faults.hanging() == Pn532Faults.Hang.SILENT) {
      outbox.clear();
    }
  }

  private void answer(byte[] reply, long nowMicros) {
    byte[] body = new byte[1 + reply.length];
    body[0] = (byte) 0xD5;
    System.arraycopy(reply, 0, body, 1, reply.length);
    lastReply = ChipFrames.information(body, commands.settings().ambles());
    if (faults.fires(Pn532Faults.Shot.GARBAGE)) {
      send(garbage(1 + random.nextInt(12)), nowMicros);
    }
    if (!faults.fires(Pn532Faults.Shot.REPLY_LOST)) {
      send(damaged(lastReply), nowMicros);
    }
    if (commands.takePowerDown()) {
      wake.sleep();
      decoder.reset();
    }
  }

  private byte[] damaged(byte[] frame) {
    byte[] sent = frame.clone();
    if (faults.fires(Pn532Faults.Shot.BAD_CHECKSUM)) {
      sent[sent.length - (commands.settings().ambles() ? 2 : 1)] ^= 0x01;
    }
    return faults.fires(Pn532Faults.Shot.TRUNCATED) ? Arrays.copyOf(sent, sent.length / 2) : sent;
  }

  private void send(byte[] bytes, long readyMicros) {
    long start = Math.max(readyMicros, wireFreeMicros);
    long end = wireTakesTime ? start + bytes.length * byteMicros() : start;
    wireFreeMicros = end;
    outbox.add(new Outgoing(end, bytes));
  }

  private List<byte[]> collect(long nowMicros) {
    List<byte[]> sent = new ArrayList<>();
    while (!outbox.isEmpty() && outbox.getFirst().dueMicros() <= nowMicros) {
      byte[] bytes = outbox.removeFirst().bytes();
      sent.add(speedsDiffer() ? garbage(bytes.length) : bytes);
    }
    return sent;
  }

  /// When the chip has something to do next, `Long.MAX_VALUE` when only bytes from the host can change
  /// anything.
  public long nextMicros() {
    long work = running == null ? Long.MAX_VALUE : running.nextMicros();
    long wire = outbox.isEmpty() ? Long.MAX_VALUE : outbox.getFirst().dueMicros();
    return Math.min(work, wire);
  }

  private boolean speedsDiffer() {
    return hostBaud != 0 && hostBaud != baud;
  }

  private long byteMicros() {
    return Math.ceilDiv(BITS_PER_BYTE_MICROS, baud);
  }

  private byte[] garbage(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
