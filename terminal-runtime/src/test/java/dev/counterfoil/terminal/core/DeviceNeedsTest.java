package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceNeedsTest extends RiggedTerminal {

  @BeforeEach
  void aTerminalThatMaySellOffline() {
    offlineWith(5_000);
  }

  @Test
  void aDarkDisplayBesideLampsIsReportedAndSalesGoOn() {
    rig.happen(new Event.DeviceFailed("display", "DISPLAY_SILENT"));

    assertThat(rig.core.health()).isEqualTo("READY");
    assertThat(rig.buy(12, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    assertThat(rig.effects).contains(
        new Effect.Alert("DEVICE_FAILED", "device=display code=DISPLAY_SILENT sells=true"));
  }

  @Test
  void withoutReaderKeypadOrBoardNothingIsSold() {
    for (String device : new String[] {"reader", "keypad", "board"}) {
      rig.happen(new Event.DeviceFailed("display", "DISPLAY_SILENT"));
      rig.happen(new Event.DeviceFailed(device, "GONE"));
      assertThat(rig.core.health()).as(device).isEqualTo("GONE");
      rig.happen(new Event.DeviceWell(device));
      assertThat(rig.core.health()).isEqualTo("READY");
    }
  }

  @Test
  @Requirement({"PAY-27"})
  void aPrinterThatFailsStopsNothingAndNoReceiptIsAskedForBeforeTheRecordIsDurable() {
    rig.happen(new Event.DeviceFailed("printer", "PAPER_OUT"));

    assertThat(rig.core.health()).isEqualTo("READY");
    assertThat(rig.buy(12, CoreRig.CARD)).isInstanceOf(Screen.Approved.class);
    int approved = rig.effects
        .indexOf(rig.effects.stream().filter(effect -> effect instanceof Effect.Show(var screen)
            && screen instanceof Screen.Approved).findFirst().orElseThrow());
    assertThat(rig.effects.subList(approved, rig.effects.size())).filteredOn(Effect.Print.class::isInstance)
        .singleElement().isInstanceOfSatisfying(Effect.Print.class,
            print -> assertThat(print.record().is(RecordKind.SALE)).isTrue());
    assertThat(rig.effects.subList(0, approved)).noneMatch(Effect.Print.class::isInstance);
  }

  @Test
  void whereReceiptsAreADutyAPrinterThatFailsStopsSalesUntilItIsWell() {
    assertThat(new DeviceNeeds(true, true, true, false).needs("printer")).isTrue();
    assertThat(new DeviceNeeds(true, true, false, false).needs("printer")).isFalse();
  }

  @Test
  void whatIsNeededDependsOnHowATerminalSellsAndWhatItHas() {
    assertThat(new DeviceNeeds(false, true, false, false).needs("keypad")).isFalse();
    assertThat(new DeviceNeeds(true, true, false, false).needs("keypad")).isTrue();
    assertThat(new DeviceNeeds(true, false, false, false).needs("display")).as("no lamps to tell instead")
        .isTrue();
    assertThat(new DeviceNeeds(true, true, false, false).needs("something new")).isTrue();
  }

  @Test
  void aScaleIsNeededWhereGoodsAreWeighedAndNowhereElse() {
    assertThat(new DeviceNeeds(false, true, false, true).needs("scale")).isTrue();
    assertThat(new DeviceNeeds(false, true, false, false).needs("scale")).isFalse();
  }
}
