package dev.counterfoil.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.settlement.admin.AdminLine;
import dev.counterfoil.settlement.app.ServerConfigReader;
import dev.counterfoil.settlement.app.SettlementServer;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server from its configuration file, an operator who signs in, and a gateway on loopback: a recharge from the
/// order to the receipt.
class GatewayServerTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir
  Path folder;
  private GatewaySimulator simulator;
  private SettlementServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private String token = "";
  private int keys;

  @BeforeEach
  void start() throws Exception {
    SimulatorKeys made = SimulatorKeys.generate();
    made.write(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/v3"), SimulatorKeys.API_V3_KEY + "\n");
    simulator = GatewaySimulator.start(0, made, InstantSource.system());
    int port = freePort();
    Path file = folder.resolve("server.toml");
    Files.writeString(file, """
        data = "%1$s/data"
        link.address = "127.0.0.1"
        link.port = 0
        http.port = %2$d
        [gateway.wechat]
        address = "%3$s"
        merchant-id = "%4$s"
        app-id = "%5$s"
        serial = "%6$s"
        key = "%1$s/keys/merchant-key.pem"
        platform-keys = "%7$s=%1$s/keys/platform-public-key.pem"
        api-v3-key = "%1$s/keys/v3"
        notify-url = "http://127.0.0.1:%2$d/gateways/wechat/callback"
        """.formatted(folder, port, simulator.wechatAddress(), SimulatorKeys.MERCHANT_ID,
        SimulatorKeys.APP_ID, SimulatorKeys.MERCHANT_SERIAL, SimulatorKeys.PLATFORM_SERIAL));
    server = new SettlementServer(ServerConfigReader.read(file));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    simulator.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private AdminAnswer admin(String... arguments) {
    return AdminLine.run(folder.resolve("data"), List.of(arguments), _ -> {
      throw new AssertionError("the server runs");
    });
  }

  private String send(String method, String path, String body) throws Exception {
    keys++;
    HttpRequest request = HttpRequest
        .newBuilder(URI.create("http://127.0.0.1:" + server.http().port() + path))
        .method(method, HttpRequest.BodyPublishers.ofString(body)).header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", "k" + keys).header("Accept-Language", "en").build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return found.group(1);
  }

  private void signIn() throws Exception {
    String added = admin("operator", "add", "li.wei", "--role", "CASHIER", "--json").text();
    String temporary = field(added, "password");
    String secret = added.replaceAll("(?s).*[?&]secret=([A-Z2-7]+).*", "$1");
    String ticket = field(send("POST", "/api/v1/sessions",
        "{\"site\":1,\"name\":\"li.wei\",\"password\":\"" + temporary + "\"}"), "ticket");
    token = field(send("POST", "/api/v1/sessions/code",
        "{\"ticket\":\"" + ticket + "\",\"code\":\"" + code(secret) + "\"}"), "token");
    send("PUT", "/api/v1/sessions/current/password",
        "{\"oldPassword\":\"" + temporary + "\",\"newPassword\":\"" + PASSWORD + "\"}");
  }

  /// RFC 6238.
  private static String code(String base32) throws GeneralSecurityException {
    var bits = new StringBuilder();
    base32.chars().forEach(c -> bits.append(String.format(Locale.ROOT, "%5s",
        Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c))).replace(' ', '0')));
    byte[] secret = new byte[bits.length() / 8];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret, "HmacSHA1"));
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(Instant.now().getEpochSecond() / 30).array());
    int at = hash[hash.length - 1] & 0xf;
    return String.format(Locale.ROOT, "%06d",
        (ByteBuffer.wrap(hash).getInt(at) & Integer.MAX_VALUE) % 1_000_000);
  }

  @Test
  @Requirement({"RCH-01", "RCH-07", "RCH-12", "PAY-25", "INT-06"})
  void aRechargeGoesFromTheOrderToTheReceipt() throws Exception {
    signIn();
    String account = field(send("POST", "/api/v1/accounts", "{\"ownerName\":\"chen\"}"), "accountId");

    String ordered = send("POST", "/api/v1/accounts/" + account + "/recharge",
        "{\"amount\":\"50.00\",\"method\":\"WECHAT\"}");
    assertThat(field(ordered, "payUrl")).startsWith("weixin://");
    String order = field(ordered, "transactionId");
    simulator.pay(order);

    assertThat(simulator.callbackAnswers()).containsExactly(200);
    assertThat(field(send("GET", "/api/v1/recharges/" + order, ""), "state")).isEqualTo("CREDITED");
    assertThat(field(send("GET", "/api/v1/recharges/" + order + "/receipt", ""), "afterBalance"))
        .isEqualTo("50.00");
    assertThat(send("POST", "/api/v1/accounts/" + account + "/recharge",
        "{\"amount\":\"50.00\",\"method\":\"ALIPAY\"}")).contains("GATEWAY_NOT_CONFIGURED");
    assertThat(send("GET", "/metrics", ""))
        .contains("counterfoil_circuit_state{operation=\"consumePayment\"} 0");
    assertThat(admin("gateway", "orders", "wechat").text()).contains(order).contains("Paid");
    String today = Instant.now().plusSeconds(8 * 3600).toString().substring(0, 10);
    AdminAnswer bill = admin("gateway", "bill", "wechat", today);
    assertThat(bill.text()).contains("1 lines, paid 50.00", "1 match");
    assertThat(bill.exitCode()).isZero();
    assertThat(admin("verify", "ledger").exitCode()).isZero();
  }

  @Test
  @Requirement({"RCH-04", "INT-07", "INT-11"})
  void whatTheBankAndThePayrollListedIsPendingUntilItIsThere() throws Exception {
    String account = admin("account", "open", "--holder", "chen", "--json").text()
        .replaceAll("(?s).*\"account\":\"?(\\d+).*", "$1");
    Path list = folder.resolve("payroll");
    Files.writeString(list, account + ",120.00,PAY-2026-11-1\n" + account + ",80.00,PAY-2026-11-2\n");
    String announced = admin("arrival", "announce", "--method", "PAYROLL", "@" + list).text();
    assertThat(announced).contains("PAY-2026-11-1").contains("PENDING");
    assertThat(admin("arrival", "announce", "--method", "PAYROLL", "@" + list).exitCode())
        .as("the same list again").isZero();
    assertThat(admin("balance", account).text()).contains(" 0.00");
    assertThat(admin("arrival", "confirm", "1").text()).contains("DONE");
    assertThat(admin("arrival", "cancel", "2", "--reason", "left").text()).contains("CANCELLED");
    assertThat(admin("balance", account).text()).contains("120.00");
    assertThat(admin("arrival", "announce", "--method", "CASH", account + ",1.00,x").text())
        .contains("BAD_METHOD");
    assertThat(admin("gateway", "bill", "alipay", "2026-11-20").text()).contains("GATEWAY_NOT_CONFIGURED");
  }
}
