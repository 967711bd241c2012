package dev.counterfoil.terminal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.SimTerminalHardware.Oled;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.oled.Picture;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.LiveDisplay;
import dev.counterfoil.terminal.driver.oled.OledChip;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.screen.Glasses;
import dev.counterfoil.terminal.layout.Bitmap;
import dev.counterfoil.terminal.layout.PixelLayout;
import dev.counterfoil.terminal.layout.PlainFont;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The displays of pixels through Pi4J, against chips that somebody else wrote from the data sheets.
class GraphicDisplayOnSimulatorTest {

  private static final PixelLayout LAYOUT = new PixelLayout(DisplayGeometry.PIXELS_128X64,
      PlainFont.INSTANCE);

  @TempDir
  private Path folder;
  private SimTerminalHardware hardware;
  private PiBoard board;

  @BeforeEach
  void powerUp() throws DeviceFaultException {
    hardware = SimTerminalHardware.in(folder).open();
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
    board = PiBoard.open();
  }

  @AfterEach
  void powerDown() {
    board.close();
    hardware.close();
    System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
  }

  @ParameterizedTest
  @EnumSource
  void pulledOffAndPutBackItShowsItsContentsWithoutBeingAsked(OledChip chip) throws Exception {
    var oled = chip == OledChip.SSD1306 ? hardware.ssd1306() : hardware.sh1106();
    var text = ScreenText.plain("TOTAL 12.50", "PRESENT CARD");
    var events = new LinkedBlockingQueue<DisplayEvent>();
    try (var display = display(chip)) {
      display.show(text);
      display.start(events::add);
      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(new DisplayEvent.DisplayRecovered());
      assertShows(oled, text);

      oled.unplug();
      assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(DisplayEvent.DisplayFault.class,
          fault -> assertThat(fault.fault().code()).isEqualTo(FaultCode.DISPLAY_SILENT));
      oled.replug();

      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(new DisplayEvent.DisplayRecovered());
      assertShows(oled, text);
    }
  }

  @Test
  void aByteThatArrivedWrongIsMendedByItself() throws Exception {
    var oled = hardware.ssd1306();
    var text = ScreenText.plain("TOTAL 12.50");
    try (var display = display(OledChip.SSD1306, new HastyClock())) {
      display.show(text);
      display.start(_ -> {
      });
      assertShows(oled, text);
      oled.socket().corruptNext(6);
      var next = ScreenText.plain("TOTAL 99.99");

      display.show(next);

      assertShows(oled, next);
    }
  }

  /// By which ten seconds are over at the next look.
  private static final class HastyClock implements MonotonicClock {

    private final MonotonicClock patient = MonotonicClock.system();

    @Override
    public long millis() {
      return patient.millis() * 100;
    }

    @Override
    public void await(long millis) throws InterruptedException {
      patient.await(millis / 100);
    }
  }

  private LiveDisplay display(OledChip chip) throws DeviceFaultException {
    return display(chip, new ImpatientClock());
  }

  private LiveDisplay display(OledChip chip, MonotonicClock clock) throws DeviceFaultException {
    var wiring = new DisplayWiring.Pixels(chip, SimTerminalHardware.LCD_BUS,
        chip == OledChip.SSD1306 ? SimTerminalHardware.SSD1306_ADDRESS : SimTerminalHardware.SH1106_ADDRESS,
        false);
    return new LiveDisplay("display", clock, new Glasses(PlainFont.INSTANCE, clock).on(board, wiring));
  }

  private static void assertShows(Oled oled, ScreenText text) throws InterruptedException {
    var wanted = picture(LAYOUT.draw(text));
    oled.module().awaitGlass(wanted::equals, 5_000);
    assertThat(oled.module().glass()).isEqualTo(wanted);
  }

  private static Picture picture(Bitmap bitmap) {
    var pixels = new boolean[bitmap.height()][bitmap.width()];
    for (int y = 0; y < bitmap.height(); y++) {
      for (int x = 0; x < bitmap.width(); x++) {
        pixels[y][x] = bitmap.isSet(x, y);
      }
    }
    return new Picture(pixels);
  }
}
