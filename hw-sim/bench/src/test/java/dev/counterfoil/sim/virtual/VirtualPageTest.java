package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.layout.PlainFont;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page's server as a page sees it, and as somebody who is none.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VirtualPageTest {

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client = HttpClient.newHttpClient();
  private VirtualPage page;

  @BeforeEach
  void open() throws Exception {
    page = VirtualPage.open(0, 11, List.of("terminal 1"));
  }

  @AfterEach
  void close() {
    page.close();
    client.close();
  }

  @Test
  void whatIsDoneOnThePageIsRecordedAndReplaysToTheSame() throws Exception {
    await(state -> terminal(state).get("online").asBoolean());
    perform("1 keys 12*5#");
    await(state -> terminal(state).get("display").toString().contains("PRESENT CARD"));
    perform("1 present  anna ");
    JsonNode state = await(now -> terminal(now).get("display").toString().contains("APPROVED   12.50"));
    assertThat(terminal(state).get("reader").toString()).isEqualTo("[\"anna\"]");
    assertThat(terminal(state).get("paper").toString()).contains("CNY 12.50").contains("\"kind\":\"qr\"");
    assertThat(terminal(state).get("bus").toString()).contains("InListPassiveTarget");
    assertThat(terminal(state).get("link").toString()).contains("AUTHORIZE 12.50")
        .contains("DECISION APPROVED");
    await(now -> now.get("cards").get(0).get("balanceMinor").asLong() == 3_750);
    perform("1 kill now");
    await(now -> terminal(now).get("power").asString().equals("off"));
    await(now -> terminal(now).get("health").asString().equals("READY"));

    List<String> recorded = get("/api/scenario").body().lines().toList();

    long endMillis = lastTime(recorded);
    var lines = new ArrayList<>(recorded);
    lines.add(Recording.time(endMillis) + " end");
    var replayed = ScenarioRun.of(lines, PlainFont.INSTANCE).lines();
    // What was seen in the very millisecond of the last look may not all have been there yet.
    int sure = recorded.size()
        - (int) recorded.stream().filter(line -> line.contains(Recording.time(endMillis))).count();
    assertThat(replayed.subList(0, sure)).isEqualTo(recorded.subList(0, sure));
    assertThat(recorded).contains("scenario 1", "seed 11").anyMatch(line -> line.endsWith(" 1 present anna"));
  }

  private static long lastTime(List<String> lines) {
    String[] words = lines.getLast().split(" ");
    String[] time = words[words[0].equals("=") ? 1 : 0].split("\\.");
    return Long.parseLong(time[0]) * 1_000 + Long.parseLong(time[1]);
  }

  @Test
  void aPageThatLooksOnHearsWhatChangesAndOneThatFellBehindReadsAnew() throws Exception {
    long version = state().get("version").asLong();
    perform("1 key 7");

    try (var events = events("?after=" + version)) {
      assertThat(next(events, " 1 key 7")).contains("\"type\":\"scenario\"");
      assertThat(next(events, "7_")).contains("\"type\":");
    }
    try (var events = events("?after=999999999")) {
      assertThat(next(events, "resync")).isEqualTo("data: {\"type\":\"resync\"}");
    }
  }

  @Test
  void aLineThatMeansNothingIsAnsweredWithItsCodeAndNotRecorded() throws Exception {
    var answer = post("/api/do", "{\"line\":\"1 present zoe\"}", origin());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json.readTree(answer.body()).get("code").asString()).isEqualTo("SCENARIO_CARD");
    assertThat(get("/api/scenario").body()).doesNotContain("zoe");
    for (String body : List.of("", "[]", "{\"line\":7}", "{\"lines\":\"1 key 5\"}", "{", "{\"line\":\"\"}",
        "{\"line\":\"" + "5".repeat(5_000) + "\"}")) {
      var refused = post("/api/do", body, origin());
      assertThat(refused.statusCode()).as(body).isEqualTo(400);
      assertThat(json.readTree(refused.body()).get("code").asString()).isIn("BODY", "SCENARIO_LINE");
    }
  }

  @Test
  void otherPagesAndOtherNamesAreKeptOut() throws Exception {
    String line = "{\"line\":\"1 key 5\"}";

    assertThat(post("/api/do", line, "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(client.send(request("/api/do").POST(BodyPublishers.ofString(line))
        .header("Content-Type", "application/json").build(), BodyHandlers.ofString()).statusCode())
        .as("no origin")
        .isEqualTo(403);
    assertThat(client.send(request("/api/do").POST(BodyPublishers.ofString(line)).header("Origin", origin())
        .header("Content-Type", "text/plain").build(), BodyHandlers.ofString()).statusCode())
        .as("as a form sends it")
        .isEqualTo(403);
    assertThat(statusWithHost("evil.example")).startsWith("HTTP/1.1 403");
    assertThat(statusWithHost("127.0.0.1:" + page.address().getPort())).startsWith("HTTP/1.1 200");
    assertThat(get("/api/do").statusCode()).isEqualTo(405);
    assertThat(get("/api/scenario").body()).doesNotContain("key 5");
  }

  @Test
  void onlyThePagesOwnFilesAreServed() throws Exception {
    for (String path : List.of("/../app/SimCommand.class", "/%2e%2e/x.html", "/web", "/api", "/nothing.html",
        "/index.HTML", "/a/../index.html")) {
      var answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Security-Policy")).as(path).isPresent();
    }
  }

  // --- a page's hands ---

  private String origin() {
    return "http://127.0.0.1:" + page.address().getPort();
  }

  private void perform(String line) throws Exception {
    var answer = post("/api/do", "{\"line\":\"" + line + "\"}", origin());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> post(String path, String body, String origin) throws Exception {
    return client.send(request(path).POST(BodyPublishers.ofString(body)).header("Origin", origin)
        .header("Content-Type", "application/json").build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(20));
  }

  private JsonNode state() throws Exception {
    return json.readTree(get("/api/state").body());
  }

  private static JsonNode terminal(JsonNode state) {
    return state.get("terminals").get(0);
  }

  /// Looks again at each event until it is so.
  private JsonNode await(Predicate<JsonNode> wanted) throws Exception {
    JsonNode now = state();
    try (var events = events("?after=" + now.get("version").asLong())) {
      while (!wanted.test(now)) {
        next(events, "data:");
        now = state();
      }
    }
    return now;
  }

  private BufferedReader events(String query) throws Exception {
    var stream = client.send(request("/api/events" + query).build(), BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader events, String part) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.contains(part)) {
        return line;
      }
    }
    throw new IOException("the stream ended");
  }

  private String statusWithHost(String host) throws IOException {
    try (var socket = new Socket("127.0.0.1", page.address().getPort())) {
      socket.getOutputStream()
          .write(("GET /api/state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
