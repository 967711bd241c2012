package dev.counterfoil.terminal.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpokenAmountTest {

  @ParameterizedTest
  @CsvSource({"0.00, 0 yuan", "0.05, 5 fen", "0.20, liang jiao", "0.25, liang jiao 5 fen", "2.00, liang yuan",
      "8.50, 8 yuan 5 jiao", "10.00, 10 yuan", "12.50, 10 2 yuan 5 jiao", "20.00, 2 10 yuan",
      "22.00, 2 10 2 yuan",
      "10.05, 10 yuan 0 5 fen", "100.00, 1 100 yuan", "102.00, 1 100 0 2 yuan", "110.00, 1 100 1 10 yuan",
      "112.34, 1 100 1 10 2 yuan 3 jiao 4 fen", "200.00, liang 100 yuan", "222.00, liang 100 2 10 2 yuan",
      "1000.00, 1 1000 yuan", "1001.00, 1 1000 0 1 yuan", "1010.00, 1 1000 0 1 10 yuan",
      "10000.00, 1 10000 yuan", "10001.00, 1 10000 0 1 yuan", "20500.00, liang 10000 0 5 100 yuan",
      "123456.00, 10 2 10000 3 1000 4 100 5 10 6 yuan", "100000.10, 10 10000 yuan 1 jiao",
      "-3.00, minus 3 yuan"})
  void inChineseByYuanJiaoAndFen(String amount, String words) {
    assertThat(String.join(" ", SpokenAmount.words(minor(amount), Language.CHINESE))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0.00, 0", "0.05, 0 point 0 5", "12.50, 12 point 5 0", "20.00, 20", "21.00, 20 1",
      "100.00, 1 100",
      "115.00, 1 100 15", "999.99, 9 100 90 9 point 9 9", "1000.00, 1 1000",
      "12345.60, 12 1000 3 100 40 5 point 6 0",
      "1000000.00, 1 1000000", "-3.00, minus 3"})
  void inEnglishTheNumberAndThenTheDecimals(String amount, String words) {
    assertThat(String.join(" ", SpokenAmount.words(minor(amount), Language.ENGLISH))).isEqualTo(words);
  }

  @ParameterizedTest
  @EnumSource
  void noAmountNeedsAWordOutsideTheVocabulary(Language language) {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long minor = random.nextLong(10) == 0 ? random.nextLong(SpokenAmount.MOST_MINOR)
          : random.nextLong(1_000_000);
      assertThat(SpokenAmount.vocabulary(language)).as(Money.decimal(minor))
          .containsAll(SpokenAmount.words(minor, language));
    }
    assertThat(SpokenAmount.words(SpokenAmount.MOST_MINOR + 1, language)).isEmpty();
  }

  /// Two amounts that sound the same would be one.
  @ParameterizedTest
  @EnumSource
  void noTwoAmountsSoundAlike(Language language) {
    var heard = new HashSet<List<String>>();
    for (long minor = 0; minor < 200_000; minor++) {
      assertThat(heard.add(SpokenAmount.words(minor, language))).as(Money.decimal(minor)).isTrue();
    }
  }

  @Test
  void aScreenSaysWhatIsPaidAndWhatIsLeft() {
    assertThat(SpokenScreen.words(new Screen.Approved(1250, 8750, false), Language.ENGLISH))
        .containsExactly("approved", "12", "point", "5", "0", "balance", "80", "7", "point", "5", "0");
    assertThat(SpokenScreen.words(new Screen.PresentCard(800), Language.CHINESE)).containsExactly(
        "please-pay", "8",
        "yuan");
    assertThat(SpokenScreen.words(new Screen.Declined(DeclineReason.CARD_LOST), Language.CHINESE))
        .containsExactly("declined");
    assertThat(SpokenScreen.words(new Screen.Ready(true), Language.CHINESE)).isEmpty();
  }

  private static long minor(String amount) {
    return amount.startsWith("-") ? -Money.parseDecimal(amount.substring(1)) : Money.parseDecimal(amount);
  }
}
