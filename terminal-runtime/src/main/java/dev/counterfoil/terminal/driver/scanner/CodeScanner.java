package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.Optional;
import java.util.function.Consumer;

/// A serial scanner as a [CodeReader].
public final class CodeScanner implements CodeReader {

  private final SerialLine line;
  private final MonotonicClock clock;
  private final ScannerSettings settings;
  private Optional<Upkeep> upkeep = Optional.empty();

  /// @param line closed still, and used by nobody else
  public CodeScanner(SerialLine line, MonotonicClock clock, ScannerSettings settings) {
    this.line = line;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public synchronized void start(Consumer<CodeEvent> listener) {
    if (upkeep.isPresent()) {
      throw new IllegalStateException("scanner " + line.name() + " was started before");
    }
    var kept = new Upkeep(new ScannerWork(line, clock, settings, listener), clock, telling(listener));
    upkeep = Optional.of(kept);
    kept.start();
  }

  /// Tells a listener of a reader of codes whether the device works.
  public static Upkeep.Listener telling(Consumer<CodeEvent> listener) {
    return new Upkeep.Listener() {
      @Override
      public void failed(DeviceFault fault) {
        listener.accept(new CodeEvent.CodeReaderFault(fault));
      }

      @Override
      public void works() {
        listener.accept(new CodeEvent.CodeReaderRecovered());
      }
    };
  }

  @Override
  public synchronized void close() {
    upkeep.ifPresent(Upkeep::close);
  }
}
