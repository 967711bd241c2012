package dev.counterfoil.terminal.font;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.counterfoil.terminal.layout.PlainFont;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FontFileTest {

  /// Drawn for this test: a frame, and a bar.
  private static final String FRAME = "0041:00FF81818181818181818181818181FF";
  private static final String BAR = "4E2D:" + "0180".repeat(16);

  @TempDir
  private Path data;

  @Test
  void theConfiguredFileComesFirst() throws IOException {
    Files.writeString(data.resolve("font.hex"), FRAME);
    Files.writeString(data.resolve("own.hex"), BAR);

    var found = FontFile.find("own.hex", data, characters("中"));

    assertThat(found.source()).contains(data.resolve("own.hex"));
    assertThat(found.glyphs()).containsOnlyKeys(0x4E2D);
    assertThat(found.isComplete()).isTrue();
  }

  @Test
  void thenTheSubsetInTheDataFolder() throws IOException {
    Files.writeString(data.resolve("font.hex"), FRAME);

    var found = FontFile.find("", data, characters("A中"));

    assertThat(found.source()).contains(data.resolve("font.hex"));
    assertThat(found.missingText()).isEqualTo("中");
    assertThat(found.isComplete()).isFalse();
  }

  @Test
  void aFontThatIsNotThereLeavesPlainCapitals() {
    var found = FontFile.find("gone.hex", data, characters("A中"));

    assertThat(found.problem()).contains("gone.hex").contains("no such file");
    assertThat(found.font().columns('A')).isEqualTo(1);
    assertThat(found.font().columns(0x4E2D)).isZero();
    assertThat(found.font().glyph('A')).isEqualTo(PlainFont.INSTANCE.glyph('A'));
  }

  @Test
  void aBrokenFontIsToldWithItsLine() throws IOException {
    Files.writeString(data.resolve("font.hex"), FRAME + "\nnonsense\n");

    assertThat(FontFile.find("", data, characters("A")).problem()).contains("font.hex: line 2: ");
  }

  @Test
  void aWrittenSubsetIsReadAgainAsTheSameGlyphs() throws IOException {
    Files.writeString(data.resolve("own.hex"), FRAME + "\n" + BAR + "\n");
    var found = FontFile.find("own.hex", data, characters("A中"));

    FontFile.write(data.resolve("font.hex"), data.resolve("own.hex"), found.glyphs());

    assertThat(FontFile.find("", data, characters("A中")).glyphs()).isEqualTo(found.glyphs());
    assertThat(Files.readAllLines(data.resolve("font.hex"))).hasSize(3).first().asString()
        .contains("licence");
  }

  @Test
  void theInstalledFontHasEverythingThatIsEverSaid() {
    requireUnifont();

    var found = FontFile.find("", data, NeededCharacters.with(List.of("北校区第二食堂")));

    assertThat(found.source()).contains(FontFile.INSTALLED);
    assertThat(found.missingText()).isEmpty();
    assertThat(found.glyphs().size()).isBetween(200, 600);
    assertThat(found.font().columns('余')).isEqualTo(2);
    assertThat(found.font().columns('7')).isEqualTo(1);
  }

  private static void requireUnifont() {
    boolean there = Files.exists(FontFile.INSTALLED);
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(there).as(FontFile.INSTALLED + " must be there in CI: apt-get install unifont").isTrue();
    }
    assumeTrue(there, FontFile.INSTALLED + " is not there: apt-get install unifont");
  }

  private static SortedSet<Integer> characters(String text) {
    return new TreeSet<>(text.codePoints().boxed().toList());
  }
}
