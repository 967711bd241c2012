package dev.counterfoil.terminal.driver.display;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.Display;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Any [Glass] as a [Display]: the thread that draws the text asked for last, looks twice a second whether the display is
/// still there, and draws again until it is shown.
public final class LiveDisplay implements Display {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDisplay.class);
  private static final long RETRY_MILLIS = 500;
  private static final long KEEP_MILLIS = 500;

  private final String name;
  private final Glass glass;
  private final MonotonicClock clock;
  private final Object monitor = new Object();

  private ScreenText wanted = new ScreenText(List.of());
  private long wantedVersion;
  private boolean closing;
  private @Nullable Thread worker;

  /// @param name  how an installer knows the display, for faults
  /// @param glass owned from now on
  public LiveDisplay(String name, MonotonicClock clock, Glass glass) {
    this.name = name;
    this.clock = clock;
    this.glass = glass;
  }

  @Override
  public void start(Consumer<DisplayEvent> listener) {
    synchronized (monitor) {
      if (worker != null) {
        throw new IllegalStateException(name + " was started before");
      }
      worker = Thread.ofPlatform().name(name).daemon().start(() -> run(listener));
    }
  }

  @Override
  public void show(ScreenText text) {
    synchronized (monitor) {
      if (!text.equals(wanted)) {
        wanted = text;
        wantedVersion++;
        monitor.notifyAll();
      }
    }
  }

  private void run(Consumer<DisplayEvent> listener) {
    try {
      draw(listener);
    } catch (InterruptedException e) {
      LOG.debug("{} stops", name);
    } catch (RuntimeException e) {
      LOG.error("{} met a mistake in the program and stays as it is", name, e);
    } finally {
      glass.close();
    }
  }

  private void draw(Consumer<DisplayEvent> listener) throws InterruptedException {
    long drawn = -1;
    boolean toldFault = false;
    boolean toldGood = false;
    while (awaitWork(drawn)) {
      try {
        drawn = drawWanted(drawn);
        if (!toldGood) {
          listener.accept(new DisplayEvent.DisplayRecovered());
        }
        toldGood = true;
        toldFault = false;
      } catch (DeviceFaultException e) {
        if (!toldFault) {
          report(e, listener);
        }
        toldFault = true;
        toldGood = false;
        drawn = -1;
        clock.await(RETRY_MILLIS);
      }
    }
  }

  /// Draws what is new, or keeps what is drawn.
  private long drawWanted(long drawn) throws DeviceFaultException, InterruptedException {
    ScreenText text;
    long version;
    synchronized (monitor) {
      text = wanted;
      version = wantedVersion;
    }
    if (version == drawn) {
      glass.keep();
    } else {
      glass.draw(text);
    }
    return version;
  }

  private void report(DeviceFaultException e, Consumer<DisplayEvent> listener) {
    // What the bus refuses is the display; a serial line has codes of its own.
    var code = e.fault().code() == FaultCode.BOARD_REFUSED ? FaultCode.DISPLAY_SILENT : e.fault().code();
    var fault = new DeviceFault(code, name, e.fault().detail());
    LOG.warn("{}", fault.describe());
    listener.accept(new DisplayEvent.DisplayFault(fault));
  }

  /// Waits for something to draw or for the time to look after the display; answers false when it is time to stop and
  /// everything asked for is drawn.
  private boolean awaitWork(long drawn) throws InterruptedException {
    synchronized (monitor) {
      if (drawn == wantedVersion && !closing) {
        monitor.wait(KEEP_MILLIS);
      }
      return drawn != wantedVersion ? !(closing && drawn == -1) : !closing;
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (monitor) {
      closing = true;
      monitor.notifyAll();
      running = worker;
    }
    if (running != null) {
      stop(running);
    }
  }

  private static void stop(Thread running) {
    try {
      running.join(LAST_DRAWING_MILLIS);
      running.interrupt();
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Time for the text asked for just before closing, mostly "out of service".
  private static final long LAST_DRAWING_MILLIS = 200;
}
