package dev.counterfoil.terminal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The glyphs here are drawn for this test: a frame, 8 and 16 pixels wide.
class HexFontTest {

  static final String NARROW = "0041:00FF81818181818181818181818181FF";
  static final String WIDE = "4E2D:FFFF" + "8001".repeat(14) + "FFFF";

  @Test
  void narrowAndWideGlyphsAreReadRowByRow() throws IOException {
    var glyphs = HexFont.read(new StringReader(NARROW + "\r\n\n# remark\n" + WIDE + "\n"), _ -> true);

    assertThat(glyphs).containsOnlyKeys(0x41, 0x4E2D);
    var narrow = Objects.requireNonNull(glyphs.get(0x41));
    var wide = Objects.requireNonNull(glyphs.get(0x4E2D));
    assertThat(narrow.width()).isEqualTo(8);
    assertThat(narrow.rows()).startsWith(0x00, 0xFF, 0x81).endsWith(0x81, 0xFF);
    assertThat(wide.columns()).isEqualTo(2);
    assertThat(wide.rows()).startsWith(0xFFFF, 0x8001).endsWith(0x8001, 0xFFFF);
  }

  @Test
  void whatIsNotWantedIsNotKept() throws IOException {
    assertThat(HexFont.read(new StringReader(NARROW + "\n" + WIDE), codePoint -> codePoint == 0x4E2D))
        .containsOnlyKeys(0x4E2D);
  }

  @Test
  void aWrittenLineIsReadAgain() throws IOException {
    for (String line : new String[] {NARROW, WIDE, "01F600:" + "0180".repeat(16)}) {
      var glyphs = HexFont.read(new StringReader(line), _ -> true);
      assertThat(glyphs).hasSize(1);
      glyphs.forEach((codePoint, glyph) -> assertThat(HexFont.line(codePoint, glyph)).isEqualTo(line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"41:00", "004G:00", "0041", "0041:00FF", "FFFFFF:00",
      "0041:0gFF81818181818181818181818181FF"})
  void aLineThatIsNoGlyphIsNamed(String line) {
    assertThatExceptionOfType(HexFont.FormatException.class)
        .isThrownBy(() -> HexFont.read(new StringReader(NARROW + "\n" + line), _ -> true))
        .withMessageStartingWith("line 2: ");
  }
}
