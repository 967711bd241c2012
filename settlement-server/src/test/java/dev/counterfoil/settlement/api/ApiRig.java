package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.admin.TestRecruitment;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.circuit.CircuitTerms;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.payment.GatewayLine;
import dev.counterfoil.settlement.payment.Gateways;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.operator.SessionToken;
import dev.counterfoil.settlement.secret.Argon2Cost;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.signin.SignInService;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.machine.SignedRequest;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.store.MachineRow;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The API at a real port over a real core and database, with operators who can sign in.
final class ApiRig implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";

  final TestServer server;
  ApiRoutes routes;
  final ServerMetrics metrics = new ServerMetrics();
  private final Path folder;
  private final CoreSettings settings;
  final Circuits circuits;
  final Gateways gateways;
  private final SplittableRandom random = new SplittableRandom(11);
  private final Recruitment recruitment = TestRecruitment.of(random);
  private final CoreAccess core;
  private WebServer web;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> tokens = new HashMap<>();
  private final Map<String, byte[]> secrets = new HashMap<>();
  private int keys;

  /// A request and what came back; held against docs/openapi.yaml before a test sees it.
  ///
  /// @param retryAfter the header, empty if there is none
  record Exchange(String method, String path, int status, JsonNode answer, String retryAfter) {}

  ApiRig(Path folder) throws Exception {
    this(folder, TestServer.SETTINGS, List.of());
  }

  /// @param lines gateways that collect recharges
  ApiRig(Path folder, CoreSettings settings, List<GatewayLine> lines) throws Exception {
    server = TestServer.at(folder, settings);
    this.folder = folder;
    this.settings = settings;
    core = new CoreAccess() {
      @Override
      public synchronized <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    };
    circuits = new Circuits(CircuitTerms.DEFAULT, this::now);
    gateways = new Gateways(lines, core, TestServer.SITE, circuits, this::now);
    routes = routes(recruitment);
    web = start();
  }

  private ApiRoutes routes(Recruitment with) {
    var signIn = new SignInService(core, with.passwords(), with.sealed(), SignInRules.DEFAULT, this::now,
        random);
    return new ApiRoutes(new ApiRoutes.Surroundings(core, server.store::openReader, signIn,
        uid -> TestServer.token(uid[uid.length - 1]), TestRecruitment.holders(random), settings,
        with,
        () -> EnrolmentCode.create(random, new byte[] {1}), Duration.ofMinutes(15), folder, gateways,
        circuits, this::now,
        Duration.ofMillis(300), metrics::refund, new ImportLimits(100_000, 2_000, 20, 100, 3, 10)));
  }

  private WebServer start() throws Exception {
    return WebServer.start(new WebServer.Place("127.0.0.1", 0, Optional.empty()),
        List.of(new GatewayCallbacks(gateways), routes));
  }

  /// As after a restart with a program that hashes passwords at a higher cost.
  void raiseCost() throws Exception {
    web.close();
    routes.close();
    routes = routes(new Recruitment(new PasswordHash(new Argon2Cost(16, 1, 1), new byte[0], random),
        recruitment.sealed(), random));
    web = start();
  }

  /// Gives somebody's authenticator program what it needs.
  void knows(String name, String totpUri) {
    secrets.put(name, secretOf(totpUri));
  }

  Instant now() {
    return Instant.ofEpochMilli(server.now);
  }

  int port() {
    return web.port();
  }

  /// A sale to the holder of a card, settled.
  TransactionId sold(int card, long balance, long amount) {
    server.holder(card, balance);
    TestTerminal till = server.terminal();
    TransactionId sale = server.transaction();
    JournalRecord record = till.cardSale(sale, TestServer.token(card), amount, true);
    server.push(till.push(record.seq()));
    return sale;
  }

  /// Takes an operator on and signs in; the one-time password is changed.
  String operator(String name, Role role) throws Exception {
    String temporary = recruit(name, role);
    String first = signIn(name, temporary);
    tokens.put(name, first);
    send("PUT", "/sessions/current/password", name,
        "{\"oldPassword\":\"" + temporary + "\",\"newPassword\":\"" + PASSWORD + "\"}");
    return name;
  }

  /// An operator of another site, signed in.
  void recruitAt(int site, String name, Role role) throws Exception {
    Recruitment.HandedOver made = recruitment.newcomer(site, name, role);
    var row = server.core.operators().add(made.newcomer(), "root", server.now);
    secrets.put(name, secretOf(made.totpUri()));
    signInAt(site, name, made.password());
    server.core.operators().changePassword(site, row.operator().number(), row.password(),
        SessionToken.parse(token(name).replaceFirst("^\\d+\\.", "")).orElseThrow().hash(), now());
  }

  /// @return the one-time password
  String recruit(String name, Role role) {
    Recruitment.HandedOver made = recruitment.newcomer(TestServer.SITE, name, role);
    server.core.operators().add(made.newcomer(), "root", server.now);
    secrets.put(name, secretOf(made.totpUri()));
    return made.password();
  }

  String signIn(String name, String password) throws Exception {
    return signInAt(TestServer.SITE, name, password);
  }

  /// As whoever has not signed in for longer than a password lives: the session begins with another one.
  void signInWithAnother(String name, String next) throws Exception {
    signIn(name, PASSWORD);
    send("PUT", "/sessions/current/password", name,
        "{\"oldPassword\":\"" + PASSWORD + "\",\"newPassword\":\"" + next + "\"}");
  }

  private String signInAt(int site, String name, String password) throws Exception {
    JsonNode first = send("POST", "/sessions", null,
        "{\"site\":" + site + ",\"name\":\"" + name + "\",\"password\":\"" + password + "\"}").answer();
    JsonNode second = send("POST", "/sessions/code", null,
        "{\"ticket\":\"" + first.path("data").path("ticket")
            .stringValue() + "\",\"code\":\"" + code(name) + "\"}")
        .answer();
    String token = second.path("data").path("token").stringValue();
    tokens.put(name, token);
    return token;
  }

  /// The next one-time code; the clock moves on, because each is good once.
  String code(String name) {
    server.now += 30_000;
    return TestCodes.at(Objects.requireNonNull(secrets.get(name)), now());
  }

  String token(String name) {
    return Objects.requireNonNull(tokens.get(name), name);
  }

  Exchange get(String path, String who) throws Exception {
    return send("GET", path, who, "");
  }

  /// A change under a key of its own.
  Exchange post(String path, String who, String body) throws Exception {
    keys++;
    return send("POST", path, who, body, "Idempotency-Key", "key-" + keys);
  }

  /// A request that a program signs.
  Exchange signed(Machine by, String method, String path, String body, String nonce, long seconds)
      throws Exception {
    var request = new SignedRequest(method, "/api/v1" + path, Long.toString(seconds), nonce,
        body.getBytes(StandardCharsets.UTF_8));
    return send(method, path, null, body, "Authorization", "Machine " + by.token(), "Counterfoil-Time",
        Long.toString(seconds), "Counterfoil-Nonce", nonce, "Counterfoil-Signature",
        HexFormat.of().formatHex(request.signature(HexFormat.of().parseHex(by.key()))), "Idempotency-Key",
        nonce);
  }

  record Machine(String token, String key) {}

  /// A program that is let in for a day.
  Machine machine(String name, Permission... scopes) {
    var made = new MachineIssue(recruitment.sealed(), random).issue(TestServer.SITE, name);
    server.core.machines().add(new MachineRow(TestServer.SITE, 0, name, List.of(scopes), made.hash(),
        made.stored(), server.now, server.now + 86_400_000, 0), "root");
    return new Machine(TestServer.SITE + "." + made.token(), made.key());
  }

  /// A request as bytes on the wire.
  ///
  /// @return the answer's first line
  String raw(String request) throws Exception {
    try (var socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return String.valueOf(in.readLine());
    }
  }

  Exchange send(String method, String path, @Nullable String who, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest
        .newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1" + path))
        .method(method, HttpRequest.BodyPublishers.ofString(body)).header("Accept-Language", "en");
    if (who != null) {
      request.header("Authorization", "Bearer " + token(who));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain")) {
      return new Exchange(method, path, response.statusCode(), Body.object().put("text", response.body()),
          "");
    }
    var exchange = new Exchange(method, path, response.statusCode(),
        Body.MAPPER.readTree(response.body()), response.headers().firstValue("Retry-After").orElse(""));
    assertThat(OpenApi.problems(method, path, response.statusCode(), response.body()))
        .as("%s %s: %s", method, path, response.body()).isEmpty();
    return exchange;
  }

  private static byte[] secretOf(String uri) {
    return TestCodes.base32(uri.replaceAll(".*[?&]secret=([A-Z2-7]+).*", "$1"));
  }

  @Override
  public void close() {
    client.close();
    web.close();
    routes.close();
    server.close();
  }
}
