package dev.counterfoil.sim.virtual;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page of a virtual shop, on loopback alone, and what it asks for. Whoever can open the port may press every button:
/// it is a toy without money, so there is no sign-in, but other web pages in the same browser are kept out by the names of
/// host and origin.
///
/// Each request runs on a virtual thread; none touches the shop but through [ShopThread].
final class PageServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
  private static final String FOLDER = "/dev/counterfoil/sim/virtual/web";
  private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
      + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
      "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml", "png",
      "image/png");
  private static final int MOST_BODY = 4_096;
  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ShopThread shop;
  private final PageFeed feed;
  private final JsonMapper mapper;

  private PageServer(HttpServer http, ShopThread shop, PageFeed feed, JsonMapper mapper) {
    this.http = http;
    this.shop = shop;
    this.feed = feed;
    this.mapper = mapper;
  }

  /// @param port 0 for any
  /// @throws IOException if the port is taken
  static PageServer start(int port, ShopThread shop, PageFeed feed, JsonMapper mapper) throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    var server = new PageServer(http, shop, feed, mapper);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", CONTENT_POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      if (hosts().contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")))) {
        answerOrRefuse(exchange);
      } else {
        refuse(exchange, FORBIDDEN, "HOST", "this page is served to this computer alone");
      }
    }
  }

  private void answerOrRefuse(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (ScenarioException wrong) {
      refuse(exchange, BAD_REQUEST, wrong.code().name(), String.valueOf(wrong.getMessage()));
    } catch (IllegalStateException busy) {
      LOG.warn("event=request_failed", busy);
      refuse(exchange, UNAVAILABLE, "BUSY", String.valueOf(busy.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> hosts() {
    int port = http.getAddress().getPort();
    return Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  private void answer(HttpExchange exchange) throws IOException, ScenarioException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    boolean doing = path.equals("/api/do");
    if (!method.equals(doing ? "POST" : "GET")) {
      refuse(exchange, NOT_ALLOWED, "METHOD", method + " is not for " + path);
      return;
    }
    switch (path) {
      case "/api/do" -> perform(exchange);
      case "/api/state" -> json(exchange, OK, mapper.writeValueAsString(shop.call(PageView::state)));
      case "/api/events" -> events(exchange);
      case "/api/scenario" -> {
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"scenario.txt\"");
        String text = String.join("\n", shop.call(PageView::recorded)) + "\n";
        send(exchange, OK, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
      }
      default -> file(exchange, path.equals("/") ? "/index.html" : path);
    }
  }

  private void perform(HttpExchange exchange) throws IOException, ScenarioException, InterruptedException {
    var headers = exchange.getRequestHeaders();
    String origin = String.valueOf(headers.getFirst("Origin"));
    String type = String.valueOf(headers.getFirst("Content-Type"));
    if (!origin.equals("http://" + headers.getFirst("Host")) || !type.startsWith("application/json")) {
      refuse(exchange, FORBIDDEN, "ORIGIN", "only this page may do things here");
      return;
    }
    String line = line(exchange);
    if (line.isEmpty()) {
      refuse(exchange, BAD_REQUEST, "BODY", "{\"line\": \"…\"} of at most " + MOST_BODY + " bytes is wanted");
      return;
    }
    long at = shop.call(view -> {
      view.perform(line);
      return view.shop().atMillis();
    });
    json(exchange, OK, "{\"atMillis\":" + at + "}");
  }

  /// @return empty if there is none that can be read
  private String line(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
    try {
      JsonNode line = body.length > MOST_BODY ? null : mapper.readTree(body).get("line");
      return line == null || !line.isString() ? "" : line.stringValue();
    } catch (JacksonException _) {
      // The answer says what is wanted.
      return "";
    }
  }

  private void events(HttpExchange exchange) throws IOException, InterruptedException {
    long from = startOf(exchange);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(OK, 0);
    var out = exchange.getResponseBody();
    while (true) {
      var events = feed.after(from, KEEP_ALIVE_MILLIS);
      var text = new StringBuilder(events.isEmpty() ? ": nothing new\n\n" : "");
      for (var event : events) {
        if (event.number() < 0) {
          text.append("data: {\"type\":\"resync\"}\n\n");
          from = feed.last();
        } else {
          text.append("id: ").append(event.number()).append("\ndata: ").append(event.json()).append("\n\n");
          from = event.number();
        }
      }
      try {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException _) {
        // The page was closed.
        return;
      }
    }
  }

  private static long startOf(HttpExchange exchange) {
    String seen = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    String query = exchange.getRequestURI().getQuery();
    String word = seen != null ? seen
        : query != null && query.startsWith("after=") ? query.substring(6) : "0";
    return word.matches("[0-9]{1,18}") ? Long.parseLong(word) : 0;
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !path.matches("(/[a-z0-9-]+)+\\.[a-z]+")) {
      refuse(exchange, NOT_FOUND, "NOT_FOUND", "nothing is here");
      return;
    }
    try (InputStream file = PageServer.class.getResourceAsStream(FOLDER + path)) {
      if (file == null) {
        refuse(exchange, NOT_FOUND, "NOT_FOUND", "nothing is here");
      } else {
        send(exchange, OK, type, file.readAllBytes());
      }
    }
  }

  private void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("message", message);
    json(exchange, status, mapper.writeValueAsString(body));
  }

  private static void json(HttpExchange exchange, int status, String json) throws IOException {
    send(exchange, status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
