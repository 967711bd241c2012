package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One page as somebody in front of it uses it: looks, clicks where a thing really is, types. Everything the browser
/// complains about is kept: exceptions, errors and warnings of the console, what the content policy stopped, boxes.
final class BrowserPage implements AutoCloseable {

  private static final long CONDITION_MILLIS = 15_000;
  /// Runs before the page's own. What a glass shows for a moment only is kept too: a busy machine looks late.
  private static final String LISTEN = """
      addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));
      addEventListener('error', (event) => console.error('error: ' + event.message));
      window.glassSeen = [];
      new MutationObserver(() => {
        const text = document.querySelector('.window .unseen')?.textContent;
        if (text !== undefined && text !== window.glassSeen.at(-1)) { window.glassSeen.push(text); }
      }).observe(document, { subtree: true, childList: true, characterData: true });
      """;

  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private BrowserPage(Page page) {
    this.page = page;
  }

  /// @param language as a browser sends it, such as `zh-CN`
  static BrowserPage in(Browser browser, int width, int height, String language) {
    var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height)
        .setLocale(language).setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(CONDITION_MILLIS);
    context.addInitScript(LISTEN);
    var opened = new BrowserPage(context.newPage());
    opened.listen();
    return opened;
  }

  private void listen() {
    page.onPageError(complaints::add);
    page.onConsoleMessage(this::told);
    page.onDialog(box -> {
      complaints.add(box.message());
      box.dismiss();
    });
  }

  private void told(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.text());
    }
  }

  void open(URI address) {
    page.navigate(address.toString());
  }

  /// Answers of this address are this instead.
  void answerInstead(URI address, String json) {
    page.route(address.toString(),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setBody(json)));
  }

  /// The value of an expression, a promise's once it has one.
  Object evaluate(String expression) {
    return page.evaluate(expression);
  }

  int number(String expression) {
    return ((Number) page.evaluate(expression)).intValue();
  }

  /// Waits until a condition holds, looking at every picture that the page draws.
  ///
  /// Not by Playwright's own way, which evaluates text in the page and so falls foul of its content policy.
  void until(String condition) {
    Object held = page.evaluate("""
        new Promise((resolve) => {
          const end = performance.now() + %d;
          const look = () => {
            let holds = false;
            try { holds = Boolean(%s); } catch { holds = false; }
            if (holds || performance.now() > end) { resolve(holds); } else { requestAnimationFrame(look); }
          };
          look();
        })""".formatted(CONDITION_MILLIS, condition));
    if (!Boolean.TRUE.equals(held)) {
      String seen = text(".window") + "\n" + text("#journal") + "\n" + text("#messages");
      assertThat(held).as("%s%n%s%n%s", condition, complaints, seen).isEqualTo(true);
    }
  }

  Locator at(String selector) {
    return page.locator(selector).first();
  }

  String text(String selector) {
    return at(selector).innerText();
  }

  /// Clicks an element once it is there, keeps still and nothing lies over it.
  void click(String selector) {
    at(selector).click();
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  /// Chooses from the list whose choices have this one.
  void choose(String value) {
    at("select:has(option[value=" + value + "])").selectOption(value);
  }

  /// Writes into a field instead of what stands there.
  void write(String selector, String text) {
    at(selector).fill(text);
  }

  /// Carries one thing onto another with the pointer.
  void drag(String from, String to) {
    at(from).dragTo(at(to));
  }

  void picture(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  // --- a terminal on it ---

  /// Waits until the glass shows this, or did after what was waited for last.
  void glassShows(String text) {
    until("window.glassSeen.some((seen) => seen.includes(" + quoted(text) + "))");
    evaluate("window.glassSeen.splice(0, window.glassSeen.findIndex((seen) => seen.includes(" + quoted(text)
        + ")))");
  }

  void pressKeys(String keys) {
    for (String key : keys.split("")) {
      click(".key[data-key=" + quoted(key) + "]");
    }
  }

  void lay(String card) {
    click("#tray button.face[data-card=" + card + "]");
  }

  void newestRecordIs(String state) {
    until("document.querySelector('.stub[data-seq]').dataset.state === " + quoted(state));
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public void close() {
    page.context().close();
  }
}
