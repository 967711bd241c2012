package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.GpioUapi.Use;

/// One line of a chip, held by a request of its own. Requested again, as it was used last, after its chip went away and came
/// back.
///
/// Threads: any; one call at a time is let through.
final class GpioLine implements AutoCloseable {

  /// Shown by `gpioinfo` beside each line that we hold.
  static final String CONSUMER = "counterfoil";
  static final int NONE = -1;
  /// A reader on wires sends 34 edges at once, a bouncing key a dozen; the kernel's own default is 16.
  private static final int EVENTS_KEPT = 256;

  private final GpioChips chips;
  private final GpioEvents events;
  private final int offset;
  private Use use;
  private boolean closed;
  /// Read by the events' thread without the lock, see [GpioEvents].
  private volatile int descriptor = NONE;

  GpioLine(GpioChips chips, GpioEvents events, int offset, Use use) {
    this.chips = chips;
    this.events = events;
    this.offset = offset;
    this.use = use;
  }

  int offset() {
    return offset;
  }

  /// Nobody's, or that of the request that stands.
  int openDescriptor() {
    return descriptor;
  }

  /// Takes the line from now on.
  ///
  /// @throws LineFault with `BOARD_BUSY` and who has it, or why else it cannot be taken
  synchronized void take() {
    if (closed) {
      throw new LineFault(FaultCode.BOARD_REFUSED, what() + " was given back");
    }
    if (descriptor == NONE) {
      descriptor = request(chips.find());
      events.changed();
    }
  }

  private int request(GpioChips.Chip chip) {
    if (offset >= chip.info().lines()) {
      throw new LineFault(FaultCode.BOARD_MISSING,
          "no line " + offset + " on " + chip.info().label() + ", it has " + chip.info().lines());
    }
    var request = GpioUapi.lineRequest(offset, CONSUMER, use, EVENTS_KEPT);
    try {
      chips.with(chip.path(),
          file -> file.ioctl("take " + what(), GpioUapi.REQUEST_LINE, Kernel.Memory.of(request)));
    } catch (LineFault e) {
      throw e.code() == FaultCode.BOARD_BUSY
          ? new LineFault(FaultCode.BOARD_BUSY, what() + " is held by " + chips.consumer(chip, offset))
          : e;
    }
    return GpioUapi.readDescriptor(request);
  }

  synchronized boolean isHigh() {
    var values = GpioUapi.values(false);
    call("read " + what(), GpioUapi.GET_VALUES, values);
    return GpioUapi.readValue(values);
  }

  synchronized void set(boolean high) {
    call("drive " + what(), GpioUapi.SET_VALUES, GpioUapi.values(high));
    use = new Use.Output(high);
  }

  /// Has these changes told from now on.
  synchronized void tellEdges(GpioUapi.Edges wanted) {
    if (use instanceof Use.Input(var pull, var told) && told != wanted) {
      use = new Use.Input(pull, wanted);
      if (descriptor != NONE) {
        call("watch " + what(), GpioUapi.SET_CONFIG, GpioUapi.config(use));
      }
    }
  }

  private void call(String doing, long request, byte[] argument) {
    take();
    int answer = DeviceNode
        .retried(() -> chips.kernel().ioctl(descriptor, request, Kernel.Memory.of(argument)));
    if (answer < 0) {
      if (answer == -Errno.ENODEV) {
        letGo();
      }
      throw LineFault.of(doing, -answer);
    }
  }

  private String what() {
    return "GPIO line " + offset;
  }

  /// The chip is gone: the request is worth nothing any more.
  synchronized void lost() {
    letGo();
  }

  private void letGo() {
    int old = descriptor;
    descriptor = NONE;
    if (old != NONE) {
      events.close(old);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    letGo();
  }
}
