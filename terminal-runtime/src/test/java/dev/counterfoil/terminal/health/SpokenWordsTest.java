package dev.counterfoil.terminal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.sale.Texts.Language;
import dev.counterfoil.terminal.speech.SpokenScreen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenWordsTest {

  @TempDir
  private Path folder;

  @Test
  void whatWasNotRecordedIsNamedByItsFile() throws IOException {
    for (String word : SpokenScreen.vocabulary(Language.CHINESE)) {
      Files.writeString(folder.resolve(word + ".wav"), "RIFF");
    }
    assertThat(SpokenWords.find(folder, Language.CHINESE).line()).startsWith("PASS OK");

    Files.delete(folder.resolve("jiao.wav"));

    assertThat(SpokenWords.find(folder, Language.CHINESE).line()).startsWith("FAIL SOUND_MISSING")
        .contains("lacks jiao.wav");
  }
}
