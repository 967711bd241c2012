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

  private static WeighedGoods weighed(long grams, State state) {
    return WeighedGoods.NOTHING.after(new ScaleEvent.Weighed(new Weight(grams, state), 1_000));
  }

  private static Answer no(Problem problem) {
    return new Answer.NoPrice(problem);
  }
}
