package dev.counterfoil.sim.virtual.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.Trace;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import dev.counterfoil.terminal.layout.PlainFont;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualDisplayTest {

  /// Who cannot see the picture is told by a screen reader what it shows.
  @Test
  void aDisplayOfPixelsTellsItsTextUntilItIsDark() {
    var seen = new ArrayList<Sight>();
    var display = new VirtualDisplay(new EventQueue(new Trace()), DisplayKind.SSD1306, PlainFont.INSTANCE, 1,
        seen::add);
    display.start();

    display.show(new ScreenText(
        List.of(new Line("TOTAL", "TOTAL", "5.00", true), new Line("", "", "", false),
            new Line("PRESENT CARD", "PRESENT CARD", "", false))));

    assertThat(((Face.Pixels) display.face()).text()).containsExactly("TOTAL 5.00", "PRESENT CARD");
    assertThat(seen).filteredOn(Sight.Glass.class::isInstance).last()
        .isEqualTo(new Sight.Glass(display.face()));
    display.stop();
    assertThat(((Face.Pixels) display.face()).text()).isEmpty();
  }
}
