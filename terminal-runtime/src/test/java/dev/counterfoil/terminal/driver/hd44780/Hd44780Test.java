package dev.counterfoil.terminal.driver.hd44780;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingI2c;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes on the bus, because a wrong bit still shows something on the glass, only not what was meant.
class Hd44780Test {

  private final FakeClock clock = new FakeClock();
  private final RecordingI2c wire = new RecordingI2c();
  private final Hd44780 glass = new Hd44780(wire, clock, DisplayGeometry.LCD_16X2);

  @Test
  void theControllerIsSetUpFromAnyStateBeforeTheFirstText() throws Exception {
    glass.draw(List.of());

    assertThat(wire.takeTransfers()).containsExactly("383C38", "3C38", "3C38", "2C28",
        // 28 four bits and two lines, 0C display on, 01 clear
        "2C288C88" + "0C08CCC8" + "0C081C18",
        // 06 cursor moves right
        "0C086C68");
    assertThat(clock.millis()).isGreaterThanOrEqualTo(50 + 5 + 2);
  }

  @Test
  void onlyChangedCharactersAreSent() throws Exception {
    glass.draw(List.of("Total 1.50", "Card?"));
    wire.takeTransfers();

    glass.draw(List.of("Total 2.50", "Card?"));

    // 86: address 6, then the digit 2 with register select.
    assertThat(wire.takeTransfers()).containsExactly("888C886C68" + "393D392D29");
  }

  @Test
  void theSecondLineStartsAtAddress40() throws Exception {
    glass.draw(List.of());
    wire.takeTransfers();

    glass.draw(List.of("", "A"));

    assertThat(wire.takeTransfers()).containsExactly("CCC80C08" + "494D491D19");
  }

  @Test
  void linesThreeAndFourOfATallDisplayContinueOneAndTwo() throws Exception {
    var tall = new Hd44780(wire, clock, DisplayGeometry.LCD_20X4);
    tall.draw(List.of());
    wire.takeTransfers();

    tall.draw(List.of("", "", "A"));
    tall.draw(List.of("", "", "A", "A"));

    assertThat(wire.takeTransfers()).containsExactly("9C984C48" + "494D491D19", "D8DCD84C48" + "494D491D19");
  }

  @Test
  void theSameTextAgainSendsNothing() throws Exception {
    glass.draw(List.of("Ready"));
    wire.takeTransfers();

    glass.draw(List.of("Ready"));

    assertThat(wire.takeTransfers()).isEmpty();
  }

  @Test
  void noTransferIsLongerThanASmbusBlock() throws Exception {
    new Hd44780(wire, clock, DisplayGeometry.LCD_20X4)
        .draw(List.of("x".repeat(20), "y".repeat(20), "z".repeat(20), "w".repeat(20)));

    var transfers = wire.takeTransfers();
    assertThat(transfers).allSatisfy(transfer -> assertThat(transfer.length()).isLessThanOrEqualTo(64));
    assertThat(transfers.size()).isLessThan(20);
  }

  @Test
  void afterAFailedTransferTheControllerIsSetUpAndDrawnAnew() throws Exception {
    glass.draw(List.of("AAAA"));
    wire.takeTransfers();
    wire.fail(1);
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> glass.draw(List.of("AAAB")));

    glass.draw(List.of("AAAB"));

    assertThat(wire.takeTransfers()).startsWith("383C38", "3C38", "3C38", "2C28")
        .last().asString().startsWith("8C880C08").endsWith("4D492D29");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverFailsTheGlassShowsTheLastTextInTheEnd(long seed) throws Exception {
    var random = new Random(seed);
    var geometry = random.nextBoolean() ? DisplayGeometry.LCD_16X2 : DisplayGeometry.LCD_20X4;
    var subject = new Hd44780(wire, clock, geometry);
    var replay = new Replay();
    for (int i = 0; i < 50; i++) {
      var text = List.of(word(random), word(random), word(random), word(random));
      wire.fail(random.nextInt(4) == 0 ? 1 : 0);
      while (!drawn(subject, text)) {
        wire.fail(0);
      }
      wire.takeTransfers().forEach(replay::feed);

      assertThat(replay.text(geometry)).as("seed %d round %d", seed, i).isEqualTo(geometry.fit(text));
    }
  }

  private static boolean drawn(Hd44780 subject, List<String> text) throws InterruptedException {
    try {
      subject.draw(text);
      return true;
    } catch (DeviceFaultException e) {
      return false;
    }
  }

  private static String word(Random random) {
    return random.ints(random.nextInt(22), 'A', 'D')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint,
            StringBuilder::append)
        .toString();
  }

  /// Reads the transfers back as a controller would: nibbles at the falling edge of enable, in 4-bit mode once the
  /// nibble 2 came alone.
  private static final class Replay {

    private final byte[] memory = new byte[0x80];
    private int address;
    private int previous;
    private boolean fourBit;
    private int high = -1;

    void feed(String transfer) {
      for (byte b : HexFormat.of().parseHex(transfer)) {
        if ((previous & 4) != 0 && (b & 4) == 0) {
          nibble(b >> 4 & 0xF, (b & 1) != 0);
        }
        previous = b;
      }
    }

    private void nibble(int value, boolean data) {
      if (!fourBit) {
        fourBit = value == 2;
        high = -1;
      } else if (high < 0) {
        high = value;
      } else {
        octet(high << 4 | value, data);
        high = -1;
      }
    }

    private void octet(int value, boolean data) {
      if (data) {
        memory[address++] = (byte) value;
      } else if (value >= 0x80) {
        address = value & 0x7F;
      } else if (value == 1) {
        Arrays.fill(memory, (byte) ' ');
        address = 0;
      } else if (value == 0x33) {
        fourBit = false;
      }
    }

    List<String> text(DisplayGeometry geometry) {
      var lines = new ArrayList<String>();
      int[] starts = {0, 0x40, geometry.columns(), 0x40 + geometry.columns()};
      for (int row = 0; row < geometry.rows(); row++) {
        lines.add(new String(memory, starts[row], geometry.columns(), StandardCharsets.US_ASCII));
      }
      return lines;
    }
  }
}
