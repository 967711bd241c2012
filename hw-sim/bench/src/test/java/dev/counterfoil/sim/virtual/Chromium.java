package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium of the tests' own, spoken to by the DevTools protocol over one web socket. Calls may come from any
/// thread; each waits at most [#PATIENCE_SECONDS]. What pages tell without being asked arrives on the socket's thread.
final class Chromium implements AutoCloseable {

  static final long PATIENCE_SECONDS = 20;
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String LISTENING = "DevTools listening on ";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

  /// What a page tells by itself.
  interface Listener {
    void told(String method, JsonNode parameters);
  }

  private Chromium(Process process, URI address, HttpClient client) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Incoming()).join();
  }

  /// With CI set a missing browser is a failure, because the test command installs what the tests need.
  ///
  /// @param folder an empty one for its profile
  static Chromium start(Path folder, HttpClient client) throws IOException {
    boolean installed = Files.isExecutable(PROGRAM);
    if (System.getenv("CI") == null) {
      assumeTrue(installed, "chromium is not installed: apt-get install chromium");
    }
    assertThat(installed).as("chromium is installed").isTrue();
    // It looks for updates and the like at once, which a machine without a way out answers slowly.
    var command = List.of(PROGRAM.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    return new Chromium(process, address(process.inputReader(StandardCharsets.UTF_8)), client);
  }

  private static URI address(BufferedReader printed) throws IOException {
    var lines = new StringBuilder();
    for (String line = printed.readLine(); line != null; line = printed.readLine()) {
      if (line.startsWith(LISTENING)) {
        // Nobody may leave it waiting for its output to be read.
        Thread.ofVirtual().start(() -> printed.lines().forEach(_ -> {
        }));
        return URI.create(line.substring(LISTENING.length()));
      }
      lines.append(line).append('\n');
    }
    throw new IOException("chromium ended: " + lines);
  }

  /// Asks the browser, or with a session one of its pages, and waits for the answer.
  JsonNode call(String session, String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    int number = numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(number, answer);
    var message = JSON.createObjectNode().put("id", number).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      send(JSON.writeValueAsString(message));
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " " + parameters, e);
    }
  }

  // A web socket takes the next text only after it has sent the one before.
  private synchronized void send(String text)
      throws ExecutionException, InterruptedException, TimeoutException {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// A new page with cookies and storage of its own.
  BrowserPage page() throws IOException, InterruptedException {
    String context = call("", "Target.createBrowserContext", Map.of()).get("browserContextId").stringValue();
    String target = call("", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
        .get("targetId").stringValue();
    String session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
        .get("sessionId").stringValue();
    var page = new BrowserPage(this, session, context);
    listeners.put(session, page::told);
    page.prepare();
    return page;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    call("", "Browser.close", Map.of());
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    socket.abort();
  }

  private void take(JsonNode message) {
    JsonNode number = message.get("id");
    if (number == null) {
      JsonNode session = message.get("sessionId");
      Listener listener = session == null ? null : listeners.get(session.stringValue());
      if (listener != null) {
        listener.told(message.get("method").stringValue(), message.get("params"));
      }
      return;
    }
    CompletableFuture<JsonNode> answer = waiting.remove(number.intValue());
    if (answer != null && message.has("error")) {
      answer.completeExceptionally(new IOException(message.get("error").toString()));
    } else if (answer != null) {
      answer.complete(message.get("result"));
    }
  }

  private final class Incoming implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        take(message);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
