package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.sale.Screen;
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
  void whatIsNeededDependsOnHowATerminalSellsAndWhatItHas() {
    assertThat(new DeviceNeeds(false, true).needs("keypad")).isFalse();
    assertThat(new DeviceNeeds(true, true).needs("keypad")).isTrue();
    assertThat(new DeviceNeeds(true, false).needs("display")).as("no lamps to tell instead").isTrue();
    assertThat(new DeviceNeeds(true, true).needs("something new")).isTrue();
  }
}
