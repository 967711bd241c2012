package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.meal.ClassPrice;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the server says of a card's class and its holder's discount, through the core into the record.
class CardTermsTest extends RiggedTerminal {

  private static final SaleSettings LUNCH = SaleSettings
      .of(new SaleMode.Fixed(new SaleLine("9", "lunch", 1_000, 1)), "CNY")
      .with(new MealPlan(List.of(), 100, List.of(new ClassPrice(2, List.of(799L)))));

  @Test
  @Requirement({"PAY-11"})
  void classAndDiscountOfTheSnapshotMakeThePriceAndStandInTheRecord() {
    restartAs(2, LUNCH);
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, 5_000).toBuilder().setCardClass(2)
        .setDiscountPermille(250).build());
    rig.cut();

    rig.card(CoreRig.CARD);

    // 7.99 x 0.9 x 0.75 = 5.39325
    assertThat(rig.screens.getLast()).isEqualTo(
        new Screen.Approved(539, 4_461, true, List.of(new Screen.Detail.Before(799))));
    var sale = lastSale();
    assertThat(sale.getOriginalMinor()).isEqualTo(799);
    assertThat(sale.getDiscountMinor()).isEqualTo(260);
    assertThat(sale.getAmountMinor()).isEqualTo(539);
    assertThat(sale.getCardClass()).isEqualTo(2);
    assertThat(sale.getPersonalDiscountPermille()).isEqualTo(250);
  }

  @Test
  void termsThatCannotBeAreThoseOfEverybody() {
    restartAs(2, LUNCH);
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, 5_000).toBuilder().setCardClass(100)
        .setDiscountPermille(1_000).build());
    rig.cut();

    rig.card(CoreRig.CARD);

    assertThat(lastSale().getAmountMinor()).isEqualTo(900);
    assertThat(lastSale().getCardClass()).isEqualTo(1);
  }
}
