package dev.counterfoil.terminal.driver.wiegand;

import dev.counterfoil.terminal.device.CardReader;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A reader on two Wiegand wires as a [CardReader].
public final class WiegandReader implements CardReader {

  private final KeptDevice<ReaderEvent> kept;

  public WiegandReader(WiegandWork.Boards boards, WiegandSettings settings, MonotonicClock clock) {
    kept = new KeptDevice<>("the wiegand reader", clock,
        listener -> new WiegandWork(boards, settings,
            () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()), listener),
        ReaderEvent.ReaderFault::new, new ReaderEvent.ReaderRecovered());
  }

  @Override
  public void start(Consumer<ReaderEvent> listener) {
    kept.start(listener);
  }

  @Override
  public void close() {
    kept.close();
  }
}
