package dev.counterfoil.terminal.driver.cd5220;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.layout.Alphabet;
import dev.counterfoil.terminal.layout.CellLayout;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A CD5220 or compatible customer display. It answers nothing, so a display without power is noticed by people only;
/// both lines are therefore sent again every ten seconds, which shows no flicker.
///
/// ```
/// 1B 40            initialise and clear
/// 1B 51 41 … 0D    upper line, 20 characters      1B 51 42 … 0D    lower line
/// ```
/// Source: CD5220 command set (manualsdump 170863).
public final class Cd5220Glass implements Glass {

  private static final byte[] INITIALISE = {0x1B, 0x40};
  private static final long RENEW_MILLIS = 10_000;
  private static final int END = 0x0D;

  private final SerialLine line;
  private final MonotonicClock clock;
  private final CellLayout layout = new CellLayout(DisplayGeometry.POLE_20X2, Alphabet.ASCII, false);
  private List<String> shown = List.of();
  private long renewedMillis;

  public Cd5220Glass(SerialLine line, MonotonicClock clock) {
    this.line = line;
    this.clock = clock;
    this.renewedMillis = clock.millis();
  }

  @Override
  public void draw(ScreenText text) throws DeviceFaultException {
    if (!line.isOpen()) {
      line.open();
      shown = List.of();
      line.write(INITIALISE);
    }
    var wanted = layout.lines(text);
    for (int row = 0; row < wanted.size(); row++) {
      if (shown.isEmpty() || !shown.get(row).equals(wanted.get(row))) {
        line.write(command(row, wanted.get(row)));
      }
    }
    shown = wanted;
  }

  @Override
  public void keep() throws DeviceFaultException {
    // Fails when the adapter was unplugged, although the display itself never sends anything.
    line.discardInput();
    if (clock.millis() - renewedMillis >= RENEW_MILLIS) {
      renewedMillis = clock.millis();
      for (int row = 0; row < shown.size(); row++) {
        line.write(command(row, shown.get(row)));
      }
    }
  }

  private static byte[] command(int row, String text) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x1B, 0x51, (byte) ('A' + row)});
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    bytes.write(END);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    line.close();
  }
}
