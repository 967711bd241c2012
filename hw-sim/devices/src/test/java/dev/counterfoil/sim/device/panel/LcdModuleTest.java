package dev.counterfoil.sim.device.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Initialisation and commands after Hitachi ADE-207-272; port bits D7..D4 backlight E R/W RS.
class LcdModuleTest {
  private final LcdModule lcd = new LcdModule(16, 2);
  private long nowMicros = 1_000_000;

  private void nibble(LcdModule module, int nibble, int rs) {
    int port = nibble << 4 | 0x08 | rs;
    module.write(new byte[] {(byte) port, (byte) (port | 0x04), (byte) port}, nowMicros);
    nowMicros += 2_000;
  }

  private void send(LcdModule module, int value, int rs) {
    nibble(module, value >> 4 & 0xF, rs);
    nibble(module, value & 0xF, rs);
  }

  private void initialise(LcdModule module) {
    for (int step : new int[] {3, 3, 3, 2}) {
      nibble(module, step, 0);
    }
    for (int command : new int[] {0x28, 0x0C, 0x01, 0x06}) {
      send(module, command, 0);
    }
  }

  private void text(LcdModule module, String text) {
    for (byte letter : text.getBytes(StandardCharsets.ISO_8859_1)) {
      send(module, letter, 1);
    }
  }

  @Test
  void anUninitialisedModuleShowsItsDarkBar() {
    assertThat(lcd.glass()).containsExactly("█".repeat(16), " ".repeat(16));
    assertThat(lcd.initialised()).isFalse();
  }

  @Test
  void theFourBitSequenceInitialises() {
    initialise(lcd);

    assertThat(lcd.glass()).containsExactly(" ".repeat(16), " ".repeat(16));
    assertThat(lcd.initialised()).isTrue();
    assertThat(lcd.displayOn()).isTrue();
    assertThat(lcd.cursorShown()).isFalse();
  }

  @Test
  void halfWayThroughInitialisationTheGlassIsBlankOrBarred() {
    for (int step : new int[] {3, 3, 3}) {
      nibble(lcd, step, 0);
      assertThat(lcd.glass().getFirst()).isEqualTo("█".repeat(16));
    }
    nibble(lcd, 2, 0);
    send(lcd, 0x28, 0);

    assertThat(lcd.glass()).as("display still off").containsExactly(" ".repeat(16), " ".repeat(16));
  }

  @Test
  void textGoesWhereTheAddressSays() {
    initialise(lcd);

    text(lcd, "Price  2.50");
    send(lcd, 0x80 | 0x40, 0);
    text(lcd, "Card please");
    send(lcd, 0x80 | 0x4F, 0);
    text(lcd, "!");

    assertThat(lcd.glass()).containsExactly("Price  2.50     ", "Card please    !");
    assertThat(lcd.address()).isEqualTo(0x50);
  }

  @Test
  void aFourRowGlassContinuesItsRows() {
    LcdModule wide = new LcdModule(20, 4);
    initialise(wide);

    for (int row = 0; row < 4; row++) {
      send(wide, 0x80 | new int[] {0x00, 0x40, 0x14, 0x54}[row], 0);
      text(wide, "row " + row);
    }

    assertThat(wide.glass()).allMatch(line -> line.length() == 20).extracting(String::strip)
        .containsExactly("row 0", "row 1", "row 2", "row 3");
  }

  @Test
  void withTheNibblePhaseOffTheGlassShowsGarbage() {
    initialise(lcd);

    nibble(lcd, 0x4, 1);
    text(lcd, "ABC");

    assertThat(lcd.glass().getFirst()).isNotBlank().doesNotContain("ABC");
    assertThat(lcd.halfWayThroughByte()).isTrue();
  }

  @Test
  void theInitSequenceRepairsALostPhase() {
    initialise(lcd);
    nibble(lcd, 0x4, 1);

    initialise(lcd);
    text(lcd, "ABC");

    assertThat(lcd.glass().getFirst().strip()).isEqualTo("ABC");
  }

  @Test
  void withoutInitialisationTextIsNotShown() {
    text(lcd, "ABC");

    assertThat(String.join("", lcd.glass())).doesNotContain("A");
  }

  @Test
  void clearHomeShiftAndEntryModeWork() {
    initialise(lcd);
    text(lcd, "ABCDEF");

    send(lcd, 0x18, 0);
    assertThat(lcd.glass().getFirst()).startsWith("BCDEF ");
    send(lcd, 0x02, 0);
    assertThat(lcd.glass().getFirst()).startsWith("ABCDEF");
    send(lcd, 0x04, 0);
    send(lcd, 0x80 | 0x05, 0);
    text(lcd, "xy");
    assertThat(lcd.glass().getFirst()).startsWith("ABCDyx");
    send(lcd, 0x01, 0);

    assertThat(lcd.glass().getFirst()).isBlank();
    assertThat(lcd.address()).isZero();
  }

  @Test
  void theAddressRunsFromTheFirstLineIntoTheSecond() {
    initialise(lcd);
    send(lcd, 0x80 | 0x27, 0);

    text(lcd, "Ab");

    assertThat(lcd.glass().get(1)).startsWith("b");
  }

  @Test
  void ownGlyphsKatakanaAndYenAreShown() {
    initialise(lcd);
    send(lcd, 0x40, 0);
    text(lcd, "\u001f\u0011\u0011\u001f");
    send(lcd, 0x80, 0);
    text(lcd, "\u0000\\\u00b1\u007e");

    assertThat(lcd.glass().getFirst()).startsWith("\uE000¥ｱ→");
    assertThat(lcd.glyphs()).startsWith(0x1F, 0x11, 0x11, 0x1F);
  }

  @Test
  void theDisplayCanBeReadBack() {
    initialise(lcd);
    text(lcd, "A");
    send(lcd, 0x80, 0);

    int high = readNibble(1);
    int low = readNibble(1);

    assertThat(high << 4 | low).isEqualTo('A');
    assertThat(lcd.address()).isEqualTo(1);
  }

  private int readNibble(int rs) {
    lcd.write(new byte[] {(byte) (0xFA | rs), (byte) (0xFE | rs)}, nowMicros);
    int value = lcd.read(1, nowMicros)[0] >> 4 & 0xF;
    lcd.write(new byte[] {(byte) (0xFA | rs)}, nowMicros);
    return value;
  }

  @Test
  void theBusyFlagFollowsAClear() {
    initialise(lcd);
    send(lcd, 0x01, 0);
    nowMicros -= 1_000;

    assertThat(readNibble(0) & 0x8).as("a clear takes 1.52 ms").isEqualTo(8);
    readNibble(0);
    nowMicros += 600;
    assertThat(readNibble(0) & 0x8).isZero();
  }

  private static byte[] burst(int rs, int... values) {
    ByteArrayOutputStream states = new ByteArrayOutputStream();
    for (int value : values) {
      for (int part : new int[] {value & 0xF0, value << 4 & 0xF0}) {
        states.write(part | rs | 0x0C);
        states.write(part | rs | 0x08);
      }
    }
    return states.toByteArray();
  }

  @Test
  void textInOneTransferIsSlowEnoughForTheController() {
    initialise(lcd);

    lcd.write(burst(1, 'O', 'K'), nowMicros);
    lcd.write(burst(1, 'O', 'K'), nowMicros);

    assertThat(lcd.busyViolations()).isZero();
    assertThat(lcd.glass().getFirst()).startsWith("OKOK");
  }

  @Test
  void aCommandTooSoonAfterAClearIsCountedAndStillObeyed() {
    initialise(lcd);

    lcd.write(burst(0, 0x01), nowMicros);
    lcd.write(burst(1, 'A'), nowMicros + 500);

    assertThat(lcd.busyViolations()).isEqualTo(1);
    assertThat(lcd.glass().getFirst()).startsWith("A");
  }

  @Test
  void waitingAfterAClearIsEnoughHoweverMuchWasSentBefore() {
    initialise(lcd);

    lcd.write(burst(1, "a long line of text".chars().toArray()), nowMicros);
    lcd.write(burst(0, 0x01), nowMicros);
    lcd.write(burst(1, 'A'), nowMicros + 1_600);

    assertThat(lcd.busyViolations()).isZero();
  }

  @Test
  void thePortPowersUpHighAndTheBacklightFollowsItsBit() {
    assertThat(lcd.backlight()).isTrue();
    assertThat(lcd.read(1, nowMicros)).as("R/W and E are high, so the display drives a space")
        .containsExactly(0x2F);

    lcd.write(new byte[] {0x00}, nowMicros);

    assertThat(lcd.backlight()).isFalse();
    lcd.powerCycle();
    assertThat(lcd.backlight()).isTrue();
  }
}
