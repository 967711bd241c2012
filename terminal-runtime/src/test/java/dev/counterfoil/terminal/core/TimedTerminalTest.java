package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Uses that are counted or timed, through journal, restarts and a medium that fails.
class TimedTerminalTest extends RiggedTerminal {

  private static final long MINUTE = 60_000;
  private static final SaleSettings POOL = SaleSettings
      .of(new SaleMode.Timed(new SaleLine("p", "pool", 400, 1), 30 * MINUTE, 1_500), "CNY");
  private static final SaleSettings DOOR = SaleSettings
      .of(new SaleMode.Counted(new SaleLine("d", "door", 0, 1), 2), "CNY");

  private Use use() throws InvalidProtocolBufferException {
    return Use
        .parseFrom(rig.records().reversed().stream().filter(record -> record.is(RecordKind.USE)).findFirst()
            .orElseThrow().body());
  }

  @Test
  void aTimeThatBeganIsPaidAfterAPowerCut() throws InvalidProtocolBufferException {
    restartAs(2, POOL);
    offlineWith(5_000);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.TimeStarted(400));
    assertThat(use().getOf()).isEqualTo(UseOf.USE_OF_TIME_STARTED);
    assertThat(rig.effects).noneMatch(Effect.Print.class::isInstance);
    long begun = rig.records().getLast().seq();

    restartAs(3, POOL);
    rig.wallShift = 50 * MINUTE;
    rig.card(CoreRig.CARD);

    assertThat(rig.screens.getLast()).isInstanceOfSatisfying(Screen.Approved.class, approved -> {
      assertThat(approved.amountMinor()).isEqualTo(800);
      assertThat(approved.details()).hasOnlyElementsOfType(Screen.Detail.Stay.class);
    });
    assertThat(lastSale().getStay().getStartSeq()).isEqualTo(begun);
    assertThat(lastSale().getStay().getUnits()).isEqualTo(2);
    rig.pass(10_000);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).as("ended, so it begins anew").isEqualTo(new Screen.TimeStarted(400));
  }

  @Test
  void aRefusedPaymentLeavesTheTimeRunning() {
    restartAs(2, POOL);
    offlineWith(500);
    rig.card(CoreRig.CARD);
    rig.wallShift = 50 * MINUTE;
    rig.pass(10_000);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).isInstanceOf(Screen.Declined.class);

    offlineWith(5_000);
    rig.pass(10_000);
    rig.card(CoreRig.CARD);

    assertThat(lastSale().getAmountMinor()).isEqualTo(800);
  }

  @Test
  void whatIsFreeIsCountedOverRestartsAndNothingIsCharged() throws InvalidProtocolBufferException {
    restartAs(2, DOOR);
    offlineWith(0);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Counted(1, 2));

    restartAs(3, DOOR);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Counted(2, 2));
    assertThat(use().getCount()).isEqualTo(2);
    assertThat(use().getAccountId()).isEqualTo(CoreRig.ACCOUNT);
    rig.pass(10_000);
    rig.card(CoreRig.CARD);

    assertThat(rig.screens.getLast()).isInstanceOf(Screen.Declined.class);
    assertThat(rig.kinds()).doesNotContain(RecordKind.SALE);
    assertThat(rig.records().getLast().turnover()).isZero();
  }

  @Test
  void aUseWhoseCommitWasInDoubtIsShownOnceItIsKnownToStand() {
    restartAs(2, DOOR);
    offlineWith(0);
    rig.store.failNextAfterItIsDurable();
    rig.store.failNextReopens(1);
    rig.card(CoreRig.CARD);
    assertThat(rig.screens).doesNotContain(new Screen.Counted(1, 2));

    rig.pass(60_000);

    assertThat(List.copyOf(rig.screens)).contains(new Screen.Counted(1, 2));
    assertThat(rig.kinds()).containsOnlyOnce(RecordKind.USE);
  }
}
