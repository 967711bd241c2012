package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.gateway.CallbackReading;
import dev.counterfoil.settlement.gateway.CloseAnswer;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.gateway.GatewayEvent;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayOrderRules;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.gateway.GatewayStep;
import dev.counterfoil.settlement.gateway.OrderAnswer;
import dev.counterfoil.settlement.gateway.Payment;
import dev.counterfoil.settlement.gateway.PaymentAnswer;
import dev.counterfoil.settlement.gateway.RefundAnswer;
import dev.counterfoil.settlement.gateway.ScriptedGateway;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.payment.GatewayLine;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.trace.Requirement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Recharges by every method through the API, with gateways that say what the test wants.
class RechargeApiTest {

  private static final long WECHAT = 3;

  @TempDir
  Path folder;
  private final ScriptedGateway wechat = new ScriptedGateway();
  private final ScriptedGateway alipay = new ScriptedGateway();
  private ApiRig rig;
  private String cashier;
  private AccountRow holder;

  @BeforeEach
  void open() throws Exception {
    rig = rig(TestServer.SETTINGS);
    cashier = rig.operator("li.wei", Role.CASHIER);
    holder = rig.server.holder(1, 0);
  }

  private ApiRig rig(CoreSettings settings) throws Exception {
    return new ApiRig(folder, settings,
        List.of(new GatewayLine(GatewayName.WECHAT, wechat, (header, body) -> callback(body)),
            new GatewayLine(GatewayName.ALIPAY, alipay, (header, body) -> callback(body))));
  }

  /// A callback says `ORDER FEN` or is forged.
  private CallbackReading callback(byte[] body) {
    String[] said = new String(body, StandardCharsets.UTF_8).split(" ");
    return said.length == 2 ? new CallbackReading.Genuine(said[0],
        new GatewayEvent.PaymentLearned(paid(said[0], Long.parseLong(said[1]))))
        : new CallbackReading.Refused(new GatewayProblem(GatewayCode.GATEWAY_SIGNATURE, "forged"));
  }

  private PaymentAnswer.Paid paid(String order, long fen) {
    return new PaymentAnswer.Paid(new Payment(order, "42000001", fen, rig.now()));
  }

  @AfterEach
  void close() {
    assertThat(rig.server.ledger().problems()).isEmpty();
    assertThat(rig.server.ledger().sums()).containsEntry("CNY", 0L);
    rig.close();
  }

  private JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private ApiRig.Exchange recharge(String rest) throws Exception {
    return rig.post("/accounts/" + holder.account() + "/recharge", cashier, "{\"amount\":" + rest + "}");
  }

  private String ordered(String rest) throws Exception {
    return done(recharge(rest)).path("transactionId").stringValue();
  }

  private String state(String order) throws Exception {
    return done(rig.get("/recharges/" + order, cashier)).path("state").stringValue();
  }

  private long balance() {
    return rig.server.available(holder);
  }

  private void wakeAfter(Duration pause) {
    rig.server.now += pause.toMillis();
    rig.gateways.wake();
  }

  private int call(String gateway, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest
          .newBuilder(URI.create("http://127.0.0.1:" + rig.port() + "/gateways/" + gateway + "/callback"))
          .POST(HttpRequest.BodyPublishers.ofString(body)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private List<ExceptionRow> exceptions() {
    return rig.server.store.exceptions(TestServer.SITE, true, 0, 100);
  }

  @Test
  @Requirement({"RCH-01", "RCH-02", "RCH-04", "RCH-06", "RCH-07", "RCH-08", "INT-06"})
  void aRechargeByWechatIsBookedOnceHoweverOftenItIsTold() throws Exception {
    JsonNode answer = done(recharge("\"50.00\",\"method\":\"WECHAT\""));
    String order = answer.path("transactionId").stringValue();
    assertThat(answer.path("state").stringValue()).isEqualTo("AWAITING_PAYMENT");
    assertThat(answer.path("payUrl").stringValue()).isEqualTo("weixin://pay/1");
    assertThat(balance()).isZero();

    assertThat(call("wechat", order + " 5000")).isEqualTo(200);
    assertThat(call("wechat", order + " 5000")).isEqualTo(200);
    wechat.payment = paid(order, 5000);
    wakeAfter(Duration.ofMinutes(20));

    assertThat(state(order)).isEqualTo("CREDITED");
    assertThat(balance()).as("the holder gets the whole amount").isEqualTo(5000);
    assertThat(rig.server.balance(LedgerKind.RECHARGE_FEE, WECHAT)).as("0.6 %").isEqualTo(-30);
    assertThat(rig.server.balance(LedgerKind.RECHARGE_CLEARING, WECHAT)).isEqualTo(-4970);
    assertThat(exceptions()).isEmpty();
  }

  @Test
  @Requirement({"RCH-11", "RCH-12", "AUD-03"})
  void aRechargeStandsInTheTrailAndTheHistoryAndHasItsReceipt() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"ALIPAY\"");
    assertThat(rig.get("/recharges/" + order + "/receipt", cashier).status()).as("not booked").isEqualTo(404);
    call("alipay", order + " 5000");

    JsonNode receipt = done(rig.get("/recharges/" + order + "/receipt", cashier));
    assertThat(receipt.path("receiptNumber").stringValue()).startsWith("RCP_");
    assertThat(receipt.path("afterBalance").stringValue()).isEqualTo("50.00");
    assertThat(receipt.path("method").stringValue()).isEqualTo("ALIPAY");
    assertThat(receipt.path("reference").stringValue()).contains("42000001");
    JsonNode change = done(rig.get("/accounts/" + holder.account() + "/changes", cashier)).path("items")
        .path(0);
    assertThat(change.path("changeType").stringValue()).isEqualTo("RECHARGE");
    assertThat(change.path("changeReason").stringValue()).isEqualTo("RECHARGE_ALIPAY");
    assertThat(change.path("operatorName").stringValue()).isEqualTo("li.wei");
    List<String> actions = rig.server.store.auditLinks(TestServer.SITE, 0, 100).stream()
        .map(link -> link.event().entry().actor() + " " + link.event().entry().action()).toList();
    assertThat(actions).contains("li.wei RECHARGE", "gateway/ALIPAY RECHARGE_BOOKED");
    assertThat(done(rig.get("/recharges/"
        + ordered("\"7.00\"") + "/receipt", cashier)).path("method").stringValue()).isEqualTo("CASH");
  }

  @Test
  @Requirement({"RCH-05"})
  void nobodyIsAskedForAnAccountThatIsNotNormal() throws Exception {
    rig.server.core.accounts().apply(TestServer.SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "odd"), rig.server.now);
    assertThat(code(recharge("\"50.00\",\"method\":\"WECHAT\""))).isEqualTo("ACCOUNT_NOT_NORMAL");
    assertThat(wechat.asked).isEmpty();
  }

  @Test
  @Requirement({"RCH-10"})
  void theFirstRechargeByGatewayTakesAPendingAccountIntoUse() throws Exception {
    rig.close();
    rig = rig(TestServer.SETTINGS.withAccounts(TestServer.SETTINGS.accounts().withAutoActivate(false)));
    cashier = rig.operator("wang", Role.CASHIER);
    holder = rig.server.core.accounts().open(TestServer.SITE, "new", true, 0, rig.server.transaction(),
        rig.server.now);
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    assertThat(rig.server.store.account(TestServer.SITE, holder.account()).orElseThrow().status())
        .isEqualTo(AccountStatus.PENDING);
    call("wechat", order + " 5000");
    assertThat(rig.server.store.account(TestServer.SITE, holder.account()).orElseThrow().status())
        .isEqualTo(AccountStatus.NORMAL);
  }

  @Test
  @Requirement({"RCH-03"})
  void anOrderThatFailsLeavesRoomForAnotherMethod() throws Exception {
    wechat.order = new OrderAnswer.Refused(new GatewayProblem(GatewayCode.GATEWAY_REFUSED, "NO_AUTH"));
    JsonNode failed = done(recharge("\"9000.00\",\"method\":\"WECHAT\""));
    assertThat(failed.path("state").stringValue()).isEqualTo("FAILED");
    assertThat(failed.path("problem").stringValue()).contains("NO_AUTH");
    String order = ordered("\"9000.00\",\"method\":\"ALIPAY\"");
    call("alipay", order + " 900000");
    assertThat(balance()).isEqualTo(900_000);
  }

  @Test
  @Requirement({"RCH-09"})
  void whatIsUnderWayCountsAgainstTheLimitOfTheDay() throws Exception {
    ordered("\"6000.00\",\"method\":\"WECHAT\"");
    assertThat(code(recharge("\"4000.01\",\"method\":\"ALIPAY\""))).isEqualTo("RECHARGE_SELF_LIMIT");
    ordered("\"4000.00\",\"method\":\"ALIPAY\"");
    ordered("\"10000.00\"");
    assertThat(code(recharge("\"10000.01\""))).isEqualTo("RECHARGE_LIMIT");
  }

  @Test
  @Requirement({"RCH-09"})
  void whatIsAnnouncedCountsAgainstSumAndNumberOfTheDay() throws Exception {
    for (int i = 0; i < 5; i++) {
      ordered("\"10000.00\",\"method\":\"BANK_TRANSFER\",\"reference\":\"B-" + i + "\"");
    }
    assertThat(code(recharge("\"1.00\""))).isEqualTo("RECHARGE_DAY_LIMIT");
    holder = rig.server.holder(2, 0);
    for (int i = 0; i < 10; i++) {
      ordered("\"1.00\",\"method\":\"PAYROLL\",\"reference\":\"P-" + i + "\"");
    }
    assertThat(code(recharge("\"1.00\""))).isEqualTo("RECHARGE_COUNT");
  }

  @Test
  void anAnswerThatNeverComesStaysUnknownUntilItIsKnown() throws Exception {
    wechat.fallSilent();
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    assertThat(state(order)).isEqualTo("CREATED");
    for (int i = 0; i < 4; i++) {
      wakeAfter(Duration.ofMinutes(10));
    }
    assertThat(state(order)).isEqualTo("CREATED");
    wechat.close = new CloseAnswer.AlreadyPaid();
    wechat.payment = paid(order, 5000);
    wakeAfter(Duration.ofMinutes(10));
    assertThat(state(order)).isEqualTo("CREDITED");
    assertThat(balance()).isEqualTo(5000);
  }

  /// The order was durable and nobody was asked: the next server asks.
  @Test
  void whatACrashLeftIsAskedForByTheNextServer() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    rig.close();
    wechat.payment = paid(order, 5000);
    rig = rig(TestServer.SETTINGS);
    rig.server.now += 120_000;
    wakeAfter(Duration.ofMinutes(1));
    assertThat(balance()).isEqualTo(5000);
  }

  @Test
  @Requirement({"SEC-03", "RCH-08"})
  void aForgedCallbackIsRefusedAndWritesNothing() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    long audit = rig.server.store.auditChain(TestServer.SITE).number();
    assertThat(call("wechat", "forged")).isEqualTo(400);
    assertThat(call("wechat", "0123456789abcdef0123456789abcdef 5000")).as("unknown order").isEqualTo(500);
    assertThat(call("alipay", order + " 5000")).as("the other gateway's order").isEqualTo(500);
    assertThat(call("wechat", "x".repeat(70_000))).isEqualTo(413);
    assertThat(call("paypal", order + " 5000")).isEqualTo(404);
    assertThat(state(order)).isEqualTo("AWAITING_PAYMENT");
    assertThat(balance()).isZero();
    assertThat(rig.server.store.auditChain(TestServer.SITE).number()).isEqualTo(audit);
  }

  @Test
  void anotherAmountThanAskedForIsNotBookedAndShown() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    call("wechat", order + " 4999");
    call("wechat", order + " 4999");
    assertThat(state(order)).isEqualTo("DISPUTED");
    assertThat(balance()).isZero();
    assertThat(exceptions()).extracting(row -> row.kind().name()).containsExactly("GATEWAY_AMOUNT_DIFFERS");
  }

  @Test
  void moneyForAnAccountThatWasFrozenMeanwhileIsBookedAndShown() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    rig.server.core.accounts().apply(TestServer.SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "odd"), rig.server.now);
    call("wechat", order + " 5000");
    assertThat(balance()).isEqualTo(5000);
    assertThat(exceptions()).extracting(row -> row.kind().name()).containsExactly("ACCOUNT_NOT_NORMAL");
  }

  @Test
  void theSameKeyFindsTheSameOrderAndAsksNobodyAgain() throws Exception {
    String path = "/accounts/" + holder.account() + "/recharge";
    String body = "{\"amount\":\"50.00\",\"method\":\"WECHAT\"}";
    JsonNode first = done(rig.send("POST", path, cashier, body, "Idempotency-Key", "k"));
    call("wechat", first.path("transactionId").stringValue() + " 5000");
    JsonNode again = done(rig.send("POST", path, cashier, body, "Idempotency-Key", "k"));
    assertThat(again.path("transactionId")).isEqualTo(first.path("transactionId"));
    assertThat(again.path("state").stringValue()).as("as it is now").isEqualTo("CREDITED");
    assertThat(wechat.asked).containsExactly("order 5000");
  }

  @Test
  void aGatewayThatIsNotSetUpIsRefused() throws Exception {
    rig.close();
    rig = new ApiRig(folder);
    cashier = rig.operator("wang", Role.CASHIER);
    assertThat(code(recharge("\"50.00\",\"method\":\"WECHAT\""))).isEqualTo("GATEWAY_NOT_CONFIGURED");
  }

  private String paidOrder() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    call("wechat", order + " 5000");
    return order;
  }

  private ApiRig.Exchange refund(String order, String amount) throws Exception {
    return rig.post("/recharges/" + order + "/refunds", cashier,
        "{\"amount\":\"" + amount + "\",\"reason\":\"too much\"}");
  }

  @Test
  @Requirement({"PAY-09", "RFD-05"})
  void aRefundIsReservedThenPaidBackByTheGatewayAndThenLeavesTheHolder() throws Exception {
    String order = paidOrder();
    JsonNode asked = done(refund(order, "20.00"));
    assertThat(asked.path("refunds").path(0).path("state").stringValue()).isEqualTo("OPEN");
    assertThat(asked.path("left").stringValue()).isEqualTo("30.00");
    assertThat(balance()).as("reserved").isEqualTo(3000);
    assertThat(rig.server.balance(LedgerKind.CASH, holder.account())).isEqualTo(5000);

    wechat.refund = new RefundAnswer.Refunded(asked.path("refunds").path(0).path("refundId").stringValue(),
        2000);
    wakeAfter(Duration.ofSeconds(10));
    wakeAfter(Duration.ofMinutes(10));

    assertThat(rig.server.balance(LedgerKind.CASH, holder.account())).isEqualTo(3000);
    assertThat(rig.server.balance(LedgerKind.RECHARGE_FEE, WECHAT)).isEqualTo(-18);
    assertThat(code(refund(order, "30.01"))).isEqualTo("REFUND_AMOUNT_EXCEEDED");
    String changes = done(rig.get("/accounts/" + holder.account() + "/changes", cashier)).toString();
    assertThat(changes).contains("RECHARGE_REFUND_REQUEST", "\"frozenAmount\":\"-20.00\"");
  }

  @Test
  @Requirement({"PAY-09"})
  void aRefundThatTheGatewayDoesNotMakeIsTheHoldersAgain() throws Exception {
    String order = paidOrder();
    wechat.refund = new RefundAnswer.Refused(new GatewayProblem(GatewayCode.GATEWAY_REFUSED, "NOT_ENOUGH"));
    JsonNode refused = done(refund(order, "20.00"));
    assertThat(refused.path("refunds").path(0).path("state").stringValue()).isEqualTo("REFUSED");
    assertThat(balance()).isEqualTo(5000);
    assertThat(refused.path("left").stringValue()).isEqualTo("50.00");
  }

  /// A callback and an answer that saw the same order: one of them looks again.
  @Test
  @Requirement({"RCH-08"})
  void whatWasSteppedFromAnOlderStateIsNotWritten() throws Exception {
    String order = ordered("\"50.00\",\"method\":\"WECHAT\"");
    GatewayOrder seen = rig.server.store.recharges()
        .order(TestServer.SITE, TransactionId.parse(order)).orElseThrow().order();
    GatewayStep paid = GatewayOrderRules.step(seen, new GatewayEvent.PaymentLearned(paid(order, 5000)),
        rig.now());
    GatewayStep closed = GatewayOrderRules.step(seen,
        new GatewayEvent.CloseLearned(new CloseAnswer.Closed()), rig.now());
    assertThat(take(seen, closed)).isTrue();
    assertThat(take(seen, paid)).as("it is closed by now").isFalse();
    assertThat(balance()).isZero();
    call("wechat", order + " 5000");
    assertThat(exceptions()).extracting(row -> row.kind().name()).containsExactly("GATEWAY_PAID_AFTER_CLOSE");
    assertThat(balance()).isEqualTo(5000);
  }

  private boolean take(GatewayOrder seen, GatewayStep step) {
    return rig.server.core.collections().take(TestServer.SITE, seen, step.order(), step.entries(),
        rig.server.now);
  }

  @Test
  void aRechargeByGatewayIsNotReversedByHand() throws Exception {
    String order = paidOrder();
    assertThat(code(rig.post("/transactions/" + order + "/reversal", rig.operator("zhou", Role.FINANCE),
        "{\"reason\":\"wrong\"}"))).isEqualTo("TRANSACTION_STATUS");
    assertThat(balance()).isEqualTo(5000);
  }

  @Test
  void whatIsSpentCannotBeGivenBack() throws Exception {
    String order = paidOrder();
    done(rig.post("/accounts/" + holder.account() + "/freezes", cashier,
        "{\"amount\":\"40.00\",\"kind\":\"SECURITY\",\"reason\":\"odd\"}"));
    assertThat(code(refund(order, "10.01"))).isEqualTo("BALANCE_INSUFFICIENT");
    assertThat(wechat.asked).doesNotContain("refund 1001");
  }

  @Test
  @Requirement({"RCH-04", "INT-07"})
  void aBankTransferIsPendingUntilItsWorkingDayAndCostsATenthOfAPercent() throws Exception {
    // A Thursday: two working days later is Monday.
    rig.server.now = Instant.parse("2026-11-26T10:00:00Z").toEpochMilli();
    cashier = rig.operator("wang", Role.CASHIER);
    JsonNode pending = done(recharge("\"333.33\",\"method\":\"BANK_TRANSFER\",\"reference\":\"B-1\""));
    assertThat(pending.path("arrivesAt").stringValue()).isEqualTo("2026-11-30T00:00:00Z");
    assertThat(pending.path("fee").stringValue()).isEqualTo("0.33");
    assertThat(done(rig.get("/recharges", cashier)).path("items").size()).isEqualTo(1);
    assertThat(code(recharge("\"1.00\",\"method\":\"BANK_TRANSFER\",\"reference\":\"B-1\"")))
        .isEqualTo("REFERENCE_USED");

    rig.server.core.tick(Instant.parse("2026-11-29T23:59:59Z").toEpochMilli());
    assertThat(balance()).isZero();
    rig.server.core.tick(Instant.parse("2026-11-30T00:00:00Z").toEpochMilli());
    rig.server.core.tick(Instant.parse("2026-11-30T00:00:01Z").toEpochMilli());
    assertThat(balance()).isEqualTo(33_333);
    assertThat(rig.server.balance(LedgerKind.RECHARGE_FEE, 7)).isEqualTo(-33);
    assertThat(state(pending.path("transactionId").stringValue())).isEqualTo("CREDITED");
  }

  @Test
  void anOperatorMayConfirmOrCancelWhatIsAnnounced() throws Exception {
    String early = ordered("\"10.00\",\"method\":\"PAYROLL\",\"reference\":\"P-1\"");
    String never = ordered("\"20.00\",\"method\":\"PAYROLL\",\"reference\":\"P-2\"");
    done(rig.post("/recharges/" + early + "/confirm", cashier, "{}"));
    assertThat(balance()).isEqualTo(1000);
    assertThat(code(rig.post("/recharges/" + early + "/cancel", cashier, "{\"reason\":\"no\"}")))
        .isEqualTo("RECHARGE_STATE");
    assertThat(code(rig.post("/recharges/" + never + "/cancel", cashier, "{}"))).isEqualTo("REASON_MISSING");
    done(rig.post("/recharges/" + never + "/cancel", cashier, "{\"reason\":\"left\"}"));
    rig.server.core.tick(rig.server.now + Duration.ofDays(60).toMillis());
    assertThat(balance()).isEqualTo(1000);
    assertThat(code(rig.post("/recharges/" + never + "/confirm", cashier, "{}"))).isEqualTo("RECHARGE_STATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ONE_CARD", "BANK_CARD", "SUBSIDY"})
  @Requirement({"RCH-02", "RCH-04"})
  void whatTheMachineTheSlipOrTheGrantProvesIsThereAtOnceAndFree(String method) throws Exception {
    JsonNode there = done(recharge("\"10.00\",\"method\":\"" + method + "\",\"reference\":\"S-1\""));
    assertThat(there.path("state").stringValue()).isEqualTo("CREDITED");
    assertThat(there.path("fee").stringValue()).isEqualTo("0.00");
    assertThat(balance()).isEqualTo(1000);
    assertThat(code(recharge("\"10.00\",\"method\":\"" + method + "\""))).isEqualTo("FIELD_MISSING");
  }

  @Test
  @Requirement({"PAY-25"})
  void aGatewayThatFailsAgainAndAgainIsNotTriedForAWhile() throws Exception {
    wechat.fallSilent();
    for (int i = 0; i < 5; i++) {
      ordered("\"1.00\",\"method\":\"WECHAT\"");
      ordered("\"1.00\",\"method\":\"WECHAT\"");
      holder = rig.server.holder(10 + i, 0);
    }
    int asked = wechat.asked.size();
    var refused = rig.send("POST", "/accounts/" + holder.account() + "/recharge", cashier,
        "{\"amount\":\"1.00\",\"method\":\"WECHAT\"}", "Idempotency-Key", "later");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(code(refused)).isEqualTo("CIRCUIT_OPEN");
    assertThat(refused.answer().path("facts").stringValue()).contains("consumePayment");
    assertThat(refused.retryAfter()).isEqualTo("30");
    assertThat(wechat.asked).hasSize(asked);
    assertThat(code(recharge("\"1.00\""))).as("cash needs nobody").isEqualTo("OK");

    rig.server.now += 30_000;
    wechat.order = new OrderAnswer.Accepted("weixin://pay/2");
    assertThat(done(rig.send("POST", "/accounts/" + holder.account() + "/recharge", cashier,
        "{\"amount\":\"1.00\",\"method\":\"WECHAT\"}", "Idempotency-Key", "later")).path("state")
        .stringValue()).isEqualTo("AWAITING_PAYMENT");
  }

  @Test
  @Requirement({"RCH-13", "API-07"})
  void aMembersProgramRechargesTheAccountOfACardAndItIsCreditedOnce() throws Exception {
    ApiRig.Machine app = rig.machine("member-app", Permission.RECHARGE, Permission.ACCOUNT_VIEW);
    String path = "/cards/" + TestServer.token(1).toHex() + "/recharge";
    String body = "{\"amount\":\"50.00\",\"method\":\"WECHAT\"}";

    JsonNode answer = done(
        rig.signed(app, "POST", path, body, "nonce-0123456789-1", rig.now().getEpochSecond()));
    assertThat(answer.path("payUrl").stringValue()).isEqualTo("weixin://pay/1");
    assertThat(answer.path("accountId").longValue()).isEqualTo(holder.account());
    String order = answer.path("transactionId").stringValue();
    assertThat(call("wechat", order + " 5000")).isEqualTo(200);
    assertThat(call("wechat", order + " 5000")).isEqualTo(200);

    assertThat(state(order)).isEqualTo("CREDITED");
    assertThat(balance()).isEqualTo(5_000);
    assertThat(code(rig.post("/cards/" + TestServer.token(9).toHex() + "/recharge", cashier, body)))
        .isEqualTo("CARD_UNKNOWN");
    done(rig.post("/cards/" + TestServer.token(1).toHex() + "/retire", cashier, "{}"));
    assertThat(code(rig.post(path, cashier, body))).isEqualTo("CARD_UNKNOWN");
    assertThat(OpenApi.operationId("POST", "/cards/{token}/recharge")).isEqualTo("user_recharge_card");
  }

  @Test
  @Requirement({"API-01"})
  void whoeverWaitsForAGatewayHoldsUpNobodyAndEveryAnswerHasTheOneShape() throws Exception {
    AccountRow other = rig.server.holder(2, 0);
    String path = "/accounts/" + other.account();
    var seen = new ArrayList<JsonNode>();
    wechat.meanwhile = () -> {
      try {
        seen.add(rig.post(path + "/recharge", cashier, "{\"amount\":\"7.00\"}").answer());
        seen.add(rig.get(path + "/balance", cashier).answer());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };

    seen.add(recharge("\"50.00\",\"method\":\"WECHAT\"").answer());

    assertThat(seen).hasSize(3).allSatisfy(answer -> assertThat(answer.propertyNames())
        .containsExactly("code", "message", "data"));
    assertThat(seen.get(1).path("data").path("balance").stringValue()).isEqualTo("7.00");
    assertThat(seen.getLast().path("data").path("state").stringValue()).isEqualTo("AWAITING_PAYMENT");
    assertThat(rig.get("/accounts/99", cashier).answer().propertyNames())
        .containsExactly("code", "message", "facts");
  }
}
