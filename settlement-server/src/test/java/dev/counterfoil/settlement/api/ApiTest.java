package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.trace.Requirement;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiTest {

  @TempDir
  Path folder;
  private ApiRig rig;
  private String cashier;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private static JsonNode data(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  @Test
  @Requirement({"API-04", "API-05", "ACC-09"})
  void anAccountIsOpenedLookedAtAndRecharged() throws Exception {
    JsonNode opened = data(
        rig.post("/accounts", cashier, "{\"ownerName\":\"王芳\",\"openingBalance\":\"5.00\"}"));
    long id = opened.path("accountId").longValue();
    assertThat(opened.path("accountNo").stringValue()).isEqualTo("ACCT%010d".formatted(id));

    JsonNode recharged = data(rig.post("/accounts/" + id + "/recharge", cashier, "{\"amount\":\"20.50\"}"));
    assertThat(recharged.path("beforeBalance").stringValue()).isEqualTo("5.00");
    assertThat(recharged.path("afterBalance").stringValue()).isEqualTo("25.50");
    JsonNode detail = data(rig.get("/accounts/" + id, cashier));
    assertThat(detail.path("ownerName").stringValue()).isEqualTo("王芳");
    assertThat(detail.path("balance").stringValue()).isEqualTo("25.50");
    assertThat(detail.path("accountTypeName").stringValue()).isEqualTo("PERSONAL");
    assertThat(detail.path("totalRecharge").stringValue()).isEqualTo("20.50");
    assertThat(detail.path("creditLimit").stringValue()).isEqualTo("0.00");
    assertThat(data(rig.get("/accounts/" + id + "/balance", cashier)).path("availableBalance").stringValue())
        .isEqualTo("25.50");
  }

  @Test
  @Requirement({"PAY-17"})
  void aRepeatedRechargeIsDoneOnceAndAnsweredTheSame() throws Exception {
    AccountRow holder = rig.server.holder(1, 1000);
    String path = "/accounts/" + holder.account() + "/recharge";
    var first = rig.send("POST", path, cashier, "{\"amount\":\"5.00\"}", "Idempotency-Key", "a");
    var again = rig.send("POST", path, cashier, "{\"amount\":\"5.00\"}", "Idempotency-Key", "a");
    var other = rig.send("POST", path, cashier, "{\"amount\":\"6.00\"}", "Idempotency-Key", "a");

    assertThat(again.answer()).isEqualTo(first.answer());
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(other.status()).isEqualTo(409);
    assertThat(code(other)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(rig.server.store.ledgerAccount(1, holder.cashLedger()).orElseThrow().balance())
        .isEqualTo(1500);
  }

  @Test
  @Requirement({"SEC-05"})
  void nobodyGetsInWithoutASessionAndNobodyBeyondTheRole() throws Exception {
    String auditor = rig.operator("zhao", Role.AUDITOR);
    AccountRow holder = rig.server.holder(1, 1000);
    String recharge = "/accounts/" + holder.account() + "/recharge";

    assertThat(code(rig.send("GET", "/accounts", null, ""))).isEqualTo("NOT_SIGNED_IN");
    assertThat(code(rig.send("GET", "/accounts", null, "", "Authorization", "Bearer 1." + "a".repeat(43))))
        .isEqualTo("NOT_SIGNED_IN");
    var refused = rig.post(recharge, auditor, "{\"amount\":\"5.00\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post(recharge, auditor, "not even JSON"))).isEqualTo("NOT_PERMITTED");
  }

  @Test
  @Requirement({"SEC-08"})
  void aSessionEndsAfterAnHourUnusedAndAtOnceWithALogout() throws Exception {
    rig.server.now += Duration.ofMinutes(59).toMillis();
    data(rig.get("/sessions/current", cashier));
    rig.server.now += Duration.ofMinutes(60).toMillis();
    assertThat(code(rig.get("/sessions/current", cashier))).isEqualTo("NOT_SIGNED_IN");

    rig.signIn(cashier, ApiRig.PASSWORD);
    data(rig.send("DELETE", "/sessions/current", cashier, ""));
    assertThat(code(rig.get("/sessions/current", cashier))).isEqualTo("NOT_SIGNED_IN");
  }

  @Test
  void aOneTimePasswordOpensNothingButItsOwnChange() throws Exception {
    String password = rig.recruit("new", Role.CASHIER);
    rig.signIn("new", password);
    assertThat(code(rig.get("/accounts", "new"))).isEqualTo("PASSWORD_DUE");
    assertThat(code(rig.send("PUT", "/sessions/current/password", "new",
        "{\"oldPassword\":\"" + password + "\",\"newPassword\":\"short\"}"))).isEqualTo("PASSWORD_RULE");
    data(rig.send("PUT", "/sessions/current/password", "new",
        "{\"oldPassword\":\"" + password + "\",\"newPassword\":\"" + ApiRig.PASSWORD + "\"}"));
    data(rig.get("/accounts", "new"));
  }

  @Test
  @Requirement({"SEC-07", "CFG-12"})
  void anExpiredPasswordLastsToTheEndOfTheSessionAndThenOpensNothingButItsOwnChange() throws Exception {
    rig.server.now += Duration.ofDays(90).minusMinutes(30).toMillis();
    rig.signIn(cashier, ApiRig.PASSWORD);
    data(rig.get("/accounts", cashier));
    rig.server.now += Duration.ofMinutes(30).toMillis();
    data(rig.get("/accounts", cashier));

    rig.signIn(cashier, ApiRig.PASSWORD);
    assertThat(code(rig.get("/accounts", cashier))).isEqualTo("PASSWORD_DUE");
    String change = "{\"oldPassword\":\"" + ApiRig.PASSWORD + "\",\"newPassword\":\"%s\"}";
    assertThat(
        code(rig.send("PUT", "/sessions/current/password", cashier, change.formatted(ApiRig.PASSWORD))))
        .as("the same again").isEqualTo("PASSWORD_RULE");
    data(rig.send("PUT", "/sessions/current/password", cashier, change.formatted("another horse battery")));
    data(rig.get("/accounts", cashier));
  }

  @Test
  void aSaleIsPaidBackAndTheTrailNamesWhoDidItAndWhy() throws Exception {
    String finance = rig.operator("wang", Role.FINANCE);
    String sale = rig.sold(1, 1000, 700).toString();

    JsonNode refund = data(rig.post("/transactions/" + sale + "/refunds", finance,
        "{\"amount\":\"2.00\",\"reason\":\"cold soup\"}"));
    assertThat(refund.path("left").stringValue()).isEqualTo("5.00");
    assertThat(refund.path("originalTransactionId").stringValue()).isEqualTo(sale);
    assertThat(code(rig.post("/transactions/" + sale + "/refunds", finance,
        "{\"amount\":\"5.01\",\"reason\":\"cold soup\"}"))).isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(data(rig.get("/transactions/" + sale, finance)).path("refunded").stringValue())
        .isEqualTo("2.00");

    String auditor = rig.operator("zhao", Role.AUDITOR);
    JsonNode trail = data(rig.get("/audit?limit=500", auditor)).path("items");
    JsonNode entry = trail.get(trail.size() - 1);
    for (JsonNode each : trail) {
      entry = each.path("action").stringValue().equals("REFUND") ? each : entry;
    }
    assertThat(entry.path("actor").stringValue()).isEqualTo("wang");
    assertThat(entry.path("reason").stringValue()).isEqualTo("cold soup");
    assertThat(entry.path("before").stringValue()).isEqualTo("7.00");
    assertThat(entry.path("after").stringValue()).isEqualTo("5.00");
  }

  @Test
  void badInputIsToldWithItsFieldAndChangesNothing() throws Exception {
    AccountRow holder = rig.server.holder(1, 1000);
    String path = "/accounts/" + holder.account() + "/recharge";
    int before = rig.server.store.auditLinks(TestServer.SITE, 0, 1000).size();

    assertThat(code(rig.post(path, cashier, "{\"amount\":5}"))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post(path, cashier, "{\"amount\":\"-5.00\"}"))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post(path, cashier, "{\"amount\":\"5.001\"}"))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post(path, cashier, "{\"amount\":\"5.00\",\"amuont\":\"6.00\"}")))
        .isEqualTo("FIELD_UNKNOWN");
    assertThat(code(rig.post(path, cashier, "{\"amount\":\"5.00\",\"amount\":\"6.00\"}")))
        .isEqualTo("BODY_MALFORMED");
    assertThat(code(rig.post(path, cashier, "{}"))).isEqualTo("FIELD_MISSING");
    assertThat(code(rig.post(path, cashier, "[]"))).isEqualTo("BODY_MALFORMED");
    assertThat(code(rig.post(path, cashier, "{\"amount\":\"5.00\"} x"))).isEqualTo("BODY_MALFORMED");
    assertThat(code(rig.post(path, cashier, "{\"a\":".repeat(20) + "1" + "}".repeat(20))))
        .isEqualTo("BODY_MALFORMED");
    assertThat(code(rig.send("POST", path, cashier, "{\"amount\":\"5.00\"}")))
        .isEqualTo("IDEMPOTENCY_KEY_MISSING");
    assertThat(code(rig.post("/accounts/x/recharge", cashier, "{\"amount\":\"5.00\"}")))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post("/accounts/999/recharge", cashier, "{\"amount\":\"5.00\"}")))
        .isEqualTo("ACCOUNT_UNKNOWN");
    assertThat(rig.post(path, cashier, "{\"amount\":\"" + "5".repeat(70_000) + "\"}").status())
        .isEqualTo(413);
    assertThat(code(rig.get("/accounts?limit=0", cashier))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.get("/accounts?limt=5", cashier))).isEqualTo("FIELD_UNKNOWN");
    assertThat(code(rig.get("/accounts?limit=5&limit=6", cashier))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.get("/nowhere", cashier))).isEqualTo("ROUTE_UNKNOWN");
    assertThat(code(rig.send("DELETE", "/accounts", cashier, ""))).isEqualTo("METHOD_UNKNOWN");
    assertThat(code(rig.get("/accounts/1%27%20OR%201=1", cashier))).isEqualTo("FIELD_INVALID");

    assertThat(rig.server.store.ledgerAccount(1, holder.cashLedger()).orElseThrow().balance())
        .isEqualTo(1000);
    assertThat(rig.server.store.auditLinks(TestServer.SITE, 0, 1000)).hasSize(before);
  }

  @Test
  void aRequestThatDoesNotComeIsNotWaitedFor() throws Exception {
    try (var socket = new Socket("127.0.0.1", rig.port())) {
      socket.getOutputStream()
          .write(("POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 408 Request Timeout");
    }
  }

  @Test
  void refusalsAreToldInTheLanguageAskedFor() throws Exception {
    assertThat(rig.send("GET", "/accounts/999", cashier, "", "Accept-Language", "zh-TW,en;q=0.5").answer()
        .path("message").stringValue()).isEqualTo("账户不存在。");
    assertThat(rig.send("GET", "/accounts/999", cashier, "", "Accept-Language", "en-GB").answer()
        .path("message").stringValue()).isEqualTo("There is no such account.");
  }

  @Test
  void cardsAreIssuedByNumberAndKnownByTokenAlone() throws Exception {
    AccountRow holder = rig.server.holder(1, 1000);
    JsonNode card = data(
        rig.post("/accounts/" + holder.account() + "/cards", cashier, "{\"uid\":\"04A1B2C9\"}"));
    String token = card.path("token").stringValue();
    assertThat(card.toString()).doesNotContainIgnoringCase("04A1B2C9");
    assertThat(data(rig.post("/cards/" + token + "/lost", cashier, "{}")).path("status").stringValue())
        .isEqualTo("LOST");
    assertThat(data(rig.get("/accounts/" + holder.account() + "/cards", cashier)).path("items").size())
        .isEqualTo(2);
    assertThat(code(rig.post("/cards/" + token + "/found", cashier, "{}"))).isEqualTo("OK");
    assertThat(code(rig.post("/cards/" + token + "/found", cashier, "{}"))).isEqualTo("CARD_TRANSITION");
  }

  @Test
  void aListGoesOnFromItsCursor() throws Exception {
    for (int i = 0; i < 5; i++) {
      rig.server.holder(i + 1, 100);
    }
    JsonNode first = data(rig.get("/accounts?limit=3", cashier));
    assertThat(first.path("items").size()).isEqualTo(3);
    JsonNode second = data(rig.get("/accounts?limit=3&after=" + first.path("next").longValue(), cashier));
    assertThat(second.path("items").size()).isEqualTo(2);
    assertThat(second.has("next")).isFalse();
  }
}
