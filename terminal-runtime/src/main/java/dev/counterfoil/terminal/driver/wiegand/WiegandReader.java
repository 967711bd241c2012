package dev.counterfoil.terminal.driver.wiegand;

import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A reader on two Wiegand wires as a [CardReader].
public final class WiegandReader implements CardReader {

  private final WiegandWork.Boards boards;
  private final WiegandSettings settings;
  private final MonotonicClock clock;
  private Optional<Upkeep> upkeep = Optional.empty();

  public WiegandReader(WiegandWork.Boards boards, WiegandSettings settings, MonotonicClock clock) {
    this.boards = boards;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized void start(Consumer<ReaderEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("the wiegand reader was started before");
    }
    var work = new WiegandWork(boards, settings,
        () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()), listener);
    var kept = new Upkeep(work, clock, telling(listener));
    upkeep = Optional.of(kept);
    kept.start();
  }

  /// Tells a listener of a card reader whether the device works.
  public static Upkeep.Listener telling(Consumer<ReaderEvent> listener) {
    return new Upkeep.Listener() {
      @Override
      public void failed(DeviceFault fault) {
        listener.accept(new ReaderEvent.ReaderFault(fault));
      }

      @Override
      public void works() {
        listener.accept(new ReaderEvent.ReaderRecovered());
      }
    };
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
