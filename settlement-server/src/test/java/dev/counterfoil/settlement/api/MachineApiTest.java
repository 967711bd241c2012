package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Programs at the API: each way of not being let in has its code and writes nothing.
class MachineApiTest {

  private static final String NONCE = "nonce-0000000000000";
  private static final String RECHARGE = "/accounts/1/recharge";
  private static final String FIVE = "{\"amount\":\"5.00\"}";

  @TempDir
  Path folder;
  private ApiRig rig;
  private ApiRig.Machine till;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    rig.server.holder(1, 1_000);
    till = rig.machine("till.7", Permission.ACCOUNT_VIEW, Permission.RECHARGE, Permission.REFUND_REQUEST);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private long seconds() {
    return rig.now().getEpochSecond();
  }

  private ApiRig.Exchange recharge(String nonce) throws Exception {
    return rig.signed(till, "POST", RECHARGE, FIVE, nonce, seconds());
  }

  private long balance() {
    return rig.server.store.ledgerAccount(1, rig.server.store.account(1, 1).orElseThrow().cashLedger())
        .orElseThrow().balance();
  }

  @Test
  @Requirement({"SEC-01", "SEC-03"})
  void aSignedRequestIsDoneOnceAndItsReplayIsNot() throws Exception {
    done(recharge(NONCE));
    var replay = recharge(NONCE);
    assertThat(replay.status()).isEqualTo(401);
    assertThat(code(replay)).isEqualTo("MACHINE_REPLAY");
    assertThat(balance()).isEqualTo(1_500);

    rig.server.restart();
    assertThat(code(recharge(NONCE))).as("after a restart").isEqualTo("MACHINE_REPLAY");
    rig.server.now += Duration.ofMinutes(11).toMillis();
    rig.server.core.tick(rig.server.now);
    assertThat(rig.server.store.office().hasNonce(1, 1, NONCE)).as("dropped when it is worth nothing")
        .isFalse();
    assertThat(rig.server.store.auditLinks(1, 0, 99)).anyMatch(
        link -> link.event().entry().actor().equals("machine/till.7"));
  }

  @Test
  @Requirement({"SEC-03", "SEC-04"})
  void whoeverIsNotLetInWritesNothing() throws Exception {
    long audited = rig.server.store.auditChain(1).number();
    String time = Long.toString(seconds());
    assertThat(code(rig.send("POST", RECHARGE, null, FIVE, "Authorization", "Machine " + till.token(),
        "Counterfoil-Time", time, "Counterfoil-Nonce", NONCE, "Counterfoil-Signature", "0".repeat(64))))
        .isEqualTo("MACHINE_SIGNATURE");
    assertThat(code(rig.send("POST", RECHARGE, null, FIVE, "Authorization", "Machine " + till.token())))
        .as("unsigned").isEqualTo("MACHINE_SIGNATURE");
    assertThat(code(rig.send("POST", RECHARGE, null, FIVE, "Authorization", "Machine 1." + "a".repeat(43))))
        .isEqualTo("NOT_SIGNED_IN");
    assertThat(code(rig.send("POST", RECHARGE, null, FIVE, "Authorization",
        "Machine 2" + till.token().substring(1)))).as("of another site").isEqualTo("NOT_SIGNED_IN");
    for (long off : new long[] {-301, 301, -1_000_000}) {
      assertThat(code(rig.signed(till, "POST", RECHARGE, FIVE, NONCE, seconds() + off)))
          .isEqualTo("MACHINE_TIME");
    }
    assertThat(code(rig.signed(till, "POST", "/accounts", "{\"ownerName\":\"x\"}", NONCE, seconds())))
        .isEqualTo("MACHINE_SCOPE");
    assertThat(code(rig.signed(till, "POST", RECHARGE, FIVE, "short", seconds()))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.signed(till, "GET", "/sessions/current", "", NONCE, seconds())))
        .isEqualTo("NOT_SIGNED_IN");

    assertThat(rig.server.store.office().hasNonce(1, 1, NONCE)).isFalse();
    assertThat(rig.server.store.auditChain(1).number()).isEqualTo(audited);
    assertThat(balance()).isEqualTo(1_000);
    done(rig.signed(till, "POST", RECHARGE, FIVE, NONCE, seconds() - 300));
  }

  @Test
  @Requirement({"SEC-03"})
  void aRequestThatWasChangedOnTheWayIsNotTheOneThatWasSigned() throws Exception {
    String time = Long.toString(seconds());
    var signed = new dev.counterfoil.settlement.machine.SignedRequest("POST", "/api/v1" + RECHARGE, time,
        NONCE, FIVE.getBytes(StandardCharsets.UTF_8));
    String signature = java.util.HexFormat.of()
        .formatHex(signed.signature(java.util.HexFormat.of().parseHex(till.key())));
    String[] headers = {"Authorization", "Machine " + till.token(), "Counterfoil-Time", time,
        "Counterfoil-Nonce", NONCE, "Counterfoil-Signature", signature, "Idempotency-Key", "k"};
    rig.server.holder(2, 0);
    assertThat(code(rig.send("POST", RECHARGE, null, "{\"amount\":\"5.01\"}", headers)))
        .isEqualTo("MACHINE_SIGNATURE");
    assertThat(code(rig.send("POST", "/accounts/2/recharge", null, FIVE, headers)))
        .isEqualTo("MACHINE_SIGNATURE");
    assertThat(code(rig.send("POST", RECHARGE + "?x=1", null, FIVE, headers))).isEqualTo("MACHINE_SIGNATURE");
    assertThat(code(rig.send("PUT", "/accounts/1/limits", null, FIVE, headers)))
        .isEqualTo("MACHINE_SIGNATURE");
    headers[5] = NONCE + "1";
    assertThat(code(rig.send("POST", RECHARGE, null, FIVE, headers))).isEqualTo("MACHINE_SIGNATURE");
    assertThat(balance()).isEqualTo(1_000);
  }

  @Test
  void aProgramIsLetInByTwoAdministratorsAndLetGoByOne() throws Exception {
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    String second = rig.operator("chief", Role.SECURITY_ADMIN);
    String until = rig.now().plus(Duration.ofDays(2)).toString();
    String body = "{\"name\":\"erp\",\"scopes\":\"%s\",\"expiresAt\":\"" + until + "\",\"reason\":\"books\"}";
    assertThat(code(rig.post("/machines", boss, body.formatted("ACCOUNT_VIEW,OPERATOR_APPROVE"))))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post("/machines", boss, body.formatted("ACCOUNT_VIEW").replace("erp", "till.7"))))
        .isEqualTo("MACHINE_NAME_TAKEN");
    JsonNode asked = done(rig.post("/machines", boss, body.formatted("ACCOUNT_VIEW")));
    JsonNode secret = done(rig.post("/approvals/1/approve", second,
        "{\"content\":\"" + asked.path("content").stringValue() + "\"}")).path("secret");
    var erp = new ApiRig.Machine(secret.path("token").stringValue(), secret.path("key").stringValue());
    done(rig.signed(erp, "GET", "/accounts/1", "", NONCE, seconds()));

    done(rig.post("/machines/2/revoke", boss, "{\"reason\":\"replaced\"}"));
    assertThat(code(rig.signed(erp, "GET", "/accounts/1", "", NONCE + "1", seconds())))
        .isEqualTo("NOT_SIGNED_IN");
    rig.server.now += Duration.ofDays(1).toMillis();
    assertThat(code(rig.signed(till, "GET", "/accounts/1", "", NONCE + "2", seconds())))
        .isEqualTo("MACHINE_EXPIRED");
    rig.signIn(boss, ApiRig.PASSWORD);
    assertThat(done(rig.get("/machines", boss)).path("items").path(1).path("valid").booleanValue()).isFalse();
    assertThat(code(rig.post("/machines/9/revoke", boss, "{\"reason\":\"x\"}"))).isEqualTo("MACHINE_UNKNOWN");
  }

  @Test
  void aProgramCannotAskForASecondOperator() throws Exception {
    rig.server.core.accounts().rechargeByCash(1, 1, 500_000, rig.server.transaction(), rig.server.now);
    var terminal = rig.server.terminal();
    var sale = rig.server.transaction();
    rig.server.push(terminal.push(terminal.cardSale(sale, TestServer.token(1), 300_000, true).seq()));
    String refunds = "/transactions/" + sale + "/refunds";
    done(rig.signed(till, "POST", refunds, "{\"amount\":\"1000.00\",\"reason\":\"x\"}", NONCE, seconds()));
    assertThat(code(rig.signed(till, "POST", refunds, "{\"amount\":\"0.01\",\"reason\":\"x\"}", NONCE + "1",
        seconds()))).isEqualTo("NOT_PERMITTED");
  }

  /// The lines of docs/API.md, by a shell, openssl and curl.
  @Test
  @Requirement({"SEC-03"})
  void theExampleOfThePageWorksAsItStands() throws Exception {
    rig.server.now = Instant.now().toEpochMilli();
    till = rig.machine("till.8", Permission.RECHARGE);
    String page = Files
        .readString(Path.of(System.getProperty("counterfoil.root", "..")).resolve("docs/API.md"));
    var block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    var shell = new ProcessBuilder("sh", "-c", block.group(1));
    shell.environment().put("SERVER", "http://127.0.0.1:" + rig.port());
    shell.environment().put("TOKEN", till.token());
    shell.environment().put("KEY", till.key());
    Process process = shell.redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(answer).startsWith("{\"code\":\"OK\"");
    assertThat(balance()).isEqualTo(1_500);
  }
}
