package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.sim.line.SimLine;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A reader module: a [Pn532Chip] soldered to a line, with the one platform thread that runs it.
///
/// The thread sleeps in the line until bytes come or the chip has work due, so an idle reader costs nothing.
/// Any thread may call the methods here; they take the chip's lock for a moment.
public final class Pn532Reader implements ReaderModule {
  private static final long JOIN_MILLIS = 2_000;
  /// glibc's speed codes, from `termbits.h`.
  private static final Map<Integer, Integer> BAUD_BY_CODE = Map.of(0x000D, 9_600, 0x000E, 19_200, 0x000F,
      38_400,
      0x1001, 57_600, 0x1002, 115_200, 0x1003, 230_400, 0x1004, 460_800, 0x1007, 921_600);

  private final SimLine line;
  private final RfField field;
  private final Pn532Faults faults;
  private final Pn532Chip chip;
  private final ReaderTrace trace;
  private final @Nullable PtyLine speedSource;
  private final Object lock = new Object();
  private final Thread thread;

  private Pn532Reader(Builder builder) {
    this.line = builder.line;
    this.field = builder.field;
    this.faults = builder.faults;
    this.trace = builder.trace;
    this.speedSource = builder.speedSource;
    this.chip = new Pn532Chip(field, faults, builder.random);
    chip.wireTakesTime(builder.wireTakesTime);
    this.thread = Thread.ofPlatform().daemon().name(builder.name).unstarted(this::run);
  }

  /// A reader on `line`, with defaults: empty field, no faults, no wire time, fixed seed.
  public static Builder on(SimLine line) {
    return new Builder(line);
  }

  /// What a reader is made of; each setting has a default.
  public static final class Builder {
    private final SimLine line;
    private RfField field = new RfField();
    private Pn532Faults faults = new Pn532Faults();
    private ReaderTrace trace = ReaderTrace.none();
    private RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private @Nullable PtyLine speedSource;
    private boolean wireTakesTime;
    private String name = "pn532";

    private Builder(SimLine line) {
      this.line = line;
    }

    public Builder field(RfField cards) {
      field = cards;
      return this;
    }

    public Builder faults(Pn532Faults switches) {
      faults = switches;
      return this;
    }

    public Builder trace(ReaderTrace listener) {
      trace = listener;
      return this;
    }

    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    /// 115,200 bit/s 8N1 is 87 us per byte.
    public Builder wireTakesTime(boolean on) {
      wireTakesTime = on;
      return this;
    }

    /// Garbles bytes while the host's speed on this pty is not the chip's.
    public Builder checksSpeedOf(PtyLine pty) {
      speedSource = pty;
      return this;
    }

    public Builder name(String threadName) {
      name = threadName;
      return this;
    }

    /// Starts the reader's thread. The reader closes the line when it is closed.
    public Pn532Reader start() {
      Pn532Reader reader = new Pn532Reader(this);
      reader.thread.start();
      return reader;
    }
  }

  @Override
  public RfField field() {
    return field;
  }

  @Override
  public Pn532Faults faults() {
    return faults;
  }

  public SimLine line() {
    return line;
  }

  /// Looks at or changes the chip while its thread stands still, then lets the thread look for new work.
  @Override
  public void withChip(Consumer<Pn532Chip> action) {
    synchronized (lock) {
      action.accept(chip);
    }
    line.wakeUp();
  }

  @Override
  public void powerCycle() {
    withChip(Pn532Chip::powerCycle);
  }

  @Override
  public void plugged(boolean on) {
    if (on) {
      line.replug();
    } else {
      line.unplug();
    }
  }

  private void run() {
    while (!line.closed()) {
      long wait = work(new byte[0]);
      byte[] bytes = line.read(wait);
      if (bytes.length > 0) {
        trace.bytes(false, bytes);
        work(bytes);
      }
    }
  }

  private long work(byte[] received) {
    synchronized (lock) {
      long now = System.nanoTime() / 1_000;
      if (received.length > 0) {
        followSpeed();
        chip.receive(received, now);
      }
      for (byte[] bytes : chip.advance(now)) {
        trace.bytes(true, bytes);
        line.write(bytes);
      }
      long next = chip.nextMicros();
      return next == Long.MAX_VALUE ? SimLine.FOREVER_MICROS : Math.max(0, next - System.nanoTime() / 1_000);
    }
  }

  private void followSpeed() {
    if (speedSource != null) {
      int code = speedSource.speedCode();
      chip.hostBaud(code < 0 ? 0 : BAUD_BY_CODE.getOrDefault(code, 1));
    }
  }

  /// Ends the thread and closes the line.
  @Override
  public void close() {
    line.close();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
