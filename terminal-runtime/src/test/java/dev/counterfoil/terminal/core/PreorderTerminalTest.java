package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ordered meals through snapshot, journal, restarts and voids.
class PreorderTerminalTest extends RiggedTerminal {

  /// The rig's clock stands at 2026-09-21, in the second period.
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 21);
  private static final SaleSettings COUNTER = SaleSettings.of(new SaleMode.Preorder(), "CNY")
      .with(new MealPlan(List.of(new MealPeriod("", 0, 60, List.of(), 0, 0, 0),
          new MealPeriod("", 60, 1_440, List.of(), 0, 0, 0)), 0));
  private static final Screen COLLECTED = new Screen.Declined(DeclineReason.ORDER_COLLECTED);

  private void told(long from, long asOf, long total, boolean collected) {
    told(from, CoreRig.account(CoreRig.CARD, 5_000).toBuilder().setAsOfSeq(asOf)
        .addOrders(new MealOrder(9, TODAY, 2, 2, total, "noodles", collected).message()).build());
  }

  private void told(long from, AccountEntry entry) {
    rig.connectBoth();
    rig.snapshot(from, from + 3, false, entry, CoreRig.account(OPERATOR, 0).toBuilder().setAccountId(43)
        .setOperatorCard(true).build());
    rig.cut();
  }

  private void tap() {
    rig.pass(10_000);
    rig.card(CoreRig.CARD);
  }

  private void takeBack() {
    rig.pass(10_000);
    rig.keys("A");
    rig.card(OPERATOR);
  }

  @Test
  void anOrderIsCollectedOnceAlsoOverAPowerCut() {
    restartAs(2, COUNTER);
    told(0, 0, 1_350, false);

    tap();

    assertThat(rig.screens.getLast())
        .isEqualTo(new Screen.Approved(1_350, 3_650, true, List.of(new Screen.Detail.Dish("noodles", 2))));
    assertThat(lastSale().getOrderId()).isEqualTo(9);
    assertThat(lastSale().getMealPeriod()).isEqualTo(2);
    assertThat(lastSale().getLines(0).getProductName()).isEqualTo("noodles");
    tap();
    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);

    restartAs(3, COUNTER);
    tap();

    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);
    assertThat(count(RecordKind.SALE)).isEqualTo(1);
  }

  @Test
  void aFreeOneIsARecordWithoutAnAmountAndHasAReceipt() throws InvalidProtocolBufferException {
    restartAs(2, COUNTER);
    told(0, 0, 0, false);

    tap();

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Collected("noodles", 2));
    var use = Use.parseFrom(rig.records().getLast().body());
    assertThat(use.getOf()).isEqualTo(UseOf.USE_OF_ORDER);
    assertThat(use.getOrderId()).isEqualTo(9);
    assertThat(use.getLines(0).getProductName()).isEqualTo("noodles");
    assertThat(use.getLines(0).getQuantity()).isEqualTo(2);
    assertThat(rig.effects).anyMatch(Effect.Print.class::isInstance);
    tap();
    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);
  }

  @Test
  void aVoidMakesItCollectableAgain() {
    restartAs(2, COUNTER);
    told(0, 0, 1_350, false);
    tap();

    takeBack();
    assertThat(count(RecordKind.VOID)).isEqualTo(1);
    tap();

    assertThat(count(RecordKind.SALE)).isEqualTo(2);
    tap();
    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);
    restartAs(3, COUNTER);
    tap();
    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);
  }

  @Test
  void whoMayNotHaveSeenThatHeCollectedIsToldSoOnceMore() {
    restartAs(2, COUNTER);
    told(0, 0, 1_350, false);
    tap();

    restartAs(3, COUNTER);
    tap();
    assertThat(rig.screens.getLast()).isInstanceOf(Screen.AlreadyPaid.class);
    tap();

    assertThat(rig.screens.getLast()).isEqualTo(COLLECTED);
  }

  @Test
  void whatTheServerKnowsLaterCountsMore() {
    restartAs(2, COUNTER);
    told(0, 0, 1_350, true);
    tap();
    assertThat(rig.screens.getLast()).as("collected elsewhere").isEqualTo(COLLECTED);

    told(3, 0, 1_350, false);
    tap();
    assertThat(count(RecordKind.SALE)).isEqualTo(1);
    told(6, rig.records().getLast().seq(), 1_350, false);
    tap();

    assertThat(count(RecordKind.SALE)).as("reopened by the server, which knows our record").isEqualTo(2);
  }

  @Test
  void whatNobodyToldIsNotInvented() {
    restartAs(2, COUNTER);
    offlineWith(5_000);

    tap();

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Declined(DeclineReason.ORDER_NONE));
    assertThat(count(RecordKind.SALE)).isZero();
  }

  @Test
  void whatCannotBeAnOrderStopsNothing() {
    restartAs(2, COUNTER);
    told(0, CoreRig.account(CoreRig.CARD, 5_000).toBuilder()
        .addOrders(new MealOrder(8, TODAY, 2, 1, 100, "soup", false).message().toBuilder().setDay(7))
        .addOrders(new MealOrder(9, TODAY, 2, 1, 100, "soup", false).message()).build());

    tap();

    assertThat(lastSale().getOrderId()).isEqualTo(9);
  }
}
