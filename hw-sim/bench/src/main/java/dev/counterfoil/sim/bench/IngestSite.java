package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.settlement.app.ServerConfigReader;
import dev.counterfoil.settlement.app.SettlementServer;
import dev.counterfoil.sim.demo.OperatorDesk;
import dev.counterfoil.sim.load.LoadEnrolment;
import dev.counterfoil.sim.load.LoadFleet;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// The real server in this JVM, with accounts, cards and enrolled terminals.
final class IngestSite implements AutoCloseable {

  /// The dearest recharge that a server takes, and enough of them for every round.
  private static final String OPENING = "10000.00";
  static final int OPENINGS = 3;
  private static final long POLL_MILLIS = 20;

  private final Path data;
  private final RandomGenerator random;
  private final SettlementServer server;
  private final OperatorDesk desk;
  private final HttpClient http = HttpClient.newHttpClient();

  IngestSite(Path folder, RandomGenerator random) throws IOException {
    this(folder, random, "");
  }

  /// @param more settings
  IngestSite(Path folder, RandomGenerator random, String more) throws IOException {
    this.random = random;
    this.data = folder.resolve("data");
    Path file = folder.resolve("server.toml");
    Files.writeString(file, """
        data = "%s"
        link.address = "127.0.0.1"
        link.port = 0
        http.port = 0
        safe.path = "%s"
        safe.allow-same-device = true
        enrolment.confirm = false
        enrolment.attempts-per-minute = 1000
        purchase.hours = "00:00-24:00"
        allowance.count = 1000000
        allowance.amount-minor = 1000000000
        allowance.per-card-minor = 1000000000
        allowance.per-card-day-minor = 1000000000
        """.formatted(data, folder.resolve("safe")) + more);
    server = new SettlementServer(ServerConfigReader.read(file));
    desk = new OperatorDesk(data);
  }

  Path database() {
    return data.resolve("counterfoil.db");
  }

  /// Opens accounts with a card and money each.
  List<Payer> open(int accounts) {
    var payers = new ArrayList<Payer>();
    for (int i = 0; i < accounts; i++) {
      String account = String
          .valueOf(desk.one("account", "open", "--holder", "payer-" + i).getValue("account"));
      for (int n = 0; n < OPENINGS; n++) {
        desk.run("recharge", account, OPENING, "--key", "opening-" + i + "-" + n);
      }
      JsonObject card = desk.one("card", "issue",
          String.format("04%012X", random.nextLong() & 0xffff_ffff_ffffL),
          "--account", account);
      payers.add(new Payer(HexFormat.of().parseHex(card.getString("token")), Long.parseLong(account)));
    }
    return payers;
  }

  /// What an operator asks of the running server.
  OperatorDesk desk() {
    return desk;
  }

  /// Of the HTTP port.
  String url() {
    return "http://127.0.0.1:" + server.http().port();
  }

  InetSocketAddress link() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.link().port());
  }

  /// Enrols one terminal.
  LoadEnrolment.Member member(String name) throws IOException, GeneralSecurityException, LinkViolation {
    String code = desk.one("code", "create", "--name", name).getString("code");
    return new LoadEnrolment(link(), new SecureRandom()).enrol(code, "board-" + name);
  }

  /// Enrols terminals; they are not connected yet.
  LoadFleet fleet(int terminals, int threads) throws IOException, GeneralSecurityException, LinkViolation {
    var fleet = new LoadFleet(link(), threads, random);
    for (int i = 0; i < terminals; i++) {
      LoadEnrolment.Member member = member("load-" + i);
      fleet.add(member.identity(), member.tls());
    }
    return fleet;
  }

  /// Waits until every single signature was checked.
  void awaitVerified() throws IOException, InterruptedException {
    await("counterfoil_verification_lag_records");
  }

  /// Waits until everything is in the copy.
  void awaitSafe() throws IOException, InterruptedException {
    await("counterfoil_safe_lag_records");
  }

  private void await(String gauge) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (metric(gauge) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(gauge + " does not become 0");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private double metric(String name) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url() + "/metrics"))
        .build();
    String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return text.lines().filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
