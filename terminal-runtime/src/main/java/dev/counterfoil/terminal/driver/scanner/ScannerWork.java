package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.List;
import java.util.function.Consumer;

/// What a scanner's thread does: reads codes, and asks a silent scanner from time to time whether it is still there.
public final class ScannerWork implements Work {

  private final SerialLine line;
  private final MonotonicClock clock;
  private final ScannerSettings settings;
  private final ScannerDialect dialect;
  private final Consumer<CodeEvent> listener;
  private final ScannedLines lines = new ScannedLines();

  private ScannerTalk talk;
  private long checkAt;
  private String last = "";
  private long lastSeen;

  /// @param line closed still, and used by nobody else
  public ScannerWork(SerialLine line, MonotonicClock clock, ScannerSettings settings,
      Consumer<CodeEvent> listener) {
    this.line = line;
    this.clock = clock;
    this.settings = settings;
    this.dialect = settings.dialect();
    this.listener = listener;
    this.talk = new ScannerTalk(line, clock);
  }

  @Override
  public String name() {
    return "scanner " + line.name();
  }

  @Override
  public void open() throws DeviceFaultException, InterruptedException {
    line.open();
    // What was scanned before somebody could look at the screen is nobody's any more.
    line.discardInput();
    lines.end();
    talk = new ScannerTalk(line, clock);
    dialect.setUp(talk);
    checkAt = clock.millis() + ScannerSettings.CHECK_MILLIS;
  }

  @Override
  public void turn() throws DeviceFaultException, InterruptedException {
    long idle = Math.clamp(checkAt - clock.millis(), 1, 1_000);
    var bytes = talk.read(lines.isMidText() ? ScannerSettings.GAP_MILLIS : idle);
    tell(bytes.length > 0 ? lines.feed(bytes) : lines.end());
    if (!lines.isMidText() && clock.millis() >= checkAt) {
      dialect.check(talk);
      checkAt = clock.millis() + ScannerSettings.CHECK_MILLIS;
    }
  }

  /// A code held in front of the scanner comes again and again and is told once.
  private void tell(List<String> texts) {
    for (String text : texts) {
      long now = clock.millis();
      boolean again = text.equals(last) && now - lastSeen < settings.repeatMillis();
      last = text;
      lastSeen = now;
      if (!again) {
        listener.accept(new CodeEvent.CodeRead(text));
      }
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
