package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.layout.Alphabet;
import dev.counterfoil.terminal.layout.CellLayout;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What keys do beyond a plain amount: sums, corrections, menu numbers, balances.
class CounterKeysTest {

  private static final SaleLine NOODLES = new SaleLine("6901234567890", "Noodles", 450, 1);
  private static final SaleLine RICE = new SaleLine("12", "Rice", 200, 1);

  private static SaleRig menu() {
    return new SaleRig(new SaleMode.Products(List.of(NOODLES, RICE)));
  }

  private static Basket armed(SaleRig rig) {
    assertThat(rig.state).isInstanceOf(SaleState.Armed.class);
    return ((SaleState.Armed) rig.state).basket();
  }

  @ParameterizedTest
  @CsvSource({"8+3*5#,1150", "8+3C1#,1200", "8+#,800", "8#+3#,1100", "+8#,800", "8+9D3#,1100", "88<#,800",
      "8+3<4#,1200", "12*5<6#,1260", "8<<9#,900"})
  void amountsAreAddedAndCorrected(String keys, long amountMinor) {
    var rig = SaleRig.keyed();

    rig.keys(keys);

    assertThat(armed(rig).amountMinor()).isEqualTo(amountMinor);
  }

  @Test
  void theSumSoFarStandsOnTheGlassAndMayNotPassTheLimit() {
    var rig = SaleRig.keyed();

    assertThat(rig.keys("600+")).contains(new SaleEffect.Show(new Screen.Typing("", 60_000)));
    assertThat(rig.keys("400*01+"))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.AMOUNT_TOO_HIGH)));
    rig.keys("D400#");

    assertThat(armed(rig).amountMinor()).as("what was summed before stays").isEqualTo(100_000);
  }

  @Test
  void whereCPaysInCashItDoesNotAdd() {
    var rig = new SaleRig(new SaleSettings(new SaleMode.Keyed(), "CNY", 100_000, 800, 2_500, 60_000, 5_000,
        true, true, MealPlan.NONE));

    rig.keys("8C");

    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement()
        .satisfies(sale -> assertThat(sale.charge()).isEmpty());
  }

  @Test
  void aMenuNumberHasUpToThirteenDigitsAndCopies() {
    var rig = menu();

    rig.keys("12*3#6901234567890#");

    assertThat(armed(rig).lines()).containsExactly(RICE.times(3), NOODLES);
    assertThat(armed(rig).amountMinor()).isEqualTo(3 * 200 + 450);
  }

  @ParameterizedTest
  @CsvSource({"12*#,BAD_QUANTITY", "12*0#,BAD_QUANTITY", "13#,UNKNOWN_PRODUCT", "12*9999#,AMOUNT_TOO_HIGH"})
  void copiesAreCountedFromOneAndWithinTheLimit(String keys, Screen.Mistake mistake) {
    var rig = menu();

    assertThat(rig.keys(keys)).contains(new SaleEffect.Show(new Screen.Rejected(mistake)));
  }

  @Test
  void theLastDishIsTakenBackAndHalfANumberDoesNotLoseTheOrder() {
    var rig = menu();
    rig.keys("12#12*2#");

    rig.keys("69D");
    assertThat(armed(rig).lines()).as("only what was half typed is gone").containsExactly(RICE,
        RICE.times(2));
    rig.keys("<");
    assertThat(armed(rig).lines()).containsExactly(RICE);
    rig.keys("<");
    assertThat(rig.state).isEqualTo(SaleState.Entering.NOTHING);
  }

  @Test
  void aCardIsToldItsBalanceAndNothingIsRecorded() {
    var rig = SaleRig.keyed();
    assertThat(rig.keys("B")).contains(new SaleEffect.Show(new Screen.BalanceCard()));

    assertThat(rig.tap(SaleRig.CARD))
        .containsExactly(new SaleEffect.Show(new Screen.Balance(SaleRig.BALANCE, false)));
    rig.after(SaleSettings.DEFAULT_RESULT_MILLIS);

    assertThat(rig.state).isEqualTo(SaleState.Entering.NOTHING);
    assertThat(rig.effects).noneMatch(effect -> effect instanceof SaleEffect.RecordSale
        || effect instanceof SaleEffect.RecordDecline || effect instanceof SaleEffect.Authorize);
  }

  @Test
  void aBalanceIsNotToldToALostOrUnknownCardAndTheQuestionEndsByItself() {
    var rig = SaleRig.fixed(800);
    rig.denied.add(SaleRig.CARD);
    rig.keys("B");
    assertThat(rig.tap(SaleRig.CARD)).contains(
        new SaleEffect.Show(new Screen.Declined(DeclineReason.CARD_LOST)),
        new SaleEffect.Indicate(Signal.LOST_CARD));
    rig.keys("B");
    assertThat(rig.tap(SaleRig.OTHER_CARD))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.UNKNOWN_CARD)));
    rig.keys("B");
    rig.after(SaleSettings.DEFAULT_ARMED_MILLIS);

    assertThat(rig.state).as("the fixed price waits again").isInstanceOf(SaleState.Armed.class);
  }

  @ParameterizedTest
  @CsvSource({"CARD_INVALID,001", "ACCOUNT_INVALID,002", "PERMISSION_DENIED,003", "LIMIT_DAY_COUNT,004",
      "LIMIT_PER_PERIOD,005", "OUTSIDE_HOURS,006", "INSUFFICIENT_BALANCE,007", "CARD_LOST,008",
      "LIMIT_PER_TRANSACTION,010", "CLOCK_UNKNOWN,011", "PAYMENT_FAILED,013", "PASSWORD_WRONG,023"})
  @Requirement({"PAY-22"})
  void aRefusalHasTheNumberThatCashiersKnow(DeclineReason reason, String number) {
    for (Texts.Language language : Texts.Language.values()) {
      var lines = small(language, new Screen.Declined(reason));
      assertThat(lines.getFirst()).endsWith("ERR " + number);
    }
  }

  @ParameterizedTest
  @CsvSource({"NO_AMOUNT,009", "AMOUNT_TOO_HIGH,010", "UNKNOWN_CARD,001"})
  void soHasWhatWasKeyedWrongly(Screen.Mistake mistake, String number) {
    assertThat(small(Texts.Language.ENGLISH, new Screen.Rejected(mistake))).last().asString()
        .startsWith("ERR " + number);
  }

  @ParameterizedTest
  @CsvSource({"JOURNAL_FULL,012", "DISK_FULL,012", "NOT_ENROLLED,011"})
  void aFullStoreIsNumberTwelve(String refusal, String number) {
    assertThat(small(Texts.Language.ENGLISH, new Screen.OutOfOrder(refusal))).extracting(String::strip)
        .containsExactly("OUT OF ORDER " + number, refusal);
  }

  private static List<String> small(Texts.Language language, Screen screen) {
    return new CellLayout(new DisplayGeometry(16, 2), Alphabet.ASCII, false)
        .lines(new Texts(language, "").text(screen));
  }
}
