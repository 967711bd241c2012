package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What takes two operators, through the API.
class ApprovalApiTest {

  @TempDir
  Path folder;
  private ApiRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void close() {
    assertThat(rig.server.ledger().problems()).isEmpty();
    rig.close();
  }

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private static String seen(JsonNode approval) {
    return "{\"content\":\"" + approval.path("content").stringValue() + "\"}";
  }

  private static String approve(JsonNode approval) {
    return "/approvals/" + approval.path("approvalId").longValue() + "/approve";
  }

  private JsonNode largeRefund(String by) throws Exception {
    rig.server.holder(1, 500_000);
    var till = rig.server.terminal();
    var sale = rig.server.transaction();
    rig.server.push(till.push(till.cardSale(sale, TestServer.token(1), 300_000, true).seq()));
    done(rig.post("/transactions/" + sale + "/refunds", by, "{\"amount\":\"900.00\",\"reason\":\"broken\"}"));
    var asked = rig.post("/transactions/" + sale + "/refunds", by,
        "{\"amount\":\"100.01\",\"reason\":\"broken\"}");
    assertThat(asked.status()).as("what one operator paid back before counts").isEqualTo(202);
    return done(asked);
  }

  private String balance(String who) throws Exception {
    return done(rig.get("/accounts/1/balance", who)).path("balance").stringValue();
  }

  @Test
  @Requirement({"SEC-11", "CFG-15", "RFD-05"})
  void aLargeRefundIsBookedOnceASecondOperatorHasSeenIt() throws Exception {
    String finance = rig.operator("wang", Role.FINANCE);
    String other = rig.operator("zhou", Role.FINANCE);
    JsonNode asked = largeRefund(finance);
    assertThat(balance(finance)).isEqualTo("2900.00");
    String path = approve(asked);
    assertThat(code(rig.post(path, finance, seen(asked)))).isEqualTo("APPROVAL_SELF");
    assertThat(code(rig.post(path, other, "{\"content\":\"" + "0".repeat(64) + "\"}")))
        .isEqualTo("APPROVAL_CONTENT_CHANGED");
    JsonNode shown = done(rig.get("/approvals", other)).path("items").path(0);
    assertThat(shown).isEqualTo(asked);
    assertThat(shown.path("values").path("amount").stringValue()).isEqualTo("100.01");

    JsonNode result = done(rig.post(path, other, seen(shown)));
    assertThat(result.path("result").path("amount").stringValue()).isEqualTo("-100.01");
    assertThat(balance(finance)).isEqualTo("3000.01");
    assertThat(code(rig.post(path, other, seen(shown)))).isEqualTo("APPROVAL_CLOSED");
    assertThat(balance(finance)).isEqualTo("3000.01");
    assertThat(done(rig.get("/approvals", other)).path("items").size()).isZero();
    assertThat(done(rig.get("/approvals?all=1", other)).path("items").path(0).path("state").stringValue())
        .isEqualTo("DONE");
  }

  @Test
  @Requirement({"SEC-11"})
  void aCashierAsksAndDoesNotDecideAndOthersDoNotEvenSee() throws Exception {
    String cashier = rig.operator("li.wei", Role.CASHIER);
    String technician = rig.operator("qian", Role.TECHNICIAN);
    String finance = rig.operator("wang", Role.FINANCE);
    JsonNode asked = largeRefund(cashier);
    String one = "/approvals/" + asked.path("approvalId").longValue();
    assertThat(code(rig.post(approve(asked), cashier, seen(asked)))).isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post(approve(asked), technician, seen(asked)))).isEqualTo("APPROVAL_NOT_PERMITTED");
    assertThat(code(rig.get(one, technician))).isEqualTo("APPROVAL_UNKNOWN");
    assertThat(done(rig.get("/approvals", technician)).path("items").size()).isZero();
    done(rig.post(one + "/reject", finance, "{\"reason\":\"no receipt\"}"));
    assertThat(code(rig.post(approve(asked), finance, seen(asked)))).isEqualTo("APPROVAL_CLOSED");
    assertThat(balance(finance)).isEqualTo("2900.00");
  }

  @Test
  void anApprovalThatIsTooOldOrWasChangedInTheDatabaseDoesNothing() throws Exception {
    String finance = rig.operator("wang", Role.FINANCE);
    String other = rig.operator("zhou", Role.FINANCE);
    JsonNode asked = largeRefund(finance);
    ApprovalRow row = rig.server.store.approval(1, 1).orElseThrow();
    var forged = ApprovalView
        .content(new ApprovalRow(1, row.approval(), row.shown().replace("100.01", "999.00")));
    var zhou = rig.server.store.operator(1, "zhou").orElseThrow().operator();
    assertThatThrownBy(() -> rig.server.core.approvals().approve(1, 1, zhou, row.approval().content(), forged,
        rig.now(), () -> {
          throw new AssertionError("done");
        })).hasMessageContaining("APPROVAL_CONTENT_CHANGED");

    rig.server.now += Duration.ofHours(24).toMillis();
    rig.signIn(other, ApiRig.PASSWORD);
    rig.signIn(finance, ApiRig.PASSWORD);
    assertThat(done(rig.get("/approvals/1", other)).path("state").stringValue()).isEqualTo("EXPIRED");
    assertThat(code(rig.post(approve(asked), other, seen(asked)))).isEqualTo("APPROVAL_EXPIRED");
    assertThat(balance(finance)).isEqualTo("2900.00");
  }

  @Test
  void whatCannotBeDoneAnyMoreLeavesTheApprovalOpen() throws Exception {
    String finance = rig.operator("wang", Role.FINANCE);
    String other = rig.operator("zhou", Role.FINANCE);
    JsonNode asked = largeRefund(finance);
    String refunds = "/transactions/" + asked.path("values").path("transaction").stringValue() + "/refunds";
    JsonNode rest = done(rig.post(refunds, finance, "{\"amount\":\"2100.00\",\"reason\":\"all of it\"}"));
    done(rig.post(approve(rest), other, seen(rest)));
    assertThat(code(rig.post(approve(asked), other, seen(asked)))).isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(balance(finance)).isEqualTo("5000.00");
    assertThat(done(rig.get("/approvals/1", other)).path("state").stringValue()).isEqualTo("WAITING");
    assertThat(done(rig.post("/approvals/1/withdraw", finance, "{}")).path("state").stringValue())
        .isEqualTo("WITHDRAWN");
    assertThat(code(rig.post("/approvals/2/withdraw", finance, "{}"))).isEqualTo("APPROVAL_CLOSED");
  }

  @Test
  @Requirement({"SEC-05", "SEC-11"})
  void aNewOperatorTakesTwoAdministratorsAndSignsInWithWhatTheSecondWasShownOnce() throws Exception {
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    String second = rig.operator("chief", Role.SECURITY_ADMIN);
    assertThat(code(rig.post("/operators", boss, "{\"name\":\"New One\",\"role\":\"CASHIER\"}")))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post("/operators", boss, "{\"name\":\"boss\",\"role\":\"CASHIER\"}")))
        .isEqualTo("OPERATOR_NAME_TAKEN");
    JsonNode asked = done(rig.post("/operators", boss, "{\"name\":\"sun\",\"role\":\"CASHIER\"}"));
    assertThat(rig.server.store.operator(1, "sun")).isEmpty();
    var first = rig.send("POST", approve(asked), second, seen(asked), "Idempotency-Key", "k");
    JsonNode secret = done(first).path("secret");
    assertThat(secret.path("recoveryCodes").size()).isEqualTo(10);
    JsonNode again = done(rig.send("POST", approve(asked), second, seen(asked), "Idempotency-Key", "k"));
    assertThat(again.has("secret")).as("shown once").isFalse();
    assertThat(again.path("result")).isEqualTo(done(first).path("result"));
    assertThat(Files.readAllBytes(folder.resolve("server.db")))
        .as("the database has no password in clear").satisfies(bytes -> assertThat(
            new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(secret.path("password").stringValue()));

    rig.knows("sun", secret.path("authenticator").stringValue());
    rig.signIn("sun", secret.path("password").stringValue());
    assertThat(code(rig.get("/accounts", "sun"))).isEqualTo("PASSWORD_DUE");
  }

  @Test
  @Requirement({"SEC-05", "SEC-11"})
  void anotherRoleEndsAllSessionsAndNobodyAgreesToHisOwn() throws Exception {
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    String second = rig.operator("chief", Role.SECURITY_ADMIN);
    String cashier = rig.operator("li.wei", Role.CASHIER);
    JsonNode asked = done(
        rig.post("/operators/3/role", boss, "{\"role\":\"FINANCE\",\"reason\":\"promoted\"}"));
    done(rig.get("/accounts", cashier));
    done(rig.post(approve(asked), second, seen(asked)));
    assertThat(code(rig.get("/accounts", cashier))).isEqualTo("NOT_SIGNED_IN");
    rig.signIn(cashier, ApiRig.PASSWORD);
    assertThat(done(rig.get("/sessions/current", cashier)).path("role").stringValue()).isEqualTo("FINANCE");

    JsonNode own = done(rig.post("/operators/2/role", boss, "{\"role\":\"FINANCE\",\"reason\":\"please\"}"));
    assertThat(code(rig.post(approve(own), second, seen(own)))).isEqualTo("APPROVAL_SELF");
    assertThat(code(rig.post("/operators/9/role", boss, "{\"role\":\"FINANCE\",\"reason\":\"x\"}")))
        .isEqualTo("OPERATOR_UNKNOWN");
  }

  @Test
  void aLostAuthenticatorIsReplacedByASecondAdministrator() throws Exception {
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    String second = rig.operator("chief", Role.SECURITY_ADMIN);
    String cashier = rig.operator("li.wei", Role.CASHIER);
    JsonNode asked = done(rig.post("/operators/3/reset", boss, "{\"reason\":\"lost his telephone\"}"));
    JsonNode secret = done(rig.post(approve(asked), second, seen(asked))).path("secret");
    assertThat(code(rig.get("/accounts", cashier))).isEqualTo("NOT_SIGNED_IN");
    assertThat(code(rig.send("POST", "/sessions", null,
        "{\"name\":\"li.wei\",\"password\":\"" + ApiRig.PASSWORD + "\"}"))).isEqualTo("SIGN_IN_REFUSED");
    rig.knows(cashier, secret.path("authenticator").stringValue());
    rig.signIn(cashier, secret.path("password").stringValue());
    assertThat(done(rig.get("/sessions/current", cashier)).path("passwordDue").booleanValue()).isTrue();
  }

  @Test
  @Requirement({"SEC-08", "CFG-03"})
  void oneAdministratorLetsGoAndUnlocksButNeverHimself() throws Exception {
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    String cashier = rig.operator("li.wei", Role.CASHIER);
    for (int i = 0; i < 5; i++) {
      rig.send("POST", "/sessions", null, "{\"name\":\"li.wei\",\"password\":\"wrong wrong wrong\"}");
    }
    assertThat(done(rig.get("/operators", boss)).path("items").path(1).path("locked").booleanValue())
        .isTrue();
    done(rig.post("/operators/2/unlock", boss, "{}"));
    rig.signIn(cashier, ApiRig.PASSWORD);
    assertThat(code(rig.post("/operators/1/leave", boss, "{\"reason\":\"tired\"}")))
        .isEqualTo("OPERATOR_SELF");
    done(rig.post("/operators/2/leave", boss, "{\"reason\":\"retired\"}"));
    assertThat(code(rig.get("/accounts", cashier))).isEqualTo("NOT_SIGNED_IN");
    assertThat(code(rig.post("/operators/2/unlock", boss, "{}"))).isEqualTo("OPERATOR_LEFT");
  }

  @Test
  void aTerminalEnrolsAgainWithACodeThatTwoAgreedTo() throws Exception {
    String technician = rig.operator("qian", Role.TECHNICIAN);
    String boss = rig.operator("boss", Role.SECURITY_ADMIN);
    assertThat(code(rig.post("/terminals/1/renewal", technician, "{\"reason\":\"new board\"}")))
        .isEqualTo("TERMINAL_UNKNOWN");
    rig.server.terminal();
    JsonNode asked = done(rig.post("/terminals/1/renewal", technician, "{\"reason\":\"new board\"}"));
    assertThat(code(rig.post(approve(asked), technician, seen(asked)))).isEqualTo("APPROVAL_SELF");
    JsonNode secret = done(rig.post(approve(asked), boss, seen(asked))).path("secret");
    assertThat(secret.path("enrolmentCode").stringValue()).startsWith("CF1-");
  }

  @Test
  void aPasswordIsHashedAnewAtSignInWhenItsCostWasRaised() throws Exception {
    String password = rig.recruit("li.wei", Role.CASHIER);
    String before = rig.server.store.operator(1, "li.wei").orElseThrow().password();
    rig.signIn("li.wei", password);
    assertThat(rig.server.store.operator(1, "li.wei").orElseThrow().password()).isEqualTo(before);
    rig.raiseCost();
    rig.signIn("li.wei", password);
    String after = rig.server.store.operator(1, "li.wei").orElseThrow().password();
    assertThat(after).startsWith("$argon2id$v=19$m=16,").isNotEqualTo(before);
    assertThat(rig.server.store.operator(1, "li.wei").orElseThrow().passwordDue()).isTrue();
    rig.signIn("li.wei", password);
  }
}
