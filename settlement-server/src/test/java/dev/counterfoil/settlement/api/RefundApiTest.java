package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Refunds by application (F-08) and by the merchant (F-09), with every way in which they end.
class RefundApiTest {

  @TempDir
  Path folder;
  private ApiRig rig;
  private String cashier;
  private String finance;
  private TestTerminal till;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    finance = rig.operator("wang", Role.FINANCE);
    rig.server.holder(1, 500_000);
    till = rig.server.terminal();
  }

  @AfterEach
  void close() {
    assertThat(rig.server.ledger().problems()).isEmpty();
    rig.close();
  }

  private String sold(long amount) {
    var sale = rig.server.transaction();
    rig.server.push(till.push(till.cardSale(sale, TestServer.token(1), amount, true).seq()));
    return sale.toString();
  }

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private ApiRig.Exchange apply(String sale, String amount, String more) throws Exception {
    return rig.post("/refund-applications", cashier,
        "{\"transactionId\":\"" + sale + "\",\"amount\":\"" + amount + "\",\"reason\":\"cold soup\"" + more
            + "}");
  }

  private static String why(JsonNode application) {
    return application.path("state").stringValue() + " " + application.path("why").stringValue("");
  }

  private long balance() {
    return rig.server.store.ledgerAccount(1, rig.server.store.account(1, 1).orElseThrow().cashLedger())
        .orElseThrow().balance();
  }

  @Test
  @Requirement({"RFD-01", "RFD-02"})
  void aReasonableApplicationIsPaidAtOnce() throws Exception {
    String sale = sold(700);
    JsonNode paid = done(apply(sale, "2.00", ",\"accountId\":1"));
    assertThat(why(paid)).isEqualTo("DONE ");
    assertThat(balance()).isEqualTo(499_500);
    assertThat(done(rig.get("/transactions/" + paid.path("refundId").stringValue(), cashier))
        .path("originalTransactionId").stringValue()).isEqualTo(sale);
  }

  @Test
  @Requirement({"RFD-01", "RFD-02", "NTF-03"})
  void whatIsUnusualIsReviewedBySomebodyElseAndARejectionIsNotified() throws Exception {
    String sale = sold(200_000);
    assertThat(why(done(apply(sale, "2000.01", "")))).isEqualTo("REVIEW ABOVE_REFUNDABLE");
    assertThat(why(done(apply(sale, "1000.01", "")))).isEqualTo("REVIEW ABOVE_LIMIT");
    assertThat(balance()).isEqualTo(300_000);
    assertThat(code(rig.post("/refund-applications/2/approve", cashier, "{}"))).isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post("/refund-applications/1/approve", finance, "{}")))
        .isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(done(rig.get("/refund-applications", finance)).path("items").size()).isEqualTo(2);

    JsonNode approved = done(rig.post("/refund-applications/2/approve", finance, "{\"reason\":\"seen\"}"));
    assertThat(approved.path("reviewer").stringValue()).isEqualTo("wang");
    assertThat(balance()).isEqualTo(400_001);
    assertThat(code(rig.post("/refund-applications/2/approve", finance, "{}"))).isEqualTo("REQUEST_STATE");
    assertThat(code(rig.post("/refund-applications/1/reject", finance, "{}"))).isEqualTo("REASON_MISSING");
    done(rig.post("/refund-applications/1/reject", finance, "{\"reason\":\"more than it cost\"}"));
    JsonNode notice = done(rig.get("/accounts/1/notices", cashier)).path("items").path(0);
    assertThat(notice.path("kind").stringValue()).isEqualTo("REFUND_REJECTED");
    assertThat(notice.path("text").stringValue()).isEqualTo("more than it cost");
    assertThat(balance()).isEqualTo(400_001);
    assertThat(code(rig.get("/refund-applications/9", finance))).isEqualTo("REQUEST_UNKNOWN");
  }

  @Test
  @Requirement({"RFD-02"})
  void nobodyReviewsWhatHeBroughtIn() throws Exception {
    String sale = sold(200_000);
    done(rig.post("/refund-applications", finance,
        "{\"transactionId\":\"" + sale + "\",\"amount\":\"2000.00\",\"reason\":\"all\"}"));
    assertThat(code(rig.post("/refund-applications/1/approve", finance, "{}"))).isEqualTo("REQUEST_OWN");
    assertThat(code(rig.post("/refund-applications/1/reject", finance, "{\"reason\":\"x\"}")))
        .isEqualTo("REQUEST_OWN");
  }

  @Test
  @Requirement({"RFD-01"})
  void whoeverIsNotEligibleIsRejectedAndToldWhy() throws Exception {
    String sale = sold(700);
    assertThat(why(done(apply(sale, "1.00", ",\"accountId\":9")))).isEqualTo("REJECTED NOT_OWN");
    String recharge = done(rig.post("/accounts/1/recharge", cashier, "{\"amount\":\"5.00\"}"))
        .path("transactionId").stringValue();
    assertThat(why(done(apply(recharge, "1.00", "")))).isEqualTo("REJECTED NOT_REFUNDABLE");
    rig.server.now += Duration.ofDays(31).toMillis();
    rig.signIn(cashier, ApiRig.PASSWORD);
    assertThat(why(done(apply(sale, "1.00", "")))).isEqualTo("REVIEW SALE_OLD");
    rig.server.now += Duration.ofDays(150).toMillis();
    rig.signInWithAnother(cashier, "another horse battery");
    assertThat(why(done(apply(sale, "1.00", "")))).isEqualTo("REJECTED SALE_TOO_OLD");
    assertThat(done(rig.get("/accounts/1/notices", cashier)).path("items").size()).isEqualTo(3);
    assertThat(code(apply("0".repeat(32), "1.00", ""))).isEqualTo("TRANSACTION_NOT_FOUND");
    assertThat(balance()).isEqualTo(499_800);
  }

  @Test
  @Requirement({"RFD-03", "RFD-04", "RFD-05", "API-07"})
  void aMerchantRefundIsCheckedInOrderAndEachCheckHasItsCode() throws Exception {
    String technician = rig.operator("qian", Role.TECHNICIAN);
    String nowhere = "/transactions/" + "0".repeat(32) + "/refunds";
    String sale = sold(700);
    String refunds = "/transactions/" + sale + "/refunds";
    String much = "{\"amount\":\"7.01\",\"reason\":\"cold\"}";
    assertThat(code(rig.post(nowhere, technician, much))).as("permission first").isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post(nowhere, cashier, much))).isEqualTo("TRANSACTION_NOT_FOUND");
    String recharge = done(rig.post("/accounts/1/recharge", cashier, "{\"amount\":\"5.00\"}"))
        .path("transactionId").stringValue();
    assertThat(code(rig.post("/transactions/" + recharge + "/refunds", cashier, much)))
        .as("status before amount").isEqualTo("TRANSACTION_STATUS");
    assertThat(code(rig.post(refunds, cashier, much))).isEqualTo("REFUND_AMOUNT_EXCEEDED");

    done(rig.post(refunds, cashier, "{\"amount\":\"3.00\",\"reason\":\"cold\"}"));
    var second = rig.send("POST", refunds, cashier, "{\"amount\":\"4.00\",\"reason\":\"cold\"}",
        "Idempotency-Key", "second");
    assertThat(done(second).path("left").stringValue()).isEqualTo("0.00");
    assertThat(rig.send("POST", refunds, cashier, "{\"amount\":\"4.00\",\"reason\":\"cold\"}",
        "Idempotency-Key", "second").answer()).isEqualTo(second.answer());
    assertThat(code(rig.post(refunds, cashier, "{\"amount\":\"0.01\",\"reason\":\"cold\"}")))
        .as("fully refunded").isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(balance()).isEqualTo(500_500);
    assertThat(OpenApi.operationId("POST", "/transactions/{transactionId}/refunds"))
        .isEqualTo("merchant_refund_tx");
  }

  /// The status of a transaction as reports see it.
  private String status(String transaction) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("server.db"));
        var statement = connection.createStatement();
        var rows = statement
            .executeQuery("SELECT transaction_status FROM t_consume_transaction WHERE site = 1"
                + " AND transaction_id = '" + transaction + "'")) {
      return rows.getString(1);
    }
  }

  @Test
  @Requirement({"RFD-06", "RFD-10", "API-02"})
  void aRefundIsATransactionOfItsOwnThenTheBalanceThenTheOriginalsStateThenTheTrailAndItsTimeIsMeasured()
      throws Exception {
    String sale = sold(700);
    String refunds = "/transactions/" + sale + "/refunds";

    JsonNode part = done(rig.post(refunds, cashier, "{\"amount\":\"3.00\",\"reason\":\"cold\"}"));

    String number = part.path("transactionId").stringValue();
    assertThat(number).isNotEqualTo(sale);
    JsonNode booked = done(rig.get("/transactions/" + number, cashier));
    assertThat(booked.path("kind").stringValue()).isEqualTo("REFUND");
    assertThat(booked.path("originalTransactionId").stringValue()).isEqualTo(sale);
    assertThat(balance()).isEqualTo(499_600);
    assertThat(status(sale)).as("a part keeps its state").isEqualTo("2");
    done(rig.post(refunds, cashier, "{\"amount\":\"4.00\",\"reason\":\"cold\"}"));
    assertThat(status(sale)).as("refunded").isEqualTo("5");
    rig.post(refunds, cashier, "{\"amount\":\"0.01\",\"reason\":\"cold\"}");
    List<AuditChain.Link> trail = rig.server.store.auditLinks(1, 0, 100).stream()
        .filter(link -> link.event().entry().action().equals("REFUND")).toList();
    assertThat(trail)
        .extracting(link -> link.event().entry().before() + " -> " + link.event().entry().after())
        .containsExactly("7.00 -> 4.00", "4.00 -> 0.00");
    assertThat(rig.metrics.text()).contains("counterfoil_refund_seconds_bucket{le=\"30.0\"} 2",
        "counterfoil_refund_seconds_count 2");
  }
}
