package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.device.Weight.State;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.weigh.WeighedGoods.Problem;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Beef for 68.00 and rice for 12.00 a kilogram.
class WeighedSaleTest {

  private static final SaleLine BEEF = new SaleLine("11", "beef", 6_800, 1);
  private static final SaleLine RICE = new SaleLine("12", "rice", 1_200, 1);

  private static SaleRig rig(SaleLine... goods) {
    return new SaleRig(new SaleMode.Weighed(List.of(goods), 20));
  }

  private static List<SaleEffect> lies(SaleRig rig, long grams, State state) {
    rig.scale = rig.scale.after(new ScaleEvent.Weighed(new Weight(grams, state), rig.now));
    rig.weightAtTap = rig.scale.weight();
    return rig.on(new SaleEvent.WeightChanged());
  }

  @Test
  @Requirement({"PAY-11", "PAY-13"})
  void goodsAreChosenWeighedShownAndSoldWithWeightAndPrice() {
    var rig = rig(BEEF, RICE);
    rig.keys("11#");
    assertThat(lies(rig, 0, State.STABLE)).contains(not("beef", Problem.SCALE_EMPTY));
    assertThat(lies(rig, 340, State.MOVING)).contains(not("beef", Problem.SCALE_UNSTABLE));
    assertThat(lies(rig, 352, State.STABLE))
        .contains(new SaleEffect.Show(new Screen.Weighed("beef", 352, 6_800, 2_394)));

    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    assertThat(rig.all(SaleEffect.Authorize.class).getLast().amountMinor()).isEqualTo(2_394);
    var basket = rig.all(SaleEffect.RecordSale.class).getLast().basket();
    assertThat(basket.amountMinor()).isEqualTo(2_394);
    assertThat(basket.lines()).containsExactly(new SaleLine("11", "beef", 2_394, 1, 352, 6_800));
    rig.durable();
    rig.after(2_600);
    assertThat(rig.state).isEqualTo(SaleState.Entering.NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"352,MOVING,SCALE_UNSTABLE", "16000,OVERLOADED,SCALE_OVERLOAD", "-4,NEGATIVE,SCALE_NEGATIVE",
      "0,STABLE,SCALE_EMPTY", "19,STABLE,SCALE_TOO_LIGHT"})
  void nothingIsSoldFromAWeightThatDoesNotLieStillOrIsOutOfRange(long grams, State state, Problem problem) {
    var rig = rig(BEEF);
    lies(rig, grams, state);

    var effects = rig.tap(SaleRig.CARD);

    assertThat(effects).contains(not("beef", problem), new SaleEffect.LogUnweighed(problem));
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(rig.all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  void aWeightThatIsAnotherThanAtTheTapOrTooOldSellsNothing() {
    var rig = rig(BEEF);
    lies(rig, 352, State.STABLE);
    rig.weightAtTap = new Weight(350, State.STABLE);
    assertThat(rig.tap(SaleRig.CARD)).contains(not("beef", Problem.SCALE_CHANGED));

    lies(rig, 352, State.STABLE);
    rig.now += 1_001;
    assertThat(rig.tap(SaleRig.CARD)).contains(not("beef", Problem.SCALE_STALE));
    assertThat(rig.all(SaleEffect.Authorize.class)).isEmpty();
  }

  @Test
  void discountsAreTakenOffWhatLiesThere() {
    var rig = new SaleRig(SaleSettings.of(new SaleMode.Weighed(List.of(BEEF), 20), "CNY")
        .with(new MealPlan(List.of(), 100)));
    rig.terms.put(SaleRig.CARD, new CardTerms(1, 250));
    assertThat(lies(rig, 352, State.STABLE))
        .contains(new SaleEffect.Show(new Screen.Weighed("beef", 352, 6_800, 2_155)));

    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);

    var basket = rig.all(SaleEffect.RecordSale.class).getLast().basket();
    assertThat(basket.originalMinor()).isEqualTo(2_394);
    assertThat(basket.amountMinor()).isEqualTo(1_616);
  }

  @Test
  void whereOneKindIsSoldItIsAlwaysWeighedAndAHesitatingCardPaysOnce() {
    var rig = rig(BEEF);
    lies(rig, 352, State.STABLE);
    rig.tap(SaleRig.CARD);
    rig.serverApproves(5);
    rig.durable();

    rig.after(2_600);
    rig.tap(SaleRig.CARD);

    assertThat(rig.all(SaleEffect.Authorize.class)).hasSize(1);
    rig.after(6_000);
    assertThat(rig.state).isInstanceOf(SaleState.Weighing.class);
  }

  @Test
  void aCodeThatCannotBeAskedForLeavesNoPriceBehind() {
    var rig = rig(BEEF);
    rig.online = false;
    lies(rig, 352, State.STABLE);

    rig.on(new SaleEvent.CodePresented(PaymentCode.of(new byte[12], new byte[32])));

    assertThat(rig.all(SaleEffect.Show.class).getLast())
        .isEqualTo(new SaleEffect.Show(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED)));
    assertThat(rig.state).isInstanceOf(SaleState.Weighing.class);
  }

  @Test
  void aStarSetsTheTareAndUnknownGoodsAreRefused() {
    var rig = rig(BEEF, RICE);

    assertThat(rig.keys("*")).containsExactly(new SaleEffect.Tare());
    assertThat(rig.keys("99#"))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.UNKNOWN_PRODUCT)));
    rig.keys("D12#");
    assertThat(rig.keys("*")).containsExactly(new SaleEffect.Tare());
    assertThat(rig.state).isInstanceOf(SaleState.Weighing.class);
    assertThat(rig.after(60_000)).contains(new SaleEffect.Show(new Screen.Ready(true)));
  }

  private static SaleEffect not(String name, Problem problem) {
    return new SaleEffect.Show(new Screen.NotWeighed(name, problem));
  }
}
