package dev.counterfoil.terminal.driver.hd44780;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.Display;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.I2cDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HD44780 as a [Display]: the thread that draws the text asked for last, and tries again every second while the
/// display does not answer.
public final class Hd44780Display implements Display {

  private static final Logger LOG = LoggerFactory.getLogger(Hd44780Display.class);
  private static final long RETRY_MILLIS = 1000;

  private final String name;
  private final DisplayGeometry geometry;
  private final Hd44780 glass;
  private final MonotonicClock clock;
  private final Object monitor = new Object();

  private List<String> wanted = List.of();
  private long wantedVersion;
  private boolean closing;
  private @Nullable Thread worker;

  /// @param name how an installer knows the display, for faults
  public Hd44780Display(String name, I2cDevice wire, MonotonicClock clock, DisplayGeometry geometry) {
    this.name = name;
    this.geometry = geometry;
    this.clock = clock;
    this.glass = new Hd44780(wire, clock, geometry);
  }

  @Override
  public DisplayGeometry geometry() {
    return geometry;
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
  public void show(List<String> lines) {
    var copy = List.copyOf(lines);
    synchronized (monitor) {
      if (!copy.equals(wanted)) {
        wanted = copy;
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
    }
  }

  private void draw(Consumer<DisplayEvent> listener) throws InterruptedException {
    long drawn = -1;
    boolean toldFault = false;
    boolean toldGood = false;
    while (awaitVersionAfter(drawn)) {
      try {
        drawn = drawWanted();
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

  private long drawWanted() throws DeviceFaultException, InterruptedException {
    List<String> lines;
    long version;
    synchronized (monitor) {
      lines = wanted;
      version = wantedVersion;
    }
    glass.draw(lines);
    return version;
  }

  private void report(DeviceFaultException e, Consumer<DisplayEvent> listener) {
    var fault = new DeviceFault(FaultCode.DISPLAY_SILENT, name, e.fault().detail());
    LOG.warn("{}", fault.describe());
    listener.accept(new DisplayEvent.DisplayFault(fault));
  }

  /// Waits for something to draw; answers false when it is time to stop and everything asked for is drawn.
  private boolean awaitVersionAfter(long drawn) throws InterruptedException {
    synchronized (monitor) {
      while (drawn == wantedVersion && !closing) {
        monitor.wait();
      }
      return drawn != wantedVersion && !(closing && drawn == -1);
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
