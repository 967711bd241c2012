package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.driver.hd44780.Hd44780Glass;
import dev.counterfoil.terminal.layout.Alphabet;
import dev.counterfoil.terminal.layout.CellLayout;
import dev.counterfoil.trace.Requirement;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

  /// What a display with a Chinese font knows: Chinese characters are two columns wide.
  private static final Alphabet CHINESE = codePoint -> codePoint >= 0x2E80 ? 2
      : Alphabet.ASCII.columns(codePoint);

  @ParameterizedTest
  @EnumSource(Texts.Language.class)
  @Requirement({"PAY-22"})
  void noTwoReasonsReadAlike(Texts.Language language) {
    assertThat(Arrays.stream(DeclineReason.values()).map(reason -> Texts.phrase(reason).in(language)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void everyPhraseFitsTheSmallestDisplayInEnglishAndIsPlain(Phrase phrase) {
    assertThat(phrase.english()).hasSizeLessThanOrEqualTo(16).matches("[ -~]+");
    assertThat(phrase.in(Texts.Language.CHINESE)).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(Texts.Language.class)
  void noTwoCardsThatAreNotTakenReadAlike(Texts.Language language) {
    assertThat(Arrays.stream(CardRefusal.values())
        .map(why -> characters(language, new Screen.CardRefused(why)))).doesNotHaveDuplicates();
    assertThat(Arrays.stream(CardRefusal.values()).map(why -> Texts.phrase(why).in(language)))
        .doesNotHaveDuplicates();
  }

  @Test
  void aTerminalThatWaitsForItsConfirmationSaysSoWithTheCode() {
    var screen = new Screen.OutOfOrder("NOT_CONFIRMED");

    assertThat(pixels(Texts.Language.CHINESE, screen)).startsWith("等待确认        ", "NOT_CONFIRMED   ");
    assertThat(characters(Texts.Language.ENGLISH, screen)).containsExactly("AWAITING CONFIRM",
        "NOT_CONFIRMED   ");
  }

  @Test
  @Requirement({"UX-01"})
  void aCharacterDisplayOfAChineseTerminalSaysItInEnglishWithoutAQuestionMark() {
    for (DeclineReason reason : DeclineReason.values()) {
      assertThat(characters(Texts.Language.CHINESE, new Screen.Declined(reason)))
          .containsExactlyElementsOf(characters(Texts.Language.ENGLISH, new Screen.Declined(reason)))
          .noneMatch(line -> line.contains("?"));
    }
  }

  @Test
  void theLargestAmountsOfAnApprovalOfflineAreWholeOnSixteenColumns() {
    assertThat(characters(Texts.Language.ENGLISH, new Screen.Approved(100_000, 12_345_678_90L, true)))
        .containsExactly("APPROVED*1000.00", "BALA 12345678.90");
    assertThat(characters(Texts.Language.ENGLISH, new Screen.Approved(100_000_000, 0, true)))
        .containsExactly("APPRO*1000000.00", "BALANCE     0.00");
  }

  @Test
  void weightPriceAndTotalStandOnTheSmallestDisplay() {
    assertThat(characters(Texts.Language.ENGLISH, new Screen.Weighed("beef", 352, 6_800, 2_394)))
        .containsExactly("TOTAL      23.94", "68.00/kg 0.352kg");
    assertThat(characters(Texts.Language.CHINESE,
        new Screen.NotWeighed("牛肉", WeighedGoods.Problem.SCALE_OVERLOAD)))
        .containsExactly("TOO HEAVY       ", "SCALE_OVERLOAD  ");
    assertThat(pixels(Texts.Language.CHINESE, new Screen.NotWeighed("牛肉", WeighedGoods.Problem.SCALE_EMPTY)))
        .startsWith("请放上商品      ", "牛肉            ");
  }

  @Test
  void countsAndTimesAreRead() {
    assertThat(characters(Texts.Language.ENGLISH, new Screen.Counted(2, 3)))
        .containsExactly("COUNTED      2/3", "NOTHING TO PAY  ");
    assertThat(pixels(Texts.Language.CHINESE, new Screen.Approved(800, 4_200, true,
        List.of(new Screen.Detail.Stay(95 * 60_000))))).anyMatch(row -> row.equals("时长        1:35"));
  }

  @Test
  void whatIsHandedOutStandsOnTheSmallestDisplay() {
    var collected = new Screen.Approved(2_700, 7_300, false, List.of(new Screen.Detail.Dish("noodles", 2)));
    var foreign = new Screen.Approved(2_700, 7_300, false, List.of(new Screen.Detail.Dish("红烧肉", 2)));

    assertThat(characters(Texts.Language.ENGLISH, collected)).containsExactly("APPROVED   27.00",
        "noodles       x2");
    assertThat(characters(Texts.Language.ENGLISH, foreign)).containsExactly("APPROVED   27.00",
        "ORDER         x2");
    assertThat(pixels(Texts.Language.CHINESE, foreign)).contains("红烧肉        x2");
    assertThat(characters(Texts.Language.ENGLISH, new Screen.Collected("noodles", 2)))
        .containsExactly("MEAL COLLECTED  ", "noodles       x2");
  }

  @Test
  void bothPursesAndPointsStandBelowTheBalance() {
    var approved = new Screen.Approved(1_200, 7_800, false,
        List.of(new Screen.Detail.Purses(500, 0, 700, 7_800), new Screen.Detail.Points(30, 9)));

    assertThat(characters(Texts.Language.ENGLISH, approved)).containsExactly("APPROVED   12.00",
        "BALANCE    78.00");
    assertThat(new CellLayout(new DisplayGeometry(20, 4), Hd44780Glass.ROM, false)
        .lines(new Texts(Texts.Language.ENGLISH, "").text(approved))).containsExactly("APPROVED       12.00",
            "BALANCE        78.00", "SUBSIDY -5.00   0.00", "CASH -7.00     78.00");
    assertThat(new Texts(Texts.Language.CHINESE, "").text(approved).lines()).extracting(line -> line.words())
        .containsExactly("支付成功", "余额", "补贴 -5.00", "现金账户 -7.00", "积分");
  }

  @Test
  void whereProductsAreKeyedTheGlassAsksForANumber() {
    var texts = new Texts(Texts.Language.CHINESE, "", true);

    assertThat(texts.text(new Screen.Ready(true)).lines().get(1).words()).isEqualTo("请输入编号");
    assertThat(texts.text(new Screen.Typing("12", 0)).lines().getFirst().latin()).isEqualTo("NUMBER");
    assertThat(texts.text(new Screen.Rejected(Screen.Mistake.NO_AMOUNT)).lines().getFirst().latin())
        .isEqualTo("ENTER NUMBER");
  }

  @Test
  void aNameThatTheDisplayCannotSpellBecomesAGreeting() {
    var texts = new Texts(Texts.Language.CHINESE, "北校区食堂");

    assertThat(new CellLayout(DisplayGeometry.LCD_16X2, Hd44780Glass.ROM, false)
        .lines(texts.text(new Screen.Ready(true)))).containsExactly("WELCOME         ", "ENTER AMOUNT    ");
    assertThat(new CellLayout(DisplayGeometry.PIXELS_128X64, CHINESE, true)
        .lines(texts.text(new Screen.Ready(false)))).startsWith("北校区食堂      ", "请输入金额   OFF");
  }

  private static List<String> characters(Texts.Language language, Screen screen) {
    return new CellLayout(DisplayGeometry.LCD_16X2, Hd44780Glass.ROM, false)
        .lines(new Texts(language, "").text(screen));
  }

  private static List<String> pixels(Texts.Language language, Screen screen) {
    return new CellLayout(DisplayGeometry.PIXELS_128X64, CHINESE, true)
        .lines(new Texts(language, "").text(screen));
  }
}
