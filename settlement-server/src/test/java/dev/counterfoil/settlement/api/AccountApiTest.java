package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.settlement.audit.AuditVerification;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Accounts' states, permissions, relations and limits, the search for transactions and the trail, through the API.
class AccountApiTest {

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

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private static String of(AccountRow account, String what) {
    return "/accounts/" + account.account() + "/" + what;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).stringValue();
  }

  private ApiRig.Exchange put(String path, String body) throws Exception {
    return rig.send("PUT", path, cashier, body, "Idempotency-Key", path + body.length());
  }

  @Test
  @Requirement({"ACC-24", "ACC-27", "API-05"})
  void anAccountOfADepartmentIsOpenedWithEverythingThatIsKnownOfIt() throws Exception {
    long id = done(rig.post("/accounts", cashier, "{\"ownerName\":\"研发部\",\"accountType\":\"DEPARTMENT\","
        + "\"ownerType\":\"DEPARTMENT\",\"ownerId\":\"D7\",\"accountName\":\"meals\",\"creditLimit\":\"50.00\"}"))
        .path("accountId").longValue();

    JsonNode detail = done(rig.get("/accounts/" + id, cashier));
    assertThat(text(detail, "accountTypeName")).isEqualTo("DEPARTMENT");
    assertThat(detail.path("ownerType").intValue()).isEqualTo(2);
    assertThat(text(detail, "ownerId")).isEqualTo("D7");
    assertThat(text(detail, "accountName")).isEqualTo("meals");
    assertThat(text(detail, "creditLimit")).isEqualTo("50.00");
    assertThat(code(rig.post("/accounts", cashier,
        "{\"ownerName\":\"x\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}"))).isEqualTo("PARAMETER_ERROR");
  }

  @Test
  @Requirement({"ACC-12", "ACC-22", "ACC-23"})
  void anAccountGoesThroughItsStatesAndItsHistoryTellsOfEach() throws Exception {
    AccountRow holder = rig.server.holder(1, 0);
    assertThat(text(done(rig.post(of(holder, "lost"), cashier, "{\"reason\":\"by telephone\"}")),
        "accountStatusName")).isEqualTo("LOST");
    assertThat(code(rig.post(of(holder, "lost"), cashier, "{}"))).isEqualTo("ACCOUNT_TRANSITION");
    done(rig.post(of(holder, "found"), cashier, "{}"));
    assertThat(code(rig.post(of(holder, "close"), cashier, "{}"))).isEqualTo("FIELD_MISSING");
    done(rig.post(of(holder, "close"), cashier, "{\"reason\":\"moved away\"}"));

    JsonNode events = done(rig.get(of(holder, "events"), cashier)).path("items");
    assertThat(Stream.of(0, 1, 2, 3).map(i -> text(events.path(i), "event")))
        .containsExactly("OPENED", "LOSS_REPORTED", "LOSS_LIFTED", "CLOSED");
    assertThat(text(events.path(3), "detail")).isEqualTo("moved away");
  }

  @Test
  @Requirement({"ACC-15"})
  void aPermissionIsGrantedSwitchedOffAndNeverForgotten() throws Exception {
    AccountRow holder = rig.server.holder(1, 10_000);
    AccountRow payee = rig.server.holder(2, 0);
    JsonNode row = done(rig.post(of(holder, "permissions"), cashier,
        "{\"permissionType\":\"TRANSFER\",\"singleLimit\":\"10.00\",\"effectiveTime\":\"2020-01-01T00:00:00Z\"}"));
    String transfer = "{\"toAccountId\":" + payee.account() + ",\"amount\":\"10.01\"}";
    assertThat(code(rig.post(of(holder, "transfer"), cashier, transfer)))
        .isEqualTo("TRANSFER_OVER_PERMISSION");
    done(rig.post(of(holder, "permissions/" + row.path("permissionId").intValue() + "/disable"), cashier,
        "{}"));
    assertThat(code(rig.post(of(holder, "transfer"), cashier, transfer))).isEqualTo("TRANSFER_NOT_PERMITTED");

    JsonNode listed = done(rig.get(of(holder, "permissions"), cashier)).path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.path(0).path("status").intValue()).isZero();
    assertThat(code(rig.post(of(holder, "permissions/9/enable"), cashier, "{}")))
        .isEqualTo("PERMISSION_UNKNOWN");
    assertThat(code(rig.post(of(holder, "permissions"), cashier, "{\"scope\":\"everywhere'; DROP TABLE\"}")))
        .isEqualTo("PARAMETER_ERROR");
    assertThat(code(rig.post(of(holder, "holder-limits"), cashier, "{\"scope\":\"terminal:1\"}")))
        .isEqualTo("FIELD_UNKNOWN");
  }

  @Test
  @Requirement({"ACC-16", "ACC-17"})
  void familiesAreRelatedOnce() throws Exception {
    AccountRow main = rig.server.holder(1, 0);
    AccountRow sub = rig.server.holder(2, 0);
    String body = "{\"subAccountId\":" + sub.account()
        + ",\"relationType\":\"FAMILY\",\"permissionConfig\":{\"recharge\":true}}";
    JsonNode row = done(rig.post(of(main, "relations"), cashier, body));
    assertThat(row.path("permissionConfig").path("recharge").booleanValue()).isTrue();
    assertThat(code(rig.post(of(main, "relations"), cashier, body))).isEqualTo("RELATION_EXISTS");
    done(rig.post(of(main, "relations/1/disable"), cashier, "{}"));
    assertThat(done(rig.get(of(sub, "relations"), cashier)).path("items").path(0).path("status").intValue())
        .isZero();
    assertThat(code(rig.post(of(main, "relations/7/enable"), cashier, "{}"))).isEqualTo("RELATION_UNKNOWN");
  }

  @Test
  @Requirement({"LIM-14", "LIM-15", "LIM-21", "ACC-17", "ACC-21"})
  void theTightestLimitIsShownWithWhatIsSpentOfIt() throws Exception {
    rig.sold(1, 5_000, 700);
    String limits = "/accounts/1/limits";
    assertThat(text(done(rig.get(limits, cashier)).path("effective"), "single")).isEqualTo("1000.00");
    done(put(limits, "{\"single\":\"300.00\",\"daily\":\"400.00\"}"));
    done(rig.post("/accounts/1/holder-limits", cashier, "{\"dailyLimit\":\"30.00\"}"));
    done(rig.post("/accounts/1/permissions", cashier, "{\"monthlyLimit\":\"100.00\"}"));
    done(put("/accounts/1/credit", "{\"creditLimit\":\"7.00\",\"reason\":\"agreed\"}"));
    done(put("/accounts/1/channels", "{\"enableOffline\":false}"));

    JsonNode shown = done(rig.get(limits, cashier));
    assertThat(text(shown.path("effective"), "single")).isEqualTo("300.00");
    assertThat(text(shown.path("effective"), "daily")).isEqualTo("30.00");
    assertThat(text(shown.path("effective"), "monthly")).isEqualTo("100.00");
    assertThat(text(shown.path("spent"), "today")).isEqualTo("7.00");
    JsonNode detail = done(rig.get("/accounts/1", cashier));
    assertThat(text(detail, "creditLimit")).isEqualTo("7.00");
    assertThat(detail.path("enableOffline").booleanValue()).isFalse();
    assertThat(code(put(limits, "{\"single\":\"-1.00\"}"))).isEqualTo("FIELD_INVALID");
  }

  @Test
  @Requirement({"AUD-01"})
  void theTermsOfAnAccountAreSetShownAndInTheTrail() throws Exception {
    rig.sold(1, 5_000, 700);
    String terms = "/accounts/1/terms";
    done(put(terms, "{\"cardClass\":2,\"discountPermille\":100,\"reason\":\"student\"}"));

    JsonNode detail = done(rig.get("/accounts/1", cashier));
    assertThat(detail.path("cardClass").intValue()).isEqualTo(2);
    assertThat(detail.path("discountPermille").intValue()).isEqualTo(100);
    assertThat(code(put(terms, "{\"cardClass\":100,\"discountPermille\":0,\"reason\":\"x\"}")))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(put(terms, "{\"cardClass\":1,\"discountPermille\":1000,\"reason\":\"x\"}")))
        .isEqualTo("FIELD_INVALID");
    assertThat(rig.server.core.reads().profiles().accountEvents(1, 1, 1)).singleElement()
        .satisfies(event -> assertThat(event.detail()).isEqualTo("class=2 discount=100"));
  }

  @Test
  @Requirement({"PAY-26", "BAL-02"})
  void transactionsAreFoundByWhatIsKnownOfThemPageByPage() throws Exception {
    String sale = rig.sold(1, 5_000, 700).toString();
    for (int i = 0; i < 3; i++) {
      rig.server.now += 1_000;
      done(rig.post("/accounts/1/recharge", cashier, "{\"amount\":\"" + (i + 1) + ".00\"}"));
    }
    JsonNode found = done(rig.get("/transactions?kind=SALE_CARD&least=6.99&most=7.00&terminal=1", cashier));
    assertThat(text(found.path("items").path(0), "transactionId")).isEqualTo(sale);
    assertThat(found.path("items").size()).isEqualTo(1);

    for (String query : List.of("merchant=1", "accountId=1&merchant=1")) {
      assertThat(done(rig.get("/transactions?" + query, cashier)).path("items").size()).as(query)
          .isEqualTo(1);
    }
    for (String query : List.of("merchant=2", "location=5", "category=5", "product=P-1")) {
      assertThat(done(rig.get("/transactions?" + query, cashier)).path("items").size()).as(query).isZero();
    }

    String path = "/transactions?accountId=1&limit=2";
    JsonNode first = done(rig.get(path, cashier));
    assertThat(text(first.path("items").path(0), "amount")).isEqualTo("3.00");
    JsonNode second = done(rig.get(path + "&after=" + text(first, "next"), cashier));
    assertThat(text(second.path("items").path(0), "amount")).isEqualTo("1.00");
    assertThat(text(second.path("items").path(1), "transactionId")).isEqualTo(sale);
    String after = rig.now().minusMillis(500).toString();
    assertThat(done(rig.get("/transactions?accountId=1&from=" + after, cashier)).path("items").size())
        .isEqualTo(1);
    assertThat(done(rig.get("/transactions?until=" + Instant.EPOCH, cashier)).path("items").size()).isZero();
    assertThat(code(rig.get("/transactions?kind=1%20OR%201=1", cashier))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.get("/transactions?after=" + "0".repeat(32), cashier)))
        .isEqualTo("TRANSACTION_NOT_FOUND");
    rig.server.now += Duration.ofDays(32).toMillis();
    rig.signIn(cashier, ApiRig.PASSWORD);
    assertThat(done(rig.get("/transactions", cashier)).path("items").size()).as("of the last 31 days")
        .isZero();
  }

  @Test
  @Requirement({"AUD-05"})
  void theTrailIsSearchedAndDownloadedAndVerifies() throws Exception {
    String auditor = rig.operator("zhao", Role.AUDITOR);
    done(rig.post("/accounts", cashier, "{\"ownerName\":\"one\"}"));
    rig.server.now += Duration.ofDays(1).toMillis();
    rig.server.core.tick(rig.server.now);
    rig.signIn(auditor, ApiRig.PASSWORD);

    JsonNode opened = done(rig.get("/audit?action=ACCOUNT_OPEN&actor=li.wei", auditor)).path("items");
    assertThat(opened.size()).isEqualTo(1);
    assertThat(text(opened.path(0), "object")).isEqualTo("account 1");
    assertThat(
        done(rig.get("/audit?object=account%201&until=" + Instant.EPOCH, auditor)).path("items").size())
        .isZero();
    assertThat(done(rig.get("/audit?actor=%27%20OR%201=1--", auditor)).path("items").size()).isZero();
    JsonNode roots = done(rig.get("/audit/roots", auditor)).path("items");
    assertThat(roots.size()).isEqualTo(1);

    var file = rig.get("/audit/export", auditor);
    assertThat(file.status()).isEqualTo(200);
    var verified = new AuditVerification(rig.server.ackKey.key(), new StrictVerifier());
    text(file.answer(), "text").lines().forEach(line -> assertThat(verified.next(line)).as(line).isEmpty());
    assertThat(verified.end()).isEmpty();
    assertThat(verified.span().events()).isEqualTo(rig.server.store.auditChain(TestServer.SITE).number());
    // The caller has his last byte a moment before the file goes.
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!spooled().isEmpty() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(spooled()).isEmpty();
  }

  private List<Path> spooled() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.getFileName().toString().startsWith("export-")).toList();
    }
  }
}
