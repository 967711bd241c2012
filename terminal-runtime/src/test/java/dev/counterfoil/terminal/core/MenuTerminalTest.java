package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.terminal.receipt.Receipt;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts.Language;
import dev.counterfoil.trace.Requirement;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers of a menu, from the keys to record and receipt.
class MenuTerminalTest extends RiggedTerminal {

  @BeforeEach
  void sellsByNumber() {
    restartAs(2, SaleSettings.of(new SaleMode.Products(List.of(new SaleLine("7", "tea", 150, 1),
        new SaleLine("6901234567892", "rice", 250, 1))), "CNY"));
    offlineWith(10_000);
  }

  @Test
  @Requirement({"PAY-13", "PAY-27"})
  void aNumberOfThirteenDigitsWithCopiesStandsInRecordAndReceipt() {
    rig.keys("6901234567892*3#7#");
    rig.card(CoreRig.CARD);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Approved(900, 9_100, true));
    assertThat(lastSale().getLinesList()).extracting(LineItem::getProductCode, LineItem::getQuantity)
        .containsExactly(tuple("6901234567892", 3),
            tuple("7", 1));
    var slip = new Receipt("Canteen", "Canteen", Language.ENGLISH, ZoneOffset.UTC, 32, false, false)
        .of(rig.records().getLast(), false).orElseThrow();
    assertThat(slip.parts()).filteredOn(Slip.Text.class::isInstance)
        .extracting(part -> ((Slip.Text) part).words())
        .contains("rice 3 x 2.50               7.50", "tea                         1.50");
  }

  @Test
  void aNumberThatIsNotListedAddsNothing() {
    rig.keys("7#8#");

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Rejected(Screen.Mistake.UNKNOWN_PRODUCT));
    rig.card(CoreRig.CARD);
    assertThat(rig.approved()).isZero();
  }
}
