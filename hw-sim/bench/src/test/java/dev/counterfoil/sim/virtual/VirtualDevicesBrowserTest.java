package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands beside a terminal on the page, under somebody's hands: the scale, the scanner, the printer.
@ExtendWith(TestBrowser.Shared.class)
class VirtualDevicesBrowserTest {

  private static final int PACE = 10;

  private TestBrowser browser;
  private VirtualPage shop;
  @SuppressWarnings("NullAway.Init") // opened by the look of each test
  private BrowserPage page;

  @BeforeEach
  void openTheShop(TestBrowser shared) throws IOException, ScenarioException {
    browser = shared;
    shop = VirtualPage.open(0, 1, List.of("terminal buffet mode=weighed", "terminal till"), PACE);
  }

  @AfterEach
  void closeTheShop() {
    page.close();
    shop.close();
  }

  private void look(int width, int height, String language, String terminal) {
    page = browser.page(width, height, language);
    page.open(shop.address());
    page.click("button[data-terminal=" + terminal + "]");
  }

  @ParameterizedTest
  @CsvSource({"1366, 768, en, tare", "1366, 768, zh-CN, 去皮", "390, 844, en, tare", "390, 844, zh-CN, 去皮"})
  void whatLiesOnTheScaleIsPaid(int width, int height, String language, String tare) {
    look(width, height, language, "buffet");
    page.glassShows("PUT IT ON SCALE");
    assertThat(page.text(".key[data-key='*'] small")).isEqualTo(tare);

    page.drag(".table [data-good=bowl]", ".stand");
    page.glassShows("TOTAL 13.93");
    page.click(".table [data-good=apple]");
    page.glassShows("TOTAL 18.71");
    assertThat(page.text(".readout")).isEqualTo("0.470 kg");
    page.lay("anna");
    page.glassShows("APPROVED 18.71");
    page.drag(".on-pan [data-good=bowl]", ".table");

    page.until("document.querySelector('.readout').textContent === '0.120 kg'");
    assertThat(page.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    if (width > height) {
      assertThat(page.number("document.documentElement.scrollHeight")).isEqualTo(height);
    }
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aHandOnThePanIsNoPriceUntilItIsGone() {
    look(1366, 768, "en", "buffet");
    page.glassShows("PUT IT ON SCALE");
    page.click(".table [data-good=melon]");
    page.glassShows("TOTAL 59.70");

    page.click(".lean");
    page.glassShows("WEIGHING");

    page.until("document.querySelector('.stand').dataset.restless === 'false'");
    page.glassShows("TOTAL 59.70");
    page.pressKeys("*");
    page.glassShows("PUT IT ON SCALE");
    assertThat(page.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1366, 768, en, A member’s code", "390, 844, zh-CN, 会员付款码"})
  void aCodeIsHeldInFrontOfTheScanner(int width, int height, String language, String member) {
    look(width, height, language, "till");
    page.glassShows("ENTER AMOUNT");
    page.pressKeys("5#");
    page.glassShows("TOTAL 5.00");

    page.click(".eye");
    assertThat(page.text(".sheet .choice")).isEqualTo(member);
    page.click(".sheet .choice:nth-of-type(1)");
    page.glassShows("NOT BY CODE");
    page.click(".eye");
    page.click(".sheet .choice:nth-of-type(2)");
    page.glassShows("SCAN AGAIN");
    page.click(".eye");
    page.write(".sheet input", "https://example.org/menu");
    page.press("Enter");

    page.glassShows("FOREIGN CODE");
    assertThat(page.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1366, 768, en, Out of paper, Cover open", "390, 844, zh-CN, 缺纸, 盖子已打开"})
  void whatThePrinterMissedComesOutWhenItIsAskedFor(int width, int height, String language, String out,
      String open) {
    look(width, height, language, "till");
    page.glassShows("ENTER AMOUNT");
    page.click(".roll");
    page.click(".sheet .choice:nth-of-type(1)");
    page.until("document.querySelector('#printer').dataset.paper === 'out'");
    assertThat(page.text(".printer-name")).isEqualTo(out);
    page.click("#printer-body");
    page.click(".sheet .choice:nth-of-type(2)");
    page.until("document.querySelector('.printer-name').textContent === '" + open + "'");

    page.pressKeys("4#");
    page.glassShows("TOTAL 4.00");
    page.lay("anna");
    page.glassShows("APPROVED 4.00");
    page.newestRecordIs("safe");
    assertThat(page.number("document.querySelectorAll('.print-line').length")).isZero();
    page.click("#printer-body");
    page.click(".sheet .choice:nth-of-type(1)");
    page.click("#printer-body");
    page.click(".sheet .choice:nth-of-type(2)");
    page.pressKeys("AB");

    page.until("document.querySelector('#printer canvas.qr')");
    assertThat(page.text("#printer")).contains("4.00");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aTerminalPutUpToSellOnlyWithReceiptsStopsWithoutPaper() {
    look(1366, 768, "en", "till");
    page.click("#add");
    page.choose("counted");
    page.choose("needed");
    page.click("dialog .main");
    page.glassShows("PRESENT CARD");

    page.click("#printer-body");
    page.click(".sheet .choice:nth-of-type(1)");
    page.glassShows("OUT OF ORDER 011; PAPER_OUT");
    page.click("#printer-body");
    page.click(".sheet .choice:nth-of-type(1)");

    page.glassShows("PRESENT CARD");
    page.lay("anna");
    page.glassShows("COUNTED 1/2; NOTHING TO PAY");
    assertThat(page.complaints()).isEmpty();
  }
}
