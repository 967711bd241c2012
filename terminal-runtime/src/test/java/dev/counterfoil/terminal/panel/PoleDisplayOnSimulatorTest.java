package dev.counterfoil.terminal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.pole.PoleDisplay;
import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.terminal.device.DisplayEvent;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.cd5220.Cd5220Glass;
import dev.counterfoil.terminal.driver.display.LiveDisplay;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.JsscSerialLine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The customer's display over a pseudo-terminal, against one that somebody else wrote from the manual.
class PoleDisplayOnSimulatorTest {

  @TempDir
  private Path folder;

  @Test
  void pulledOutAndPutBackItShowsItsContentsWithoutBeingAsked() throws Exception {
    var port = folder.resolve("pole.tty");
    var clock = new ImpatientClock();
    var events = new LinkedBlockingQueue<DisplayEvent>();
    try (var pole = PoleDisplay.on(PtyLine.publishedAt(port));
        var display = new LiveDisplay("customer-display", clock,
            new Cd5220Glass(new JsscSerialLine(port.toString(), 9_600, clock), clock))) {
      display.show(ScreenText.plain("TOTAL 12.50", "PRESENT CARD"));
      display.start(events::add);
      assertShows(pole, "TOTAL 12.50         ", "PRESENT CARD        ");
      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo(new DisplayEvent.DisplayRecovered());

      pole.line().unplug();
      assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(DisplayEvent.DisplayFault.class,
          fault -> assertThat(fault.fault().code()).isIn(FaultCode.LINE_LOST, FaultCode.LINE_MISSING));
      pole.powerCycle();
      pole.line().replug();

      assertShows(pole, "TOTAL 12.50         ", "PRESENT CARD        ");
      assertThat(pole.unknownCommands()).isZero();
    }
  }

  private static void assertShows(PoleDisplay pole, String... lines) throws InterruptedException {
    pole.awaitGlass(List.of(lines)::equals, 8_000);
    assertThat(pole.glass()).containsExactly(lines);
  }
}
