package dev.counterfoil.terminal.driver.wiegand;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.driver.wiegand.WiegandFrame.Reading;
import dev.counterfoil.terminal.line.Board;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What a Wiegand reader's thread does: turns edges that the board reports into frames, and frames into cards. The reader
/// cannot be asked anything; one that is broken looks like one with no card.
public final class WiegandWork implements Work {

  /// Where the board comes from.
  @FunctionalInterface
  public interface Boards {

    Board open() throws DeviceFaultException;
  }

  private record Pulse(boolean one, long micros) {}

  private static final int MOST_WAITING = 256;
  private static final long IDLE_MILLIS = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  private final Boards boards;
  private final WiegandSettings settings;
  private final LongSupplier micros;
  private final Consumer<ReaderEvent> listener;
  private final BlockingQueue<Pulse> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean overrun = new AtomicBoolean();
  private final WiegandPulses pulses;
  private Optional<Board> board = Optional.empty();
  private Optional<CardIdentity> present = Optional.empty();
  private long presentMicros;

  /// @param micros monotonic microseconds, of `System.nanoTime()`, by which edges are stamped too
  public WiegandWork(Boards boards, WiegandSettings settings, LongSupplier micros,
      Consumer<ReaderEvent> listener) {
    this.boards = boards;
    this.settings = settings;
    this.micros = micros;
    this.listener = listener;
    this.pulses = new WiegandPulses(settings);
  }

  @Override
  public String name() {
    return "wiegand " + settings.zero() + "/" + settings.one();
  }

  @Override
  public void open() throws DeviceFaultException {
    var opened = boards.open();
    board = Optional.of(opened);
    listen(opened, settings.zero(), false);
    listen(opened, settings.one(), true);
  }

  private void listen(Board opened, int bcm, boolean one) throws DeviceFaultException {
    var wire = opened.inputPulledUp(bcm);
    wire.onFall(nanos -> {
      if (!waiting.offer(new Pulse(one, TimeUnit.NANOSECONDS.toMicros(nanos)))) {
        overrun.set(true);
      }
    });
    if (!wire.isHigh()) {
      throw new DeviceFaultException(new DeviceFault(FaultCode.READER_SILENT, name(),
          "BCM " + bcm + " is low, both wires rest high; is the reader powered?"));
    }
  }

  @Override
  public void turn() throws InterruptedException {
    long wait = pulses.isMidFrame() ? settings.gapMillis() : IDLE_MILLIS;
    var pulse = waiting.poll(present.isPresent() ? Math.min(wait, settings.repeatMillis()) : wait,
        TimeUnit.MILLISECONDS);
    take(Optional.ofNullable(pulse));
  }

  private void take(Optional<Pulse> pulse) {
    if (overrun.getAndSet(false)) {
      pulses.lost();
    }
    var reading = pulse.isPresent()
        ? pulses.pulse(pulse.get().one(), pulse.get().micros())
        : pulses.silence(micros.getAsLong());
    reading.ifPresent(this::tell);
    goneByNow();
  }

  private void tell(Reading reading) {
    switch (reading) {
      case Reading.Damaged(var reason) -> listener.accept(new ReaderEvent.CardMisread(
          new DeviceFault(FaultCode.CARD_MISREAD, name(), reason)));
      case Reading.Card(var card) -> {
        boolean again = present.filter(card::equals).isPresent();
        present = Optional.of(card);
        presentMicros = micros.getAsLong();
        if (!again) {
          listener.accept(new ReaderEvent.CardPresented(card));
        }
      }
    }
  }

  /// Some readers repeat the number while the card lies there, others say it once: a card counts as gone when its number
  /// has not come for the repeat time.
  private void goneByNow() {
    if (present.isPresent()
        && micros.getAsLong() - presentMicros >= settings.repeatMillis() * MICROS_PER_MILLI) {
      listener.accept(new ReaderEvent.CardRemoved(present.get()));
      present = Optional.empty();
    }
  }

  @Override
  public void close() {
    board.ifPresent(Board::close);
    board = Optional.empty();
    waiting.clear();
  }
}
