package dev.counterfoil.terminal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellLayoutTest {

  private static final Alphabet CHINESE = codePoint -> codePoint >= 0x2E80 ? 2
      : Alphabet.ASCII.columns(codePoint);

  @ParameterizedTest
  @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
      TOTAL|12.50|TOTAL      12.50
      BALANCE|12345678.90|BALA 12345678.90
      BALANCE|123456789012.90|123456789012.90
      APPROVED|1000.00|APPROVED 1000.00
      APPROVED*|1000.00|APPROVED*1000.00
      APPROVED*|10000.00|APPROVE*10000.00
      OPERATOR CARD|100.00|OPERATOR  100.00
      OPERATOR CARD|1000.00|OPERATOR 1000.00
      TOTAL|1234567890123.45|1234567890123.45
      TOTAL|12345678901234.56|################
      支付成功|1000.00|支付成功 1000.00
      支付成功|10000.00|支付成  10000.00""")
  void whatDoesNotFitOneRowIsShortenedAndTheFigureStaysWhole(String words, String figure, String row) {
    var layout = new CellLayout(new DisplayGeometry(16, 1), CHINESE, false);

    var rows = layout.lines(new ScreenText(List.of(new Line(words, "", figure, false))));

    assertThat(rows.getFirst().strip()).isEqualTo(row.strip());
    assertThat(CHINESE.width(rows.getFirst())).isEqualTo(16);
    assertThat(rows.getFirst()).endsWith(row.strip().substring(row.strip().length() - 1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      PRESENT YOUR CARD NOW|PRESENT YOUR|CARD NOW
      ALLOWANCE_USED_UP|ALLOWANCE_USED|_UP
      账户已冻结,请联系客服|账户已冻结,请联|系客服
      一二三四五六七八,九|一二三四五六七|八,九
      ABCDEFGHIJKLMNOPQRST|ABCDEFGHIJKLMNOP|QRST""")
  void wordsGoOnInTheNextRowWhereThereIsOne(String words, String first, String second) {
    var rows = new CellLayout(DisplayGeometry.PIXELS_128X64, CHINESE, true)
        .lines(new ScreenText(List.of(new Line(words, "", "", false))));

    assertThat(rows).extracting(String::stripTrailing).containsExactly(first, second, "", "");
  }

  @Test
  void withRoomTheAmountIsLargeUnderItsWords() {
    var rows = new CellLayout(DisplayGeometry.PIXELS_128X64, CHINESE, true).rows(approved("12.50", "87.50"));

    assertThat(rows).containsExactly(new CellLayout.Row("支付成功        ", false, false),
        new CellLayout.Row("   12.50", true, true), new CellLayout.Row("余额       87.50", false, true));
  }

  @Test
  void anAmountTooWideToBeLargeIsShownWholeInOrdinarySize() {
    var rows = new CellLayout(DisplayGeometry.PIXELS_128X64, CHINESE, true)
        .rows(approved("123456.78", "87.50"));

    assertThat(rows).extracting(CellLayout.Row::large).containsOnly(false);
    assertThat(rows).extracting(CellLayout.Row::text).containsExactly("支付成功        ", "       123456.78",
        "余额       87.50", " ".repeat(16));
  }

  @Test
  void wordsThatTheDisplayLacksAreGivenInLatin() {
    var rows = new CellLayout(DisplayGeometry.LCD_16X2, Alphabet.ASCII, false)
        .lines(approved("12.50", "87.50"));

    assertThat(rows).containsExactly("APPROVED   12.50", "BALANCE    87.50");
  }

  @Test
  void rowsOfWordsGiveWayToFigures() {
    var text = new ScreenText(List.of(new Line("ONE", "", "", false), new Line("TWO", "", "", false),
        new Line("THREE", "", "3.00", false)));

    assertThat(new CellLayout(DisplayGeometry.LCD_16X2, Alphabet.ASCII, false).lines(text))
        .containsExactly("ONE             ", "THREE       3.00");
  }

  /// On every glass, whatever the words: each figure stands there whole, or its row says that it cannot.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noFigureIsEverCut(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var geometry = new DisplayGeometry(8 + random.nextInt(33), 2 + random.nextInt(3));
      var figures = IntStream.range(0, 2).mapToObj(_ -> digits(random)).toList();
      var text = new ScreenText(
          figures.stream().map(figure -> new Line(words(random), "WORDS*", figure, random.nextBoolean()))
              .toList());

      var rows = new CellLayout(geometry, random.nextBoolean() ? CHINESE : Alphabet.ASCII,
          random.nextBoolean())
          .lines(text);

      assertThat(figures).as("seed %d round %d %s %s", seed, i, geometry, rows)
          .allMatch(figure -> rows.stream()
              .anyMatch(row -> figure.length() > geometry.columns() ? row.matches("#+")
                  : Arrays.asList(row.split("[^0-9.]")).contains(figure)));
    }
  }

  private static String digits(Random random) {
    return random.ints(1 + random.nextInt(14), '0', '9' + 1).collect(StringBuilder::new,
        StringBuilder::appendCodePoint, StringBuilder::append) + ".00";
  }

  private static String words(Random random) {
    return random.ints(random.nextInt(12), 0, 6).mapToObj(i -> "中A B*余".substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static ScreenText approved(String amount, String balance) {
    return new ScreenText(List.of(new Line("支付成功", "APPROVED", amount, true),
        new Line("余额", "BALANCE", balance, false)));
  }
}
