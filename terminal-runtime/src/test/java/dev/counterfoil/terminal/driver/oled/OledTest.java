package dev.counterfoil.terminal.driver.oled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.oled.OledModule;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import dev.counterfoil.terminal.layout.Bitmap;
import dev.counterfoil.terminal.layout.PixelLayout;
import dev.counterfoil.terminal.layout.PlainFont;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.I2cDevice;
import dev.counterfoil.terminal.line.RecordingI2c;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The bytes on the bus, and what a chip that somebody else wrote from the data sheets makes of them.
class OledTest {

  private final RecordingI2c wire = new RecordingI2c();
  private final PixelLayout layout = new PixelLayout(DisplayGeometry.PIXELS_128X64, PlainFont.INSTANCE);

  @Test
  void anSsd1306IsSetUpAsItsApplicationNoteSays() throws Exception {
    new Oled(OledChip.SSD1306, wire, false).draw(blank());

    assertThat(wire.takeTransfers()).startsWith("00AE",
        "00A83FD30040A0C0DA12817FD922DB20D5808D14A4A62000", "0021007F220000", "40" + "00".repeat(31))
        .endsWith("00AF").hasSize(2 + 8 * 6 + 1);
  }

  @Test
  void anSh1106IsWrittenPageByPageFromItsThirdColumn() throws Exception {
    new Oled(OledChip.SH1106, wire, false).draw(blank());

    assertThat(wire.takeTransfers())
        .startsWith("00AE", "00A83FD30040A1C8DA12817FD922DB35D580AD8BA4A6", "00B00210",
            "40" + "00".repeat(31))
        .contains("00B70210").endsWith("00AF");
  }

  @ParameterizedTest
  @CsvSource({"SSD1306, 00A1C8", "SH1106, 00A0C0"})
  void aModuleMountedUpsideDownIsTurned(OledChip chip, String turned) throws Exception {
    new Oled(chip, wire, true).draw(blank());

    assertThat(wire.takeTransfers().get(2)).isEqualTo(turned);
  }

  @ParameterizedTest
  @EnumSource
  void anotherAmountSendsItsColumnsAndNotTheScreen(OledChip chip) throws Exception {
    var module = new OledModule(OledKind.valueOf(chip.name()), 1);
    var oled = new Oled(chip, wireTo(module), false);
    oled.draw(layout.draw(price("12.50")));
    long before = module.dataBytes();
    long allBefore = module.bytes();
    assertThat(before).isEqualTo(1024);

    oled.draw(layout.draw(price("12.60")));

    // One digit, 16 columns of 4 pages at most, and what it costs to get there.
    assertThat(module.dataBytes() - before).isBetween(8L, 64L);
    assertThat(module.bytes() - allBefore).isLessThan(64 + 4 * 9L);
    assertSameGlass(module, layout.draw(price("12.60")));
  }

  @Test
  void theSamePictureAgainSendsNothing() throws Exception {
    var oled = new Oled(OledChip.SSD1306, wire, false);
    oled.draw(layout.draw(price("1.00")));
    wire.takeTransfers();

    oled.draw(layout.draw(price("1.00")));

    assertThat(wire.takeTransfers()).isEmpty();
  }

  @Test
  void aProbeChangesNothing() throws Exception {
    var oled = new Oled(OledChip.SSD1306, wire, false);
    oled.draw(blank());
    wire.takeTransfers();

    oled.probe();
    oled.draw(blank());

    assertThat(wire.takeTransfers()).containsExactly("00E3");
  }

  @ParameterizedTest
  @EnumSource
  void afterAProbeWithoutAcknowledgeEverythingIsSentAnew(OledChip chip) throws Exception {
    var module = new OledModule(OledKind.valueOf(chip.name()), 1);
    var plug = new Plug(module);
    var oled = new Oled(chip, plug, false);
    oled.draw(layout.draw(price("3.00")));
    plug.failures = 1;
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(oled::probe);
    module.powerCycle();

    oled.draw(layout.draw(price("3.00")));

    assertSameGlass(module, layout.draw(price("3.00")));
  }

  @ParameterizedTest
  @EnumSource
  void aChipThatLostItsPowerUnnoticedShowsAllAgainAfterTenSeconds(OledChip chip) throws Exception {
    var clock = new FakeClock();
    var module = new OledModule(OledKind.valueOf(chip.name()), 1);
    var glass = new OledGlass(chip, wireTo(module), false, PlainFont.INSTANCE, clock);
    glass.draw(price("3.00"));
    module.powerCycle();
    glass.keep();
    assertThat(module.displayOn()).isFalse();

    clock.advance(10_000);
    glass.keep();

    assertSameGlass(module, layout.draw(price("3.00")));
  }

  /// Failures at any transfer, power losses and pictures in any order: what was drawn last is on the glass, upright.
  @ParameterizedTest
  @CsvSource({"SSD1306, 1", "SSD1306, 2", "SSD1306, 3", "SH1106, 4", "SH1106, 5", "SH1106, 6"})
  void whateverFailsTheGlassShowsTheLastPicture(OledChip chip, long seed) throws Exception {
    var random = new Random(seed);
    var module = new OledModule(OledKind.valueOf(chip.name()), seed);
    var plug = new Plug(module);
    var oled = new Oled(chip, plug, false);
    for (int round = 0; round < 40; round++) {
      var picture = random.nextBoolean() ? noise(random) : layout.draw(price(random.nextInt(1000) + ".00"));
      plug.failAfter = random.nextInt(3) == 0 ? random.nextInt(30) : Integer.MAX_VALUE;
      while (!drawn(oled, picture)) {
        plug.failAfter = Integer.MAX_VALUE;
        if (random.nextBoolean()) {
          module.powerCycle();
        }
      }

      assertSameGlass(module, picture);
      assertThat(module.unknownCommands()).as("seed %d round %d", seed, round).isZero();
    }
  }

  private static boolean drawn(Oled oled, Bitmap picture) {
    try {
      oled.draw(picture);
      return true;
    } catch (DeviceFaultException e) {
      return false;
    }
  }

  private static void assertSameGlass(OledModule module, Bitmap picture) {
    var glass = module.glass();
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 128; x++) {
        assertThat(glass.lit(x, y)).as("pixel %d,%d", x, y).isEqualTo(picture.isSet(x, y));
      }
    }
  }

  private static ScreenText price(String amount) {
    return new ScreenText(List.of(new Line("TOTAL", "TOTAL", amount, true),
        new Line("PRESENT CARD", "PRESENT CARD", "", false)));
  }

  private static Bitmap blank() {
    return new Bitmap(128, 64);
  }

  private static Bitmap noise(Random random) {
    var picture = blank();
    for (int i = 0; i < 500; i++) {
      picture.set(random.nextInt(128), random.nextInt(64));
    }
    return picture;
  }

  private static I2cDevice wireTo(OledModule module) {
    return bytes -> module.write(bytes, 0);
  }

  /// A wire that does not acknowledge for a while, or breaks in the middle.
  private static final class Plug implements I2cDevice {

    private final OledModule module;
    private int failures;
    private int failAfter = Integer.MAX_VALUE;

    Plug(OledModule module) {
      this.module = module;
    }

    @Override
    public void write(byte[] bytes) throws DeviceFaultException {
      if (failures > 0 || failAfter-- <= 0) {
        failures--;
        throw new DeviceFaultException(new DeviceFault(FaultCode.BOARD_REFUSED, "I2C", "no acknowledge"));
      }
      module.write(bytes, 0);
    }
  }
}
