package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// One page of [Chromium] as somebody in front of it uses it: looks, clicks where a thing really is, types. Everything the
/// browser complains about is kept: exceptions, errors and warnings of the console, what the content policy stopped, boxes.
final class BrowserPage implements AutoCloseable {

  private static final long CONDITION_MILLIS = 15_000;
  private static final String USER_AGENT = "Mozilla/5.0 (X11; Linux) Counterfoil tests";

  private final Chromium browser;
  private final String session;
  private final String context;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  BrowserPage(Chromium browser, String session, String context) {
    this.browser = browser;
    this.session = session;
    this.context = context;
  }

  void prepare() throws IOException, InterruptedException {
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
    call("Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    call("Page.addScriptToEvaluateOnNewDocument", Map.of("source",
        "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));"
            + "addEventListener('error', (event) => console.error('error: ' + event.message));"));
  }

  /// @param language as a browser sends it, such as `zh-CN`
  BrowserPage seenAs(int width, int height, String language) throws IOException, InterruptedException {
    call("Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call("Emulation.setUserAgentOverride", Map.of("userAgent", USER_AGENT, "acceptLanguage", language));
    return this;
  }

  void open(URI address) throws IOException, InterruptedException {
    call("Page.navigate", Map.of("url", address.toString()));
  }

  /// The next answer of this address is this instead.
  void answerInstead(URI address, String json) throws IOException, InterruptedException {
    call("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", address.toString()))));
    instead = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private String instead = "";

  private JsonNode call(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
    return browser.call(session, method, parameters);
  }

  /// The value of an expression, a promise's once it has one.
  JsonNode evaluate(String expression) throws IOException, InterruptedException {
    JsonNode answer = call("Runtime.evaluate",
        Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
    assertThat(answer.has("exceptionDetails")).as("%s: %s", expression, answer).isFalse();
    JsonNode value = answer.get("result").get("value");
    return value == null ? answer.get("result") : value;
  }

  /// Waits until a condition holds, looking at every picture that the page draws.
  void until(String condition) throws IOException, InterruptedException {
    JsonNode held = evaluate("""
        new Promise((resolve) => {
          const end = performance.now() + %d;
          const look = () => {
            let holds = false;
            try { holds = Boolean(%s); } catch { holds = false; }
            if (holds || performance.now() > end) { resolve(holds); } else { requestAnimationFrame(look); }
          };
          look();
        })""".formatted(CONDITION_MILLIS, condition));
    String seen = held.booleanValue() ? ""
        : text(".window") + "\n" + text("#journal") + "\n" + text("#messages");
    assertThat(held.booleanValue()).as("%s%n%s%n%s", condition, complaints, seen).isTrue();
  }

  String text(String selector) throws IOException, InterruptedException {
    return evaluate("document.querySelector(%s).innerText".formatted(quoted(selector))).stringValue();
  }

  /// Clicks the middle of an element, once it is there and nothing lies over it.
  void click(String selector) throws IOException, InterruptedException {
    String element = "document.querySelector(" + quoted(selector) + ")";
    until("""
        (() => {
          const element = %s;
          element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          const box = element.getBoundingClientRect();
          const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 30);
          window.clickAt = { x, y };
          return element.contains(document.elementFromPoint(x, y));
        })()""".formatted(element));
    JsonNode at = evaluate("window.clickAt");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call("Input.dispatchMouseEvent", Map.of("type", type, "x", at.get("x").doubleValue(), "y",
          at.get("y").doubleValue(), "button", "left", "clickCount", 1));
    }
  }

  /// Presses a key of the keyboard.
  ///
  /// @param key as a page hears of it: one character, or a name such as `Enter`
  void press(String key) throws IOException, InterruptedException {
    String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
    call("Input.dispatchKeyEvent",
        Map.of("type", text.isEmpty() ? "rawKeyDown" : "keyDown", "key", key, "text", text));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  void picture(Path file) throws IOException, InterruptedException {
    String png = call("Page.captureScreenshot", Map.of("format", "png")).get("data").stringValue();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void told(String method, JsonNode event) {
    switch (method) {
      case "Runtime.exceptionThrown" -> complaints.add(event.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" ->
        complain(event.get("type").stringValue(), event.get("args").toString());
      case "Log.entryAdded" ->
        complain(event.get("entry").get("level").stringValue(), event.get("entry").toString());
      case "Page.javascriptDialogOpening" -> complaints.add(event.toString());
      case "Fetch.requestPaused" ->
        Thread.ofVirtual().start(() -> answer(event.get("requestId").stringValue()));
      default -> {
        // Loading, drawing: nothing to complain about.
      }
    }
  }

  private void complain(String level, String what) {
    if (level.equals("error") || level.equals("warning")) {
      complaints.add(what);
    }
  }

  private void answer(String request) {
    try {
      call("Fetch.fulfillRequest", Map.of("requestId", request, "responseCode", 200, "body", instead));
    } catch (IOException e) {
      complaints.add(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    browser.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
  }
}
