package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Provisional charges by a cash register and by a cashier.
class PredebitApiTest {

  private static final String CARD = "\"terminal\":1,\"uid\":\"04A1B201\"";

  @TempDir
  Path folder;
  private ApiRig rig;
  private String cashier;
  private ApiRig.Machine register;
  private AccountRow holder;
  private int nonces;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    register = rig.machine("bath.1", Permission.CHARGE, Permission.ACCOUNT_VIEW);
    rig.server.terminal();
    holder = rig.server.holder(1, 60_000);
  }

  @AfterEach
  void close() {
    assertThat(rig.server.ledger().problems()).isEmpty();
    rig.close();
  }

  private static JsonNode data(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private ApiRig.Exchange signed(String method, String path, String body) throws Exception {
    nonces++;
    return rig.signed(register, method, path, body, "nonce-0123456789-" + nonces,
        rig.now().getEpochSecond());
  }

  private String available() throws Exception {
    return data(rig.get("/accounts/" + holder.account() + "/balance", cashier)).path("availableBalance")
        .stringValue();
  }

  @Test
  @Requirement({"PAY-24", "AUD-01", "SEC-03"})
  void aRegisterHoldsAndSettlesLessAndEverythingIsInTheTrail() throws Exception {
    ApiRig.Exchange opened = signed("POST", "/predebits", "{" + CARD + ",\"amount\":\"30.00\"}");
    assertThat(opened.status()).isEqualTo(201);
    String id = data(opened).path("transactionId").stringValue();
    assertThat(data(opened).path("state").stringValue()).isEqualTo("HELD");
    assertThat(available()).isEqualTo("570.00");
    assertThat(data(rig.get("/predebits", cashier)).path("items")).hasSize(1);

    JsonNode done = data(signed("POST", "/predebits/" + id + "/settlement", "{\"amount\":\"18.50\"}"));

    assertThat(done.path("charged").stringValue()).isEqualTo("18.50");
    assertThat(done.path("back").stringValue()).isEqualTo("11.50");
    assertThat(available()).isEqualTo("581.50");
    assertThat(data(signed("GET", "/predebits/" + id, "")).path("state").stringValue()).isEqualTo("SETTLED");
    assertThat(data(rig.get("/transactions/" + id, cashier)).path("amount").stringValue()).isEqualTo("18.50");
    assertThat(code(rig.post("/predebits/" + id + "/cancellation", cashier, "{}")))
        .isEqualTo("PREDEBIT_CLOSED");
    assertThat(rig.server.store.auditLinks(1, 0, 100).toString()).contains("PREDEBIT", "PREDEBIT_SETTLE",
        "machine/bath.1", "SETTLED 18.50");
  }

  /// The answer may get lost: whoever asked finds what became of it by asking again or by its id (asynchronous payment).
  @Test
  @Requirement({"PAY-24", "PAY-17"})
  void theSameKeyGetsTheSameAnswerAndItsStateCanBeAskedForLater() throws Exception {
    String body = "{" + CARD + ",\"amount\":\"30.00\"}";
    JsonNode first = data(rig.send("POST", "/predebits", cashier, body, "Idempotency-Key", "k1"));
    rig.server.restart();
    assertThat(data(rig.send("POST", "/predebits", cashier, body, "Idempotency-Key", "k1"))).isEqualTo(first);
    assertThat(available()).isEqualTo("570.00");
    assertThat(code(rig.send("POST", "/predebits", cashier, "{" + CARD + ",\"amount\":\"31.00\"}",
        "Idempotency-Key", "k1"))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    String path = "/predebits/" + first.path("transactionId").stringValue();
    assertThat(data(rig.get(path, cashier))).isEqualTo(first);

    JsonNode back = data(rig.post(path + "/cancellation", cashier, "{\"reason\":\"no water\"}"));
    assertThat(back.path("state").stringValue()).isEqualTo("RELEASED");
    assertThat(back.path("back").stringValue()).isEqualTo("30.00");
    assertThat(available()).isEqualTo("600.00");
  }

  @Test
  @Requirement({"PAY-22", "PAY-06"})
  void whatIsDeclinedIsAnAnswerWithItsReasonAndNothingIsHeld() throws Exception {
    ApiRig.Exchange declined = rig.post("/predebits", cashier, "{" + CARD + ",\"amount\":\"1000.01\"}");
    assertThat(declined.status()).isEqualTo(200);
    assertThat(data(declined).path("state").stringValue()).isEqualTo("DECLINED");
    assertThat(data(declined).path("reason").stringValue()).isEqualTo("LIMIT_PER_TRANSACTION");
    assertThat(data(rig.get("/predebits/" + data(declined).path("transactionId").stringValue(), cashier))
        .path("reason").stringValue()).isEqualTo("LIMIT_PER_TRANSACTION");
    assertThat(available()).isEqualTo("600.00");
    assertThat(
        code(rig.post("/predebits", cashier, "{\"terminal\":9,\"uid\":\"04A1B201\",\"amount\":\"1\"}")))
        .isEqualTo("TERMINAL_UNKNOWN");
    assertThat(code(rig.get("/predebits/" + "0".repeat(32), cashier))).isEqualTo("PREDEBIT_UNKNOWN");
  }

  @Test
  @Requirement({"PAY-28", "LIM-16"})
  void aLargeOneNeedsThePasswordAndWrongOnesCount() throws Exception {
    String large = "{" + CARD + ",\"amount\":\"500.00\"";
    assertThat(data(rig.post("/predebits", cashier, large + "}")).path("reason").stringValue())
        .isEqualTo("PASSWORD_NOT_SET");
    data(rig.send("PUT", "/accounts/" + holder.account() + "/password", cashier, "{\"password\":\"271828\"}",
        "Idempotency-Key", "p1"));
    assertThat(code(rig.send("POST", "/predebits", cashier, large + "}", "Idempotency-Key", "p2")))
        .isEqualTo("PASSWORD_NEEDED");
    assertThat(data(rig.post("/predebits", cashier, large + ",\"password\":\"000000\"}")).path("reason")
        .stringValue()).isEqualTo("PASSWORD_WRONG");
    assertThat(rig.server.store.profiles().password(1, holder.account()).orElseThrow().guard().wrong())
        .isEqualTo(1);
    assertThat(data(rig.send("POST", "/predebits", cashier, large + ",\"password\":\"271828\"}",
        "Idempotency-Key", "p2")).path("state").stringValue()).isEqualTo("HELD");
    assertThat(available()).isEqualTo("100.00");
  }

  @Test
  @Requirement({"PAY-24", "LIM-21"})
  void whatIsMoreThanMayBeChargedIsRefusedWithTheLimitOrTakenAsFarAsItGoes() throws Exception {
    String id = data(rig.post("/predebits", cashier, "{" + CARD + ",\"amount\":\"400.00\"}"))
        .path("transactionId").stringValue();
    String path = "/predebits/" + id + "/settlement";
    ApiRig.Exchange refused = rig.post(path, cashier, "{\"amount\":\"1000.01\"}");
    assertThat(code(refused)).isEqualTo("PREDEBIT_EXCEEDED");
    assertThat(refused.answer().path("facts").stringValue())
        .isEqualTo("reason=LIMIT_PER_TRANSACTION held=400.00 final=1000.01");

    JsonNode done = data(rig.post(path, cashier, "{\"amount\":\"450.00\",\"takeWhatIsThere\":true}"));

    assertThat(done.path("charged").stringValue()).isEqualTo("450.00");
    assertThat(done.path("unpaid").stringValue()).isEqualTo("0.00");
    assertThat(available()).isEqualTo("150.00");
  }

  @Test
  @Requirement({"API-02", "API-03", "PAY-25"})
  void eachNamedOperationHasItsOwnCircuitThatIsNotTriedWhileItFails() throws Exception {
    String card = "{" + CARD + ",\"amount\":\"1.00\"}";
    String sale = data(rig.post("/predebits", cashier, card)).path("transactionId").stringValue();
    data(rig.post("/predebits/" + sale + "/settlement", cashier, "{\"amount\":\"1.00\"}"));
    String refund = "{\"amount\":\"0.10\",\"reason\":\"cold\"}";

    fail(GuardedOperation.CONSUME_CHARGE);
    ApiRig.Exchange shut = rig.post("/predebits", cashier, card);
    assertThat(code(shut)).isEqualTo("CIRCUIT_OPEN");
    assertThat(shut.answer().path("facts").stringValue()).isEqualTo("operation=consumePayment/card");
    assertThat(shut.retryAfter()).isEqualTo("30");
    data(rig.post("/transactions/" + sale + "/refunds", cashier, refund));
    data(rig.post("/accounts", cashier, "{\"ownerName\":\"zhang\"}"));

    fail(GuardedOperation.CONSUME_REFUND);
    fail(GuardedOperation.CONSUME_ACCOUNT);
    assertThat(code(rig.post("/transactions/" + sale + "/refunds", cashier, refund)))
        .isEqualTo("CIRCUIT_OPEN");
    assertThat(code(rig.post("/accounts", cashier, "{\"ownerName\":\"li\"}"))).isEqualTo("CIRCUIT_OPEN");
    rig.server.now += 30_000;
    assertThat(data(rig.post("/predebits", cashier, card)).path("state").stringValue()).isEqualTo("HELD");
  }

  private void fail(GuardedOperation operation) {
    for (int i = 0; i < 20; i++) {
      rig.circuits.of(operation).failed();
    }
  }
}
