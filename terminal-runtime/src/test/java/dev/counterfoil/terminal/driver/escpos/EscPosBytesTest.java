package dev.counterfoil.terminal.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.device.Slip.Style;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes, beside the printer's reference.
class EscPosBytesTest {

  @Test
  void aSlipBeginsFromAKnownStateAndEndsWithACut() {
    assertThat(bytes(new Slip(List.of(new Slip.Feed(3)), false), true))
        .isEqualTo("1B40" + "1C26" + "1B6403" + "1D5601");
    assertThat(bytes(new Slip(List.of(), true), false)).isEqualTo("1B40" + "1C26" + "1B70003232");
  }

  @Test
  void chineseIsGb18030AndStylesAreSetOnlyWhereTheyChange() {
    var slip = new Slip(List.of(new Slip.Text("余额", Style.TITLE), new Slip.Text("A", Style.TITLE),
        new Slip.Text("b", Style.PLAIN)), false);

    assertThat(bytes(slip, false))
        .isEqualTo("1B40" + "1C26" + "1B6101" + "1B4501" + "1D2111" + "D3E0B6EE0A" + "410A"
            + "1B6100" + "1B4500" + "1D2100" + "620A");
  }

  @Test
  void aQrCodeIsModelledSizedStoredAndPrinted() {
    assertThat(bytes(new Slip(List.of(new Slip.QrCode("AB")), false), false))
        .isEqualTo("1B40" + "1C26" + "1B6101"
            + "1D286B0400314132" + "00" + "1D286B03003143" + "05" + "1D286B0300314531"
            + "1D286B0500315030" + "4142" + "1D286B0300315130" + "0A");
  }

  private static String bytes(Slip slip, boolean cuts) {
    return HexFormat.of().withUpperCase().formatHex(EscPosBytes.of(slip, cuts));
  }
}
