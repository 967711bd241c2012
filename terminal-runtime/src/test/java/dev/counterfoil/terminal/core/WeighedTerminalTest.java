package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.device.Weight.State;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.weigh.WeighedGoods.Problem;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A scale, the core and the journal.
class WeighedTerminalTest extends RiggedTerminal {

  @BeforeEach
  void sellsBeef() {
    restartAs(2,
        SaleSettings.of(new SaleMode.Weighed(List.of(new SaleLine("11", "beef", 6_800, 1)), 20), "CNY"));
    offlineWith(10_000);
    rig.happen(new Event.OnScale(new ScaleEvent.ScaleRecovered()));
  }

  private void lies(long grams, State state) {
    rig.happen(new Event.OnScale(new ScaleEvent.Weighed(new Weight(grams, state), 0)));
  }

  @Test
  @Requirement({"PAY-11", "PAY-13"})
  void whatLiesThereIsSoldOnceWithGramsAndPriceOfAKilogram() {
    lies(352, State.STABLE);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Weighed("beef", 352, 6_800, 2_394));

    rig.card(CoreRig.CARD);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Approved(2_394, 7_606, true));
    var line = lastSale().getLines(0);
    assertThat(line.getWeightGrams()).isEqualTo(352);
    assertThat(line.getKilogramPriceMinor()).isEqualTo(6_800);
    assertThat(line.getUnitPriceMinor()).isEqualTo(2_394);
    rig.pass(10_000);
    lies(352, State.STABLE);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.NotWeighed("beef", Problem.SCALE_SOLD));
    lies(0, State.STABLE);
    lies(500, State.STABLE);
    rig.card(CoreRig.CARD);
    assertThat(rig.approved()).isEqualTo(2);
  }

  @Test
  void goodsThatAreTakenOffWhileTheCardIsLookedUpAreNotSold() {
    lies(352, State.STABLE);
    rig.holdJournal();
    rig.happen(new Event.Input(new SaleEvent.CardPresented(CoreRig.CARD)));
    lies(200, State.STABLE);
    rig.releaseJournal();

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.NotWeighed("beef", Problem.SCALE_CHANGED));
    assertThat(rig.approved()).isZero();
    assertThat(rig.effects).contains(new Effect.Note("attempt_refused", "reason=SCALE_CHANGED scale="));
  }

  @Test
  void aScaleThatFallsSilentOrFailsTakesThePriceOffTheGlass() {
    lies(352, State.STABLE);
    rig.pass(1_200);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.NotWeighed("beef", Problem.SCALE_STALE));

    lies(352, State.STABLE);
    var fault = new DeviceFault(FaultCode.SCALE_SILENT, "scale", "test");
    rig.happen(new Event.DeviceFailed("scale", "SCALE_SILENT"));
    rig.happen(new Event.OnScale(new ScaleEvent.ScaleFault(fault)));
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.OutOfOrder("SCALE_SILENT"));
    rig.card(CoreRig.CARD);
    assertThat(rig.approved()).isZero();
  }

  @Test
  void theTareIsSetByAKeyAndTheSameWeightIsNotShownAgainAndAgain() {
    rig.keys("*");
    assertThat(rig.effects).contains(new Effect.Tare());
    lies(352, State.STABLE);
    int shown = rig.screens.size();
    lies(352, State.STABLE);
    assertThat(rig.screens).hasSize(shown);
  }
}
