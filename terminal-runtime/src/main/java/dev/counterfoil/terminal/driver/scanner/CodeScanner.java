package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.CodeReader;
import dev.counterfoil.terminal.driver.upkeep.KeptDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.function.Consumer;

/// A serial scanner as a [CodeReader].
public final class CodeScanner implements CodeReader {

  private final KeptDevice<CodeEvent> kept;

  /// @param line closed still, and used by nobody else
  public CodeScanner(SerialLine line, MonotonicClock clock, ScannerSettings settings) {
    kept = new KeptDevice<>("scanner " + line.name(), clock,
        listener -> new ScannerWork(line, clock, settings, listener), CodeEvent.CodeReaderFault::new,
        new CodeEvent.CodeReaderRecovered());
  }

  @Override
  public void start(Consumer<CodeEvent> listener) {
    kept.start(listener);
  }

  @Override
  public void close() {
    kept.close();
  }
}
