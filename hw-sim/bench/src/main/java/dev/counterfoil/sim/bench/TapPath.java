package dev.counterfoil.sim.bench;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.ClassicCard;
import dev.counterfoil.sim.device.pn532.Pn532Reader;
import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.pn532.Pn532CardReader;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.driver.pn532.SerialWire;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// From a card that is laid on the reader to the moment in which the terminal hears of it: the shipped driver at the model
/// of a PN532 on a pseudo-terminal, whose bytes take as long as on a real wire. The card's own time on the air is not in it.
final class TapPath implements AutoCloseable {

  private static final int BAUD = 115_200;
  /// Ten bits a byte.
  private static final double BYTE_NANOS = 10e9 / BAUD;
  private static final long ANSWER_SECONDS = 10;

  private final Pn532Reader reader;
  private final Pn532CardReader driver;
  private final AtomicLong bytes = new AtomicLong();
  private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private int cards;

  private record Heard(ReaderEvent event, long nanos, long bytes) {}

  /// One way of a card.
  ///
  /// @param wireNanos   that bytes were on the wire
  /// @param readerNanos everything else: the pause between two looks, the chip, the driver
  /// @param heardAt     when the terminal heard of it, as [System#nanoTime] counts
  record Way(long wireNanos, long readerNanos, long heardAt) {}

  /// @param folder where the pseudo-terminal's name is put
  TapPath(Path folder) throws InterruptedException {
    Path port = folder.resolve("reader.tty");
    reader = Pn532Reader.on(PtyLine.publishedAt(port)).wireTakesTime(true)
        .trace((_, run) -> bytes.addAndGet(run.length)).start();
    var clock = MonotonicClock.system();
    driver = new Pn532CardReader(new SerialWire(new JsscSerialLine(port.toString(), BAUD, clock)), clock,
        Pn532Settings.defaults(), Optional.empty());
    driver.start(event -> heard.add(new Heard(event, System.nanoTime(), bytes.get())));
    await(ReaderEvent.ReaderRecovered.class);
  }

  /// Lays another card on the reader.
  Way lay() throws InterruptedException {
    Card card = ClassicCard.oneK(ByteBuffer.allocate(4).putInt(0x10_00_00_01 + cards++).array());
    long before = bytes.get();
    long laid = System.nanoTime();
    reader.field().put(card);
    Heard presented = await(ReaderEvent.CardPresented.class);
    long wire = Math.round((presented.bytes - before) * BYTE_NANOS);
    return new Way(wire, presented.nanos - laid - wire, presented.nanos);
  }

  /// Takes it away and waits until the terminal has noticed.
  void takeAway() throws InterruptedException {
    reader.field().clear();
    await(ReaderEvent.CardRemoved.class);
  }

  private Heard await(Class<? extends ReaderEvent> wanted) throws InterruptedException {
    while (true) {
      Heard next = heard.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("the reader did not tell " + wanted.getSimpleName());
      }
      if (wanted.isInstance(next.event)) {
        return next;
      }
    }
  }

  @Override
  public void close() {
    driver.close();
    reader.close();
  }
}
