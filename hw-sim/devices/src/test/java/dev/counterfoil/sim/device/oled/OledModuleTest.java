package dev.counterfoil.sim.device.oled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Commands after SSD1306 rev 1.1 and SH1106 V2.3.
class OledModuleTest {
  private final OledModule ssd1306 = new OledModule(OledKind.SSD1306, 1);
  private final OledModule sh1106 = new OledModule(OledKind.SH1106, 1);

  private static void send(OledModule module, String... transfers) {
    for (String transfer : transfers) {
      module.write(HexFormat.of().parseHex(transfer.replace(" ", "")), 0);
    }
  }

  private static void clear(OledModule module) {
    for (int page = 0; page < 8; page++) {
      send(module, "00 B%X 00 10".formatted(page), "40" + "00".repeat(132));
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterPowerUpTheMemoryIsNoiseAndTheGlassDark(OledKind kind) {
    OledModule module = new OledModule(kind, 7);

    assertThat(module.glass().count()).isZero();
    assertThat(module.memory()[0]).isNotEqualTo(new byte[module.memory()[0].length]);
    assertThat(module.read(1, 0)).containsExactly(0x40);
  }

  @Test
  void anSsd1306StaysDarkWithoutItsChargePump() {
    send(ssd1306, "00 A5 AF");
    assertThat(ssd1306.glass().count()).isZero();

    send(ssd1306, "00 8D 14");

    assertThat(ssd1306.glass().count()).isEqualTo(128 * 64);
    assertThat(ssd1306.read(1, 0)).containsExactly(0);
  }

  @Test
  void horizontalAddressingFillsItsWindowAndStartsAgain() {
    clear(ssd1306);

    send(ssd1306, "00 20 00 21 02 03 22 01 02", "40 11 22 33 44 55");

    assertThat(ssd1306.memory()[1][2]).isEqualTo((byte) 0x55);
    assertThat(ssd1306.memory()[1][3]).isEqualTo((byte) 0x22);
    assertThat(ssd1306.memory()[2][2]).isEqualTo((byte) 0x33);
    assertThat(ssd1306.memory()[2][3]).isEqualTo((byte) 0x44);
  }

  @Test
  void verticalAddressingGoesDownFirst() {
    clear(ssd1306);

    send(ssd1306, "00 20 01 21 00 7F 22 00 01", "40 01 02 03");

    assertThat(ssd1306.memory()[0][0]).isEqualTo((byte) 1);
    assertThat(ssd1306.memory()[1][0]).isEqualTo((byte) 2);
    assertThat(ssd1306.memory()[0][1]).isEqualTo((byte) 3);
  }

  @Test
  void pageAddressingStaysOnItsPage() {
    clear(ssd1306);

    send(ssd1306, "00 B3 0F 17", "40 AA BB");

    assertThat(ssd1306.memory()[3][127]).isEqualTo((byte) 0xAA);
    assertThat(ssd1306.memory()[3][0]).isEqualTo((byte) 0xBB);
  }

  @Test
  void anSh1106ShowsItsMemoryFromTheThirdColumnOn() {
    clear(sh1106);
    send(sh1106, "00 A1 C8 AF B0 00 10", "40 FF FF 01");

    assertThat(sh1106.glass().count()).isEqualTo(1);
    assertThat(sh1106.glass().lit(0, 0)).isTrue();
    assertThat(sh1106.memory()[0]).hasSize(132);
  }

  @Test
  void anSh1106HasNoHorizontalAddressing() {
    send(sh1106, "00 20 00");

    assertThat(sh1106.unknownCommands()).isEqualTo(1);
  }

  @Test
  void aCommandWaitsForItsArgumentsOverTransfers() {
    send(ssd1306, "00 81");
    assertThat(ssd1306.waitsForArguments()).isTrue();

    send(ssd1306, "00 20");

    assertThat(ssd1306.waitsForArguments()).isFalse();
    assertThat(ssd1306.contrast()).isEqualTo(0x20);
  }

  @Test
  void aControlByteWithContinuationCoversOneByte() {
    clear(ssd1306);

    send(ssd1306, "80 B2 80 00 80 10 40 5A");

    assertThat(ssd1306.memory()[2][0]).isEqualTo((byte) 0x5A);
  }

  @Test
  void segmentsAreTurnedForWhatIsWrittenFromThenOn() {
    clear(ssd1306);
    send(ssd1306, "00 8D 14 AF A0 B0 00 10", "40 01", "00 A1 B0 00 10", "40 01");

    assertThat(ssd1306.glass().lit(0, 0)).isTrue();
    assertThat(ssd1306.glass().lit(127, 0)).isTrue();

    send(ssd1306, "00 C8");

    assertThat(ssd1306.glass().lit(0, 63)).isTrue();
    assertThat(ssd1306.glass().lit(0, 0)).isFalse();
  }

  @Test
  void inverseAndStartLineChangeTheGlassAndNotTheMemory() {
    clear(ssd1306);
    send(ssd1306, "00 8D 14 AF B0 00 10", "40 01", "00 41");
    assertThat(ssd1306.glass().lit(0, 63)).isTrue();

    send(ssd1306, "00 A7");

    assertThat(ssd1306.glass().count()).isEqualTo(128 * 64 - 1);
    assertThat(ssd1306.memory()[0][0]).isEqualTo((byte) 1);
  }

  @Test
  void thePictureCanBeSaved() throws IOException {
    clear(ssd1306);
    send(ssd1306, "00 8D 14 AF B0 00 10", "40 01");
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    ssd1306.glass().writePng(png, 2);

    var image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(image.getRGB(1, 1)).isNotEqualTo(image.getRGB(2, 2));
    assertThat(ssd1306.glass().blocks().getFirst()).startsWith("▀ ");
  }
}
