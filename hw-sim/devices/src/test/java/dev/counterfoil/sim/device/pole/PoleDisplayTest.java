package dev.counterfoil.sim.device.pole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.line.MemoryLine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Commands after the CD5220's command set (manualsdump 170863).
class PoleDisplayTest {
  private final MemoryLine.Pair wire = MemoryLine.pair();
  private final PoleDisplay display = PoleDisplay.on(wire.model());

  @AfterEach
  void switchOff() {
    display.close();
  }

  private void assertShows(String bytes, String upper, String lower) throws InterruptedException {
    wire.host().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    String first = "%-20s".formatted(upper);
    String second = "%-20s".formatted(lower);
    display.awaitGlass(lines -> lines.getFirst().equals(first) && lines.getLast().equals(second), 2_000);
    assertThat(display.glass()).containsExactly(first, second);
  }

  @Test
  void eachLineIsWrittenByItsCommand() throws InterruptedException {
    assertShows("\u001B@\u001BQATOTAL\r\u001BQB12.50\r", "TOTAL", "12.50");
    assertShows("\u001BQA12345678901234567890123\r", "12345678901234567890", "12.50");
  }

  @Test
  void textGoesOnWhereTheCursorIs() throws InterruptedException {
    assertShows("\fAB\u001Bl\u0013\u0001XYZ", "AB                XY", "Z");
    assertShows("\r\u0018\u000BC", "CB                XY", "");
  }

  @Test
  void clearingTakesBothLines() throws InterruptedException {
    assertShows("AB\nC", "AB", "  C");
    assertShows("\f", "", "");
  }

  @Test
  void onASharedWireItListensOnlyWhenItIsMeant() throws InterruptedException {
    assertShows("\u001B=\u0001receipt\u001B=\u0002A", "A", "");
  }

  @Test
  void withoutPowerTheGlassIsForgotten() throws InterruptedException {
    assertShows("AB", "AB", "");

    display.powerCycle();

    assertThat(display.glass()).containsExactly(" ".repeat(20), " ".repeat(20));
  }
}
