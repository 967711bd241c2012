package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.admin.TestRecruitment;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Transfers, freezes, withdrawals and adjustments through the API.
class MoneyApiTest {

  @TempDir
  Path folder;
  private ApiRig rig;
  private String cashier;
  private String finance;
  private String other;
  private AccountRow payer;
  private AccountRow payee;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    finance = rig.operator("wang", Role.FINANCE);
    other = rig.operator("zhou", Role.FINANCE);
    payer = rig.server.holder(1, 10_000);
    payee = rig.server.holder(2, 0);
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

  private String balance(AccountRow account, String which) throws Exception {
    return done(rig.get("/accounts/" + account.account() + "/balance", cashier)).path(which).stringValue();
  }

  private String of(AccountRow account, String what) {
    return "/accounts/" + account.account() + "/" + what;
  }

  @Test
  @Requirement({"API-04", "TRF-05"})
  void moneyGoesFromOneAccountToAnotherAtOnce() throws Exception {
    done(rig.post(of(payer, "transfer"), cashier,
        "{\"toAccountId\":" + payee.account() + ",\"amount\":\"30.00\",\"reason\":\"lunch\"}"));
    assertThat(balance(payer, "balance")).isEqualTo("70.00");
    assertThat(balance(payee, "balance")).isEqualTo("30.00");
    assertThat(code(rig.post(of(payer, "transfer"), cashier,
        "{\"toAccountId\":" + payee.account() + ",\"amount\":\"70.01\"}"))).isEqualTo("BALANCE_INSUFFICIENT");
    assertThat(balance(payer, "balance")).isEqualTo("70.00");
  }

  @Test
  @Requirement({"SUB-10", "SUB-11"})
  void grantedMoneyIsShownBesideTheHoldersOwn() throws Exception {
    String body = """
        {"name":"meal/2026-11","amount":"25.00","until":"2026-12-01T00:00:00Z","department":7,
         "reason":"canteen"}""";
    assertThat(code(rig.post(of(payer, "subsidies"), cashier, body))).isEqualTo("NOT_PERMITTED");
    JsonNode granted = done(rig.post(of(payer, "subsidies"), finance, body));
    assertThat(code(rig.post(of(payer, "subsidies"), finance, body))).isEqualTo("SUBSIDY_GRANTED");

    JsonNode purses = done(rig.get(of(payer, "purses"), cashier)).path("purses");
    assertThat(purses.path(0).path("kind").stringValue()).isEqualTo("CASH");
    assertThat(purses.path(0).path("balance").stringValue()).isEqualTo("100.00");
    assertThat(purses.path(1).path("purseId").longValue()).isEqualTo(granted.path("purseId").longValue());
    assertThat(purses.path(1).path("balance").stringValue()).isEqualTo("25.00");
    assertThat(purses.path(1).path("expiresAt").stringValue()).startsWith("2026-12-01T00:00:00");
    assertThat(balance(payer, "balance")).isEqualTo("125.00");
    assertThat(balance(payer, "availableBalance")).isEqualTo("125.00");
    assertThat(balance(payer, "cashBalance")).isEqualTo("100.00");
    assertThat(balance(payer, "subsidyBalance")).isEqualTo("25.00");
    assertThat(rig.server.store.auditLinks(1, 0, 100).toString()).contains("SUBSIDY_GRANT");
    assertThat(rig.server.balance(LedgerKind.SUBSIDY_FUNDING, 7)).as("department 7 pays").isEqualTo(-2_500);
    assertThat(rig.server.store.money()
        .note(1, TransactionId.parse(granted.path("transactionId").stringValue()))
        .map(note -> note.operator() + " " + note.reason())).contains("wang canteen");
  }

  @Test
  @Requirement({"PAY-28"})
  void aPasswordIsSetByTheDeskAndNeitherItNorItsHashIsToldOrKeptInAnswers() throws Exception {
    String path = of(payer, "password");
    assertThat(code(put(path, "k1", "{\"password\":\"12345\"}"))).isEqualTo("PASSWORD_DIGITS");
    JsonNode set = done(put(path, "k2", "{\"password\":\"271828\"}"));
    assertThat(set.path("passwordSet").booleanValue()).isTrue();
    var stored = rig.server.store.profiles().password(1, payer.account()).orElseThrow();
    assertThat(TestRecruitment.holders(new SplittableRandom(1)).hashes().verify(stored.password(),
        "271828".toCharArray())).isEqualTo(PasswordCheck.Match.RIGHT);
    // The same key stands for the same request, whatever the secret in it was.
    done(put(path, "k2", "{\"password\":\"314159\"}"));
    assertThat(rig.server.store.profiles().password(1, payer.account())).contains(stored);
    assertThat(code(put(path, "k2", "{\"password\":\"314159\",\"reason\":\"other\"}")))
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");

    done(put(of(payer, "security-question"), "k3", "{\"question\":\"Pet?\",\"answer\":\"Tiger\"}"));
    done(rig.post(path + "/unlock", cashier, "{}"));
    assertThat(code(rig.post(of(payee, "password/unlock"), cashier, "{}"))).isEqualTo("PASSWORD_NOT_SET");
    JsonNode removed = done(rig.send("DELETE", path, cashier, "{}", "Idempotency-Key", "k4"));
    assertThat(removed.path("passwordSet").booleanValue()).isFalse();
    String trail = rig.server.store.auditLinks(1, 0, 100).toString();
    assertThat(trail).contains("PASSWORD_SET", "PASSWORD_REMOVE", "SECURITY_QUESTION")
        .doesNotContain("271828", "argon2", "Tiger");
  }

  private ApiRig.Exchange put(String path, String key, String body) throws Exception {
    return rig.send("PUT", path, cashier, body, "Idempotency-Key", key);
  }

  @Test
  void manyLinesAreEachToldWhatBecameOfThem() throws Exception {
    JsonNode answer = done(rig.post("/transfers", cashier, "{\"subType\":\"GROUP\",\"lines\":["
        + "{\"fromAccountId\":1,\"toAccountId\":2,\"amount\":\"60.00\"},"
        + "{\"fromAccountId\":1,\"toAccountId\":77,\"amount\":\"1.00\"},"
        + "{\"fromAccountId\":1,\"toAccountId\":2,\"amount\":\"60.00\"}]}"));
    assertThat(answer.path("done").longValue()).isEqualTo(1);
    assertThat(answer.path("lines").path(1).path("outcome").stringValue()).isEqualTo("PAYEE_UNKNOWN");
    assertThat(answer.path("lines").path(2).path("outcome").stringValue()).isEqualTo("BALANCE_INSUFFICIENT");
    assertThat(balance(payee, "balance")).isEqualTo("60.00");
    assertThat(code(rig.post("/transfers", cashier, "{\"subType\":\"GROUP\",\"lines\":[]}")))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(rig.post("/transfers", cashier, "{\"subType\":\"REFUND\",\"lines\":[]}")))
        .isEqualTo("FIELD_INVALID");
  }

  @Test
  @Requirement({"BAL-04", "FRZ-03"})
  void aFrozenAmountStaysAndCannotBeSpentUntilItIsReleased() throws Exception {
    JsonNode frozen = done(rig.post(of(payer, "freezes"), cashier,
        "{\"amount\":\"80.00\",\"kind\":\"SECURITY\",\"reason\":\"odd taps\"}"));
    assertThat(balance(payer, "balance")).isEqualTo("100.00");
    assertThat(balance(payer, "frozenBalance")).isEqualTo("80.00");
    assertThat(balance(payer, "availableBalance")).isEqualTo("20.00");
    assertThat(code(rig.post(of(payer, "transfer"), cashier, "{\"toAccountId\":2,\"amount\":\"20.01\"}")))
        .isEqualTo("BALANCE_INSUFFICIENT");

    String release = "/freezes/" + frozen.path("freezeId").longValue() + "/release";
    assertThat(code(rig.post(release, cashier, "{}"))).isEqualTo("FIELD_MISSING");
    done(rig.post(release, cashier, "{\"reason\":\"explained\"}"));
    assertThat(balance(payer, "availableBalance")).isEqualTo("100.00");
    assertThat(code(rig.post(release, cashier, "{\"reason\":\"again\"}"))).isEqualTo("FREEZE_ENDED");
    assertThat(done(rig.get(of(payer, "freezes"), cashier)).path("items").path(0).path("open").booleanValue())
        .isFalse();
  }

  @Test
  void aWholeAccountIsFrozenUntilATimeAndThenNoMore() throws Exception {
    String until = Instant.ofEpochMilli(rig.server.now + 600_000).toString();
    done(rig.post(of(payer, "freezes"), cashier,
        "{\"kind\":\"ADMINISTRATIVE\",\"reason\":\"left the site\",\"until\":\"" + until + "\"}"));
    assertThat(code(rig.post(of(payer, "transfer"), cashier, "{\"toAccountId\":2,\"amount\":\"1.00\"}")))
        .isEqualTo("PAYER_NOT_NORMAL");
    rig.server.now += 600_000;
    rig.server.core.tick(rig.server.now);
    done(rig.post(of(payer, "transfer"), cashier, "{\"toAccountId\":2,\"amount\":\"1.00\"}"));
  }

  @Test
  void aWithdrawalNeedsAnotherOperatorAndReservesItsMoneyMeanwhile() throws Exception {
    JsonNode asked = done(rig.post(of(payer, "withdrawals"), finance,
        "{\"amount\":\"40.00\",\"way\":\"BANK\",\"reason\":\"leaves\"}"));
    String path = "/withdrawals/" + asked.path("requestId").longValue();
    assertThat(balance(payer, "availableBalance")).isEqualTo("60.00");
    assertThat(code(rig.post(path + "/approve", finance, "{}"))).isEqualTo("REQUEST_OWN");
    assertThat(code(rig.post(path + "/approve", cashier, "{}"))).isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post(path + "/paid", finance, "{}"))).isEqualTo("REQUEST_STATE");

    done(rig.post(path + "/approve", other, "{}"));
    JsonNode paid = done(rig.post(path + "/paid", finance, "{\"reason\":\"BANK-77\"}"));
    assertThat(paid.path("state").stringValue()).isEqualTo("DONE");
    assertThat(paid.path("approver").stringValue()).isEqualTo("zhou");
    assertThat(balance(payer, "balance")).isEqualTo("60.00");
    assertThat(done(rig.get("/withdrawals?state=DONE", cashier)).path("items").size()).isEqualTo(1);
    assertThat(done(rig.get("/withdrawals", cashier)).path("items").size()).isZero();
  }

  @Test
  void anAdjustmentIsAskedForByOneAndBookedByAnother() throws Exception {
    JsonNode asked = done(rig.post(of(payer, "adjustments"), finance,
        "{\"amount\":\"-2.50\",\"reason\":\"counted twice\"}"));
    String path = "/adjustments/" + asked.path("requestId").longValue();
    assertThat(balance(payer, "balance")).isEqualTo("100.00");
    assertThat(code(rig.post(path + "/approve", finance, "{}"))).isEqualTo("REQUEST_OWN");
    done(rig.post(path + "/approve", other, "{}"));
    assertThat(balance(payer, "balance")).isEqualTo("97.50");
  }

  @Test
  void aWrongRechargeIsReversedOnce() throws Exception {
    String recharge = done(rig.post(of(payee, "recharge"), cashier, "{\"amount\":\"9.00\"}"))
        .path("transactionId").stringValue();
    done(rig.post("/transactions/" + recharge + "/reversal", finance, "{\"reason\":\"wrong account\"}"));
    assertThat(balance(payee, "balance")).isEqualTo("0.00");
    assertThat(code(rig.post("/transactions/" + recharge + "/reversal", finance, "{\"reason\":\"again\"}")))
        .isEqualTo("REVERSED_ALREADY");
  }

  private String trail() {
    return rig.server.store.auditLinks(1, 0, 1_000).toString();
  }

  private JsonNode notices(AccountRow account) throws Exception {
    return done(rig.get(of(account, "notices"), cashier)).path("items");
  }

  @Test
  @Requirement({"TRF-02", "AUD-04", "NTF-03"})
  void aTransferThatFailsIsCancelledAndLoggedAndOneThatSucceedsIsToldToBoth() throws Exception {
    String much = "{\"toAccountId\":" + payee.account() + ",\"amount\":\"100.01\",\"reason\":\"rent\"}";
    ApiRig.Exchange failed = rig.send("POST", of(payer, "transfer"), cashier, much, "Idempotency-Key", "t1");
    assertThat(code(failed)).isEqualTo("BALANCE_INSUFFICIENT");
    assertThat(balance(payer, "balance")).isEqualTo("100.00");
    assertThat(notices(payer)).isEmpty();
    assertThat(trail()).contains("action=TRANSFER_CANCELLED").contains("BALANCE_INSUFFICIENT", "actor=li.wei")
        .doesNotContain("action=TRANSFER,");

    done(rig.post(of(payer, "recharge"), cashier, "{\"amount\":\"1.00\"}"));
    String id = done(rig.send("POST", of(payer, "transfer"), cashier, much, "Idempotency-Key", "t1"))
        .path("transactionId").stringValue();

    assertThat(balance(payee, "balance")).isEqualTo("100.01");
    assertThat(trail()).contains("action=TRANSFER,");
    assertThat(notices(payer).path(0).path("kind").stringValue()).isEqualTo("TRANSFER_SENT");
    assertThat(notices(payee).path(0).path("kind").stringValue()).isEqualTo("TRANSFER_RECEIVED");
    assertThat(notices(payee).path(0).path("about").stringValue()).isEqualTo("transaction " + id);
    assertThat(notices(payee).path(0).path("text").stringValue())
        .isEqualTo("100.01 from account ACCT0000000001");
  }

  @Test
  @Requirement({"AUD-04", "API-03"})
  void freezesAndUnfreezesAndOtherKeyOperationsStandInTheTrailWithWhoAndWhy() throws Exception {
    JsonNode frozen = done(rig.post(of(payer, "freezes"), cashier,
        "{\"kind\":\"SECURITY\",\"reason\":\"odd taps\"}"));
    done(rig.post("/freezes/" + frozen.path("freezeId").longValue() + "/release", finance,
        "{\"reason\":\"explained\"}"));
    done(rig.post(of(payer, "lost"), cashier, "{\"reason\":\"card gone\"}"));
    done(rig.post(of(payer, "found"), cashier, "{\"reason\":\"in the bag\"}"));
    done(rig.send("PUT", of(payer, "credit"), finance, "{\"creditLimit\":\"5.00\",\"reason\":\"trusted\"}",
        "Idempotency-Key", "c1"));

    assertThat(rig.server.store.auditLinks(1, 0, 1_000).stream().map(link -> link.event().entry())
        .filter(entry -> entry.object().contains("account " + payer.account()))
        .map(entry -> entry.actor() + " " + entry.action() + " " + entry.reason())).containsExactly(
            "li.wei FREEZE odd taps", "wang UNFREEZE explained", "li.wei ACCOUNT_LOST card gone",
            "li.wei ACCOUNT_FOUND in the bag", "wang ACCOUNT_CREDIT trusted");
  }

  @Test
  @Requirement({"ACC-01"})
  void anAccountIsFollowedFromItsOpeningThroughAllFourPillars() throws Exception {
    rig.server.terminal();
    JsonNode opened = done(rig.post("/accounts", cashier,
        "{\"ownerName\":\"zhang\",\"ownerId\":\"E7\",\"accountType\":\"PERSONAL\"}"));
    AccountRow zhang = rig.server.store.account(1, opened.path("accountId").longValue()).orElseThrow();
    done(rig.post(of(zhang, "cards"), cashier, "{\"uid\":\"04A1B233\"}"));
    // Funds.
    done(rig.post(of(zhang, "recharge"), cashier, "{\"amount\":\"50.00\"}"));
    done(rig.post(of(zhang, "subsidies"), finance, "{\"name\":\"meal\",\"amount\":\"5.00\"}"));
    assertThat(balance(zhang, "balance")).isEqualTo("55.00");
    // Transactions.
    String sale = done(rig.post("/predebits", cashier,
        "{\"terminal\":1,\"uid\":\"04A1B233\",\"amount\":\"12.00\"}")).path("transactionId").stringValue();
    done(rig.post("/predebits/" + sale + "/settlement", cashier, "{\"amount\":\"12.00\"}"));
    done(
        rig.post("/transactions/" + sale + "/refunds", cashier, "{\"amount\":\"2.00\",\"reason\":\"cold\"}"));
    done(rig.post(of(zhang, "transfer"), cashier, "{\"toAccountId\":2,\"amount\":\"10.00\"}"));
    String adjustment = "/adjustments/" + done(rig.post(of(zhang, "adjustments"), finance,
        "{\"amount\":\"-1.00\",\"reason\":\"twice\"}")).path("requestId").longValue();
    done(rig.post(adjustment + "/approve", other, "{}"));
    // Security: limits, permissions, freezing.
    done(rig.send("PUT", of(zhang, "limits"), cashier, "{\"single\":\"20.00\"}", "Idempotency-Key",
        "l1"));
    assertThat(done(rig.post("/predebits", cashier,
        "{\"terminal\":1,\"uid\":\"04A1B233\",\"amount\":\"20.01\"}")).path("reason").stringValue())
        .isEqualTo("LIMIT_PER_TRANSACTION");
    long freeze = done(rig.post(of(zhang, "freezes"), cashier, "{\"kind\":\"SECURITY\",\"reason\":\"odd\"}"))
        .path("freezeId").longValue();
    assertThat(done(rig.post("/predebits", cashier,
        "{\"terminal\":1,\"uid\":\"04A1B233\",\"amount\":\"1.00\"}")).path("reason").stringValue())
        .isEqualTo("ACCOUNT_FROZEN");
    done(rig.post("/freezes/" + freeze + "/release", cashier, "{\"reason\":\"fine\"}"));
    // Its end: paid out to the last fen, then closed.
    assertThat(code(rig.post(of(zhang, "close"), cashier, "{\"reason\":\"leaves\"}")))
        .isEqualTo("ACCOUNT_NOT_EMPTY");
    String own = balance(zhang, "cashBalance");
    String withdrawal = "/withdrawals/" + done(rig.post(of(zhang, "withdrawals"), finance,
        "{\"amount\":\"" + own + "\",\"way\":\"BANK\",\"reason\":\"leaves\"}")).path("requestId").longValue();
    done(rig.post(withdrawal + "/approve", other, "{}"));
    done(rig.post(withdrawal + "/paid", finance, "{\"reason\":\"BANK-7\"}"));
    assertThat(done(rig.get(of(zhang, "changes"), cashier)).path("items").valueStream()
        .map(change -> change.path("changeType").stringValue()).distinct()).containsExactly("RECHARGE",
            "SUBSIDY", "CONSUME", "REFUND", "TRANSFER_OUT", "ADJUST", "FREEZE", "WITHDRAW");
    assertThat(trail()).contains("ACCOUNT_OPEN", "CARD_ISSUE", "RECHARGE", "SUBSIDY_GRANT", "PREDEBIT_SETTLE",
        "REFUND", "TRANSFER", "ADJUSTMENT_APPROVE", "FREEZE", "UNFREEZE", "WITHDRAWAL_PAID");
  }

  @Test
  @Requirement({"ACC-04", "RSK-14", "AUD-01"})
  void aDepartmentSpendsMuchOnlyOnceTwoOthersAgreedOneAfterTheOther() throws Exception {
    String third = rig.operator("sun", Role.FINANCE);
    rig.server.terminal();
    long department = done(rig.post("/accounts", cashier,
        "{\"ownerName\":\"kitchen\",\"accountType\":\"DEPARTMENT\",\"openingBalance\":\"5000.00\"}"))
        .path("accountId").longValue();
    AccountRow kitchen = rig.server.store.account(1, department).orElseThrow();
    done(rig.post(of(kitchen, "cards"), cashier, "{\"uid\":\"04A1B244\"}"));
    String to = "{\"toAccountId\":" + payee.account() + ",\"amount\":";
    done(rig.post(of(kitchen, "transfer"), finance, to + "\"1000.00\"}"));

    ApiRig.Exchange asked = rig.post(of(kitchen, "transfer"), finance,
        to + "\"1000.01\",\"reason\":\"oven\"}");
    assertThat(asked.status()).isEqualTo(202);
    String path = "/approvals/" + done(asked).path("approvalId").longValue();
    String agree = "{\"content\":\"" + done(rig.get(path, other)).path("content").stringValue() + "\"}";
    assertThat(code(rig.post(path + "/approve", cashier, agree))).isEqualTo("NOT_PERMITTED");
    assertThat(code(rig.post(path + "/approve", finance, agree))).isEqualTo("APPROVAL_SELF");
    ApiRig.Exchange first = rig.post(path + "/approve", other, agree);
    assertThat(first.status()).isEqualTo(202);
    assertThat(balance(kitchen, "balance")).isEqualTo("4000.00");
    assertThat(code(rig.post(path + "/approve", other, agree))).isEqualTo("APPROVAL_CLOSED");

    JsonNode done = done(rig.post(path + "/approve", third, agree));

    assertThat(done.path("result").path("amount").stringValue()).isEqualTo("1000.01");
    assertThat(balance(kitchen, "balance")).isEqualTo("2999.99");
    assertThat(balance(payee, "balance")).isEqualTo("2000.01");
    JsonNode shown = done(rig.get(path, third));
    assertThat(shown.path("firstApprover").stringValue()).isEqualTo("zhou");
    assertThat(shown.path("approver").stringValue()).isEqualTo("sun");
    assertThat(code(rig.post(path + "/approve", third, agree))).isEqualTo("APPROVAL_CLOSED");
    assertThat(code(rig.post(of(kitchen, "withdrawals"), finance,
        "{\"amount\":\"1000.01\",\"way\":\"BANK\",\"reason\":\"x\"}"))).isEqualTo("DEPARTMENT_TWO_APPROVALS");
    assertThat(done(rig.post("/transfers", finance, "{\"subType\":\"BATCH\",\"lines\":[{\"fromAccountId\":"
        + department + ",\"toAccountId\":2,\"amount\":\"1000.01\"}]}")).path("lines").path(0).path("outcome")
        .stringValue()).isEqualTo("TRANSFER_TWO_APPROVALS");
    assertThat(trail()).contains("approved, one more must agree", "DEPARTMENT_TRANSFER");
  }
}
