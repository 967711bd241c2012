package dev.counterfoil.terminal.driver.cd5220;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingLine;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Cd5220GlassTest {

  private final FakeClock clock = new FakeClock();
  private final RecordingLine line = new RecordingLine(clock);
  private final Cd5220Glass glass = new Cd5220Glass(line, clock);

  @Test
  void theFirstTextComesAfterTheInitialisation() throws Exception {
    glass.draw(price("12.50"));

    assertThat(line.takeWritten()).containsExactly("open", "1B40", upper("TOTAL          12.50"),
        lower("PRESENT CARD        "));
  }

  @Test
  void onlyTheLineThatChangedIsSent() throws Exception {
    glass.draw(price("12.50"));
    line.takeWritten();

    glass.draw(price("12.60"));
    glass.draw(price("12.60"));

    assertThat(line.takeWritten()).containsExactly(upper("TOTAL          12.60"));
  }

  @Test
  void bothLinesAreSentAgainEveryTenSeconds() throws Exception {
    glass.draw(price("12.50"));
    line.takeWritten();
    clock.advance(9_999);
    glass.keep();
    assertThat(line.takeWritten()).isEmpty();

    clock.advance(1);
    glass.keep();

    assertThat(line.takeWritten()).containsExactly(upper("TOTAL          12.50"),
        lower("PRESENT CARD        "));
  }

  @Test
  void aPortThatIsNotThereIsToldAndTriedAgain() throws Exception {
    line.refuse(FaultCode.LINE_MISSING);
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> glass.draw(price("1.00")));

    glass.draw(price("1.00"));

    assertThat(line.takeWritten()).startsWith("open", "1B40").hasSize(4);
  }

  private static ScreenText price(String amount) {
    return new ScreenText(
        List.of(new Line("合计", "TOTAL", amount, true), new Line("请刷卡", "PRESENT CARD", "", false)));
  }

  private static String upper(String text) {
    return "1B5141" + hex(text) + "0D";
  }

  private static String lower(String text) {
    return "1B5142" + hex(text) + "0D";
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
