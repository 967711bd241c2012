package dev.counterfoil.terminal.weigh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.device.Weight.State;
import dev.counterfoil.terminal.weigh.WeighedGoods.Answer;
import dev.counterfoil.terminal.weigh.WeighedGoods.Problem;
import org.junit.jupiter.api.Test;

class WeighedGoodsTest {

  private static final long CENTS = 2_380;

  @Test
  void onlyAStillFreshWeightInRangeHasAPrice() {
    assertThat(weighed(350, State.STABLE).price(CENTS, 1_000)).isEqualTo(new Answer.Priced(350, 833));
    assertThat(weighed(350, State.MOVING).price(CENTS, 1_000)).isEqualTo(no(Problem.SCALE_UNSTABLE));
    assertThat(weighed(350, State.OVERLOADED).price(CENTS, 1_000)).isEqualTo(no(Problem.SCALE_OVERLOAD));
    assertThat(weighed(-5, State.NEGATIVE).price(CENTS, 1_000)).isEqualTo(no(Problem.SCALE_NEGATIVE));
    assertThat(weighed(0, State.STABLE).price(CENTS, 1_000)).isEqualTo(no(Problem.SCALE_EMPTY));
    assertThat(weighed(350, State.STABLE).price(CENTS, 2_000)).isEqualTo(new Answer.Priced(350, 833));
    assertThat(weighed(350, State.STABLE).price(CENTS, 2_001)).isEqualTo(no(Problem.SCALE_STALE));
  }

  @Test
  void aBrokenScaleHasNoPriceAndNeitherHasWhatItSaidBefore() {
    var fault = new DeviceFault(FaultCode.SCALE_SILENT, "scale", "test");
    var broken = weighed(350, State.STABLE).after(new ScaleEvent.ScaleFault(fault));

    assertThat(broken.fault()).isEqualTo("SCALE_SILENT");
    assertThat(broken.price(CENTS, 1_001)).isEqualTo(no(Problem.SCALE_MISSING));
    assertThat(broken.after(new ScaleEvent.ScaleRecovered()).price(CENTS, 1_002))
        .isEqualTo(no(Problem.SCALE_STALE));
    assertThat(WeighedGoods.NOTHING.price(CENTS, 0)).isEqualTo(no(Problem.SCALE_MISSING));
  }

  @Test
  void pricesAreRoundedHalfUpToTheFen() {
    assertThat(weighed(1, State.STABLE).price(499, 1_000)).isEqualTo(new Answer.Priced(1, 0));
    assertThat(weighed(1, State.STABLE).price(500, 1_000)).isEqualTo(new Answer.Priced(1, 1));
    assertThat(weighed(1_000, State.STABLE).price(999, 1_000)).isEqualTo(new Answer.Priced(1_000, 999));
  }

  @Test
  void whatIsTooLightOrWorthNothingIsNotSold() {
    assertThat(weighed(19, State.STABLE).priceOf(CENTS, 20, 1_000)).isEqualTo(no(Problem.SCALE_TOO_LIGHT));
    assertThat(weighed(20, State.STABLE).priceOf(CENTS, 20, 1_000)).isEqualTo(new Answer.Priced(20, 48));
    assertThat(weighed(1, State.STABLE).priceOf(499, 1, 1_000)).isEqualTo(no(Problem.SCALE_TOO_LIGHT));
    assertThat(weighed(350, State.MOVING).priceOf(CENTS, 20, 1_000)).isEqualTo(no(Problem.SCALE_UNSTABLE));
  }

  @Test
  void whatIsSoldIsNotSoldAgainBeforeTheScaleWasEmpty() {
    var sold = weighed(350, State.STABLE).afterSale();
    assertThat(sold.priceOf(CENTS, 20, 1_000)).isEqualTo(no(Problem.SCALE_SOLD));

    var shaken = then(then(sold, 350, State.MOVING), 352, State.STABLE);
    assertThat(shaken.priceOf(CENTS, 20, 1_000)).isEqualTo(no(Problem.SCALE_SOLD));

    assertThat(then(then(shaken, 0, State.STABLE), 352, State.STABLE).priceOf(CENTS, 20, 1_000))
        .isEqualTo(new Answer.Priced(352, 838));
    assertThat(then(then(shaken, -5, State.NEGATIVE), 352, State.STABLE).sold()).isFalse();
  }

  private static WeighedGoods then(WeighedGoods before, long grams, State state) {
    return before.after(new ScaleEvent.Weighed(new Weight(grams, state), 1_000));
  }

  private static WeighedGoods weighed(long grams, State state) {
    return WeighedGoods.NOTHING.after(new ScaleEvent.Weighed(new Weight(grams, state), 1_000));
  }

  private static Answer no(Problem problem) {
    return new Answer.NoPrice(problem);
  }
}
