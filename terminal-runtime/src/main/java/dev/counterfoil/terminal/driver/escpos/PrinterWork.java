package dev.counterfoil.terminal.driver.escpos;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a printer's thread does: asks it how it is, and before, during and after each slip.
///
/// A slip counts as printed when the printer has answered `GS r 1`, which it does only after all before it; a printer
/// that does not know that command is believed if it is well afterwards. After a fault what still waits in the
/// printer is thrown away before the next slip, so that a reprint does not come out twice.
///
/// Threads: [#print] and [#reprint] from any, the rest from the printer's one.
public final class PrinterWork {

  private static final Logger LOG = LoggerFactory.getLogger(PrinterWork.class);
  /// Paper runs at 5 cm a second or faster, and a receipt is about 15 cm long.
  private static final long PRINTING_MILLIS = 10_000;
  /// Bytes between two looks at the printer, a fifth of a second at 9,600 bit/s.
  private static final int CHUNK = 192;

  private final String name;
  private final SerialLine line;
  private final PrinterStatus status;
  private final EscPosSettings settings;
  private final MonotonicClock clock;
  private final Consumer<PrinterEvent> listener;
  private final SlipQueue queue;
  private Optional<FaultCode> told = Optional.empty();
  private boolean toldGood;
  private boolean leftOver;
  private boolean paperLow;

  /// @param line     closed still, and used by nobody else
  /// @param listener must not block
  public PrinterWork(SerialLine line, MonotonicClock clock, EscPosSettings settings,
      Consumer<PrinterEvent> listener) {
    this(line, clock, settings, new SlipQueue(), listener);
  }

  PrinterWork(SerialLine line, MonotonicClock clock, EscPosSettings settings, SlipQueue queue,
      Consumer<PrinterEvent> listener) {
    this.name = "printer " + line.name();
    this.line = line;
    this.status = new PrinterStatus(line);
    this.settings = settings;
    this.clock = clock;
    this.queue = queue;
    this.listener = listener;
  }

  /// As [dev.counterfoil.terminal.device.Printer#print].
  public void print(Slip slip, Slip copy) {
    queue.add(new SlipQueue.Job(slip, copy));
  }

  /// As [dev.counterfoil.terminal.device.Printer#reprint].
  public void reprint() {
    queue.again();
  }

  /// Waits for a slip, asks the printer how it is, and prints the slip if one came.
  ///
  /// @param waitMillis longest wait; 0 looks once
  public void turn(long waitMillis) throws InterruptedException {
    var job = queue.next(waitMillis);
    try {
      if (!line.isOpen()) {
        line.open();
      }
      look();
      well();
      if (job.isPresent()) {
        print(job.get().slip());
        queue.printed(job.get());
        listener.accept(new PrinterEvent.Printed());
      }
    } catch (DeviceFaultException e) {
      job.ifPresent(queue::failed);
      clearAtOnce();
      ill(e.fault(), job.isPresent());
    }
  }

  private void look() throws DeviceFaultException, InterruptedException {
    if (!settings.answers()) {
      return;
    }
    boolean low = status.requireReady();
    if (low && !paperLow) {
      LOG.warn("event=paper_low device=\"{}\"", name);
    }
    paperLow = low;
  }

  private void print(Slip slip) throws DeviceFaultException, InterruptedException {
    if (leftOver) {
      line.write(EscPosBytes.CLEAR_BUFFER);
    }
    leftOver = true;
    byte[] bytes = EscPosBytes.of(slip, settings.cuts());
    for (int from = 0; from < bytes.length; from += CHUNK) {
      line.write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK)));
      look();
    }
    awaitPaper();
    leftOver = false;
  }

  /// The rest of a broken slip must not come out when somebody puts paper in. What cannot be cleared now, because the
  /// wire is gone, is cleared before the next slip.
  private void clearAtOnce() {
    if (!leftOver || !line.isOpen() || !settings.answers()) {
      return;
    }
    try {
      line.write(EscPosBytes.CLEAR_BUFFER);
      leftOver = false;
    } catch (DeviceFaultException e) {
      LOG.debug("{} was lost before it could be cleared: {}", name, e.fault().detail());
    }
  }

  private void awaitPaper() throws DeviceFaultException, InterruptedException {
    if (!settings.answers()) {
      return;
    }
    line.discardInput();
    line.write(EscPosBytes.TELL_WHEN_DONE);
    long deadline = clock.millis() + PRINTING_MILLIS;
    while (line.read(settings.askMillis()).length == 0 && clock.millis() < deadline) {
      look();
    }
    look();
  }

  private void well() {
    if (!toldGood) {
      listener.accept(new PrinterEvent.PrinterRecovered());
    }
    toldGood = true;
    told = Optional.empty();
  }

  private void ill(DeviceFault fault, boolean slipLost) {
    var named = new DeviceFault(fault.code(), name, fault.detail());
    if (!told.equals(Optional.of(fault.code()))) {
      LOG.warn("{}", named.describe());
      listener.accept(new PrinterEvent.PrinterFault(named));
    }
    told = Optional.of(fault.code());
    toldGood = false;
    if (slipLost) {
      listener.accept(new PrinterEvent.NotPrinted(named));
    }
  }
}
