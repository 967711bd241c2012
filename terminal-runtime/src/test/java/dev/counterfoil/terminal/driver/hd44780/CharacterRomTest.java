package dev.counterfoil.terminal.driver.hd44780;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterRomTest {

  @ParameterizedTest
  @CsvSource({"A,41", "0,30", "},7D", "¥,5C", "￥,5C", "→,7E", "←,7F", "°,DF", "ｱ,B1", "ﾟ,DF", "｡,A1", "ä,E1",
      "Ａ,41",
      "（,28"})
  void knownCharactersHaveTheirPlaceInTheRom(String character, String code) {
    assertThat(CharacterRom.code(character.codePointAt(0))).isEqualTo(Integer.parseInt(code, 16));
  }

  @ParameterizedTest
  @CsvSource({"中", "é", "~", "\\", "€", "😀"})
  void whatTheRomLacksBecomesAQuestionMark(String character) {
    assertThat(CharacterRom.codes(character)).containsExactly('?');
  }

  @Test
  void aControlCharacterNeverReachesTheController() {
    assertThat(CharacterRom.codes("\n\u0000\u007F")).containsOnly('?');
  }
}
