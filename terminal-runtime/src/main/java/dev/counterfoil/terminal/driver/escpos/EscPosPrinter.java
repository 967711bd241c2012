package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.Printer;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An ESC/POS printer: one thread that does the [PrinterWork], once a second and for each slip.
public final class EscPosPrinter implements Printer {

  private static final Logger LOG = LoggerFactory.getLogger(EscPosPrinter.class);

  private final String name;
  private final SerialLine line;
  private final EscPosSettings settings;
  private final MonotonicClock clock;
  private final SlipQueue queue = new SlipQueue();
  private @Nullable Thread worker;

  public EscPosPrinter(SerialLine line, MonotonicClock clock, EscPosSettings settings) {
    this.name = "printer " + line.name();
    this.line = line;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized void start(Consumer<PrinterEvent> listener) {
    if (worker != null) {
      throw new IllegalStateException(name + " was started before");
    }
    var work = new PrinterWork(line, clock, settings, queue, listener);
    worker = Thread.ofPlatform().name(name).daemon().start(() -> run(work));
  }

  @Override
  public void print(Slip slip, Slip copy) {
    queue.add(new SlipQueue.Job(slip, copy));
  }

  @Override
  public void reprint() {
    queue.again();
  }

  private void run(PrinterWork work) {
    try {
      while (!queue.isClosed()) {
        work.turn(settings.askMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} stops", name);
    } catch (RuntimeException e) {
      LOG.error("{} met a mistake in the program and prints no more", name, e);
    } finally {
      line.close();
    }
  }

  @Override
  public void close() {
    queue.close();
    Thread running;
    synchronized (this) {
      running = worker;
    }
    if (running == null) {
      return;
    }
    try {
      running.interrupt();
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
