package dev.counterfoil.sim.virtual;

import static dev.counterfoil.sim.virtual.BrowserPage.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of the virtual terminals in a real browser, with the real cores behind it.
@ExtendWith(TestBrowser.Shared.class)
class VirtualPageBrowserTest {

  private static final String PICTURE = System.getProperty("counterfoil.picture", "");
  /// Records become safe within ten seconds of the shop's time, and nobody but a painter wants to wait for that.
  private static final int PACE = PICTURE.isEmpty() ? 10 : 1;

  private static HttpClient client;

  private TestBrowser browser;
  private VirtualPage shop;
  @SuppressWarnings("NullAway.Init") // opened by the look of each test
  private BrowserPage page;

  @BeforeAll
  static void startTheClient() {
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void endTheClient() {
    client.close();
  }

  @BeforeEach
  void openTheShop(TestBrowser shared) throws IOException, ScenarioException {
    browser = shared;
    shop = VirtualPage.open(0, 1, List.of("terminal till-1 mode=keyed"), PACE);
  }

  @AfterEach
  void closeTheShop() {
    page.close();
    shop.close();
  }

  private void look() {
    look(1366, 768, "en");
  }

  private void look(int width, int height, String language) {
    page = browser.page(width, height, language);
    page.open(shop.address());
    page.glassShows("ENTER AMOUNT");
  }

  private String network(String position) {
    return "label:has(input[value=" + position + "])";
  }

  @ParameterizedTest
  @CsvSource({"1366, 768, en, safe, Journal", "1366, 768, zh-CN, 已备份, 流水", "390, 844, en, safe, Journal",
      "390, 844, zh-CN, 已备份, 流水"})
  void aSaleIsSeenFromTheKeysToTheSafeCopy(int width, int height, String language, String safe,
      String journal) {
    look(width, height, language);

    page.pressKeys("5*50#");
    page.glassShows("5.50");
    page.lay("anna");

    page.glassShows("APPROVED 5.50; BALANCE 44.50");
    page.until("document.querySelector('.stub .record-kind').textContent === 'SALE'");
    page.newestRecordIs("safe");
    assertThat(page.text(".stub .state")).isEqualTo(safe);
    assertThat(page.text("#journal h2")).isEqualToIgnoringCase(journal);
    page.until("document.querySelector('#printer canvas.qr').width > 60");
    assertThat(page.text("#printer")).contains("5.50");
    page.until("document.querySelector('#reader .balance').textContent === '44.50'");
    assertThat(page.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    if (width > height) {
      assertThat(page.number("document.documentElement.scrollHeight")).isEqualTo(height);
    }
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void withoutANetworkARecordStaysHereUntilTheLeverIsBack() {
    look();
    page.click(network("down"));

    page.pressKeys("3#");
    page.glassShows("TOTAL 3.00");
    page.lay("bo");
    page.glassShows("APPROVED* 3.00");
    page.newestRecordIs("here only");
    takePicture();
    page.click(network("up"));

    page.newestRecordIs("safe");
    assertThat(page.complaints()).isEmpty();
  }

  /// For the README, when somebody wants one.
  private void takePicture() {
    if (!PICTURE.isEmpty()) {
      page.picture(Path.of(PICTURE));
    }
  }

  @Test
  void aPowerCutAfterTheCommitLosesNothing() {
    look();
    page.click("#kill");
    page.click(".sheet .choice:nth-of-type(5)");

    page.pressKeys("4#");
    page.glassShows("TOTAL 4.00");
    page.lay("anna");
    page.click("#tab-log");
    page.until("document.querySelector('#rows').innerText.includes('power off')");
    page.until("document.querySelector('.stub .record-kind').textContent === 'TIME_ANCHOR'");

    page.newestRecordIs("safe");
    page.until(
        "[...document.querySelectorAll('.stub')].filter((stub) => stub.innerText.includes('SALE')).length === 1");
    page.until("document.querySelector('#reader .balance').textContent === '46.00'");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() {
    look();
    for (String key : List.of("7", ".", "2", "5", "Enter")) {
      page.press(key);
    }
    page.glassShows("TOTAL 7.25");

    page.evaluate("document.querySelector('#tray button.face[data-card=anna]').focus()");
    page.press("Enter");
    page.glassShows("APPROVED 7.25");
    page.evaluate("document.querySelector('#reader button.face').focus()");
    page.press("Enter");

    page.until("document.querySelector('#tray button.face[data-card=anna]') === document.activeElement");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aReloadShowsTheSameAndTheRecordingHasIt() {
    look();
    page.pressKeys("2#");
    page.glassShows("TOTAL 2.00");
    page.lay("anna");
    page.lay("bo");
    page.click("#tab-scenario");
    page.until("document.querySelector('#rows').textContent.includes('till-1 present anna bo')");
    page.evaluate("window.old = true");

    page.open(shop.address());
    page.until("!window.old && document.querySelectorAll('#reader .face').length === 2");

    page.click("#tab-scenario");
    page.until("document.querySelector('#rows').textContent.includes('till-1 present anna bo')");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void whatIsNotDoneIsSaidWithItsCode() {
    look();
    page.click(".place:first-child .more");
    page.evaluate("document.querySelector('.sheet input').value = '<img/src=x/onerror=alert(1)>'");
    page.click(".sheet .go");

    page.until("document.querySelector('.message code').textContent === 'SCENARIO_WORD'");
    assertThat(page.text(".message")).contains("<img/src=x/onerror=alert(1)>");
    assertThat(page.number("document.querySelectorAll('.message img').length")).isZero();
    // The browser itself notes every answer of 400.
    assertThat(page.complaints()).allMatch(complaint -> complaint.contains("status of 400"));
  }

  @Test
  void markupInANameStaysText() throws IOException, InterruptedException {
    String markup = "<img src=x onerror=alert(1)>";
    look();
    page.pressKeys("1#");
    page.lay("anna");
    page.until("document.querySelector('.stub .record-kind').textContent === 'SALE'");
    page.newestRecordIs("safe");
    page.until("document.querySelector('#printer canvas.qr')");
    URI address = shop.address().resolve("/api/state");
    String state = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    // The names of people and terminals, what is on glass and paper, what wires carry.
    String marked = state
        .replaceAll(
            "\"(id|name|kind|technology|text|uid|channel|wire|level|content|health)\":\"(?!line|qr|cut|lcd)(?:[^\"\\\\]|\\\\.)*\"",
            "\"$1\":\"" + markup + "\"")
        .replaceAll("\"reader\":\\[[^]]*]", "\"reader\":[\"" + markup + "\"]")
        // Newer than everything that happens meanwhile, so that no true name comes behind.
        .replaceFirst("\"version\":[0-9]+", "\"version\":999999999");

    page.answerInstead(address, marked);
    page.open(shop.address());

    page.until("document.querySelector('.plate').textContent === " + quoted(markup));
    page.until("document.querySelector('#reader .holder').textContent === " + quoted(markup));
    page.until("document.querySelector('.record-text').textContent === " + quoted(markup));
    page.until("document.querySelector('.print-line').textContent === " + quoted(markup));
    for (String list : List.of("bus", "link", "log")) {
      page.click("#tab-" + list);
      page.until("document.querySelector('.row-text').textContent === " + quoted(markup));
    }
    assertThat(page.number("document.querySelectorAll('img:not([alt])').length")).isZero();
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aShopThatComesBackIsFollowedAgain() throws IOException, ScenarioException {
    look();
    int port = shop.address().getPort();
    shop.close();
    page.until("!document.querySelector('#connection').hidden");

    shop = VirtualPage.open(port, 1, List.of("terminal till-2 mode=keyed"), PACE);

    page.until("document.querySelector('#connection').hidden");
    page.until("document.querySelector('.plate').textContent === 'till-2'");
    page.pressKeys("6");
    page.glassShows("6_");
  }
}
