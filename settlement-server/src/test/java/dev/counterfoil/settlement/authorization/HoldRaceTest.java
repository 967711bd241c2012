package dev.counterfoil.settlement.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.store.UnfreezeKind;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Gates of an Authorize, and each order in which Authorize, fall-back, late answer, cancellation, record and expiry
/// can come (journal page, section 7).
class HoldRaceTest extends TilledServer {

  private static final long QUARTER_HOUR = Duration.ofMinutes(15).toMillis();

  private TransactionId id;

  HoldRaceTest() {
    super(10_000);
  }

  @BeforeEach
  void draw() {
    id = server.transaction();
  }

  @AfterEach
  void theBooksHold() {
    assertThat(server.ledger().problems()).isEmpty();
  }

  private void settleSale(long amount, boolean offline) {
    push(() -> till.cardSale(id, TestServer.token(1), amount, offline));
  }

  private void settleDecline() {
    push(() -> till.decline(id, 900));
  }

  private HoldState hold() {
    return server.store.holdOf(TestServer.SITE, id).orElseThrow().state();
  }

  private Decision ask(long amount) {
    return server.authorize(till, id, 1, amount);
  }

  private String refusal(long amount) {
    Decision decision = server.authorize(till, server.transaction(), 1, amount);
    assertThat(decision.getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
    return decision.getReason();
  }

  @Test
  void anApprovalHoldsAndItsRecordCaptures() {
    Decision decision = ask(900);
    assertThat(decision.getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(decision.getBalanceMinor()).isEqualTo(10_000);
    assertThat(server.available(holder)).isEqualTo(9_100);

    settleSale(900, false);

    assertThat(hold()).isEqualTo(HoldState.CAPTURED);
    assertThat(server.available(holder)).isEqualTo(9_100);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"PAY-17"})
  void theSameQuestionGetsTheSameAnswerAndOneHold() {
    Decision first = ask(900);
    Decision second = ask(900);
    server.restart();
    Decision third = ask(900);

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(server.available(holder)).isEqualTo(9_100);
  }

  @Test
  @Requirement({"PAY-17"})
  void theKeyOfAnotherPurchaseGetsNeitherItsAnswerNorAHold() {
    ask(900);

    assertThat(ask(901).getReason()).isEqualTo("PARAMETER_ERROR");
    assertThat(server.authorize(server.terminal(), id, 1, 900).getReason()).isEqualTo("PARAMETER_ERROR");
    assertThat(server.available(holder)).isEqualTo(9_100);
  }

  @Test
  void fallBackApprovedOfflineStillCapturesTheLateHold() {
    ask(900);

    settleSale(900, true);

    assertThat(hold()).isEqualTo(HoldState.CAPTURED);
    assertThat(server.available(holder)).isEqualTo(9_100);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void fallBackApprovedOfflineThoughTheLateAnswerWasNoIsFlagged() {
    assertThat(ask(20_000).getReason()).isEqualTo("INSUFFICIENT_BALANCE");

    settleSale(900, true);

    assertThat(server.available(holder)).isEqualTo(9_100);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.LATE_DECLINE);
  }

  @Test
  void fallBackDeclinedThenCancelReleases() {
    ask(900);

    assertThat(server.core.cancel(till.id, id, server.now).getReleased()).isTrue();
    settleDecline();

    assertThat(hold()).isEqualTo(HoldState.RELEASED);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  void aCancelThatOvertakesItsAuthorizeKeepsTheHoldFromEverBeingMade() {
    assertThat(server.core.cancel(till.id, id, server.now).getReleased()).isFalse();

    Decision late = ask(900);

    assertThat(late.getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  void aDeclineRecordReleasesTheHoldWhenTheCancelWasLost() {
    ask(900);

    settleDecline();

    assertThat(hold()).isEqualTo(HoldState.RELEASED);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  void aHoldEndsByItselfAtItsTime() {
    ask(900);
    server.now += QUARTER_HOUR - 1;
    assertThat(server.core.tick(server.now)).isZero();
    server.now += 1;

    assertThat(server.core.tick(server.now)).isEqualTo(1);

    assertThat(hold()).isEqualTo(HoldState.EXPIRED);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  void aRecordAfterTheHoldsEndIsBookedInFullAndFlagged() {
    ask(900);
    server.now += QUARTER_HOUR;
    server.core.tick(server.now);

    settleSale(900, false);

    assertThat(server.available(holder)).isEqualTo(9_100);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.LATE_CAPTURE);
  }

  @Test
  void aRecordBeforeTheClockHasEndedAnOverdueHoldCapturesIt() {
    ask(900);
    server.now += QUARTER_HOUR + 1;

    settleSale(900, false);
    assertThat(server.core.tick(server.now)).isZero();

    assertThat(hold()).isEqualTo(HoldState.CAPTURED);
    assertThat(server.available(holder)).isEqualTo(9_100);
  }

  @Test
  void aSettledSaleIsNotHeldAgainByALateAuthorize() {
    settleSale(900, true);

    Decision late = ask(900);

    assertThat(late.getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
    assertThat(server.available(holder)).isEqualTo(9_100);
  }

  @Test
  void holdsOutliveARestart() {
    ask(900);
    server.restart();

    assertThat(server.authorize(till, server.transaction(), 1, 9_200).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
    server.now += QUARTER_HOUR;
    assertThat(server.core.tick(server.now)).isEqualTo(1);
  }

  @Test
  void whatATerminalHasNotYetSentIsSpentAlready() {
    assertThat(server.authorize(till, id, 1, 6_000, 4_001).getReason()).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(server.authorize(till, server.transaction(), 1, 6_000, 4_000).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_APPROVED);
  }

  @Test
  void aScannedCodeIsRefusedByNameAsLongAsNoCodesAreIssued() {
    var question = Authorize.newBuilder().setPaymentCode("CF1").setAmountMinor(900).setCurrency("CNY")
        .setMode(1).build();

    assertThat(server.core.authorize(till.id, id, question, server.now).getReason())
        .isEqualTo("METHOD_UNSUPPORTED");
  }

  @Test
  @Requirement({"PAY-04"})
  void anUnknownCardIsAnIdentityErrorLoggedWithoutATransaction() {
    Decision decision = server.authorize(till, id, 99, 900);

    assertThat(decision.getReason()).isEqualTo("IDENTITY_ERROR");
    assertThat(server.store.transactions(TestServer.SITE, List.of(id))).isEmpty();
    assertThat(server.store.authorizations(TestServer.SITE, List.of(id)).getFirst().reason())
        .isEqualTo("IDENTITY_ERROR");
  }

  @Test
  @Requirement({"PAY-05"})
  void eachAccountStatusIsRefusedWithItsOwnReasonBeforeTheBalanceIsLookedAt() {
    var accounts = server.core.accounts();
    long account = holder.account();
    accounts.apply(TestServer.SITE, account, new AccountEvent.Frozen(FreezeKind.SECURITY, "seen twice"),
        server.now);
    assertThat(refusal(99_999)).isEqualTo("ACCOUNT_FROZEN");
    accounts.apply(TestServer.SITE, account, new AccountEvent.Unfrozen(UnfreezeKind.MANUAL, "explained"),
        server.now);
    accounts.apply(TestServer.SITE, account, new AccountEvent.LossReported(""), server.now);
    assertThat(refusal(99_999)).isEqualTo("CARD_LOST");
    AccountRow closed = server.holder(2, 0);
    accounts.apply(TestServer.SITE, closed.account(), new AccountEvent.Closed(""), server.now);
    assertThat(server.authorize(till, server.transaction(), 2, 99_999).getReason())
        .isEqualTo("ACCOUNT_INVALID");
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  @Requirement({"PAY-06"})
  void theBalanceMayFallToZeroAndNotBelow() {
    assertThat(refusal(10_001)).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(ask(10_000).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(refusal(1)).isEqualTo("INSUFFICIENT_BALANCE");
  }

  @Test
  @Requirement({"LIM-01", "LIM-02"})
  void limitsPerTapAndPerDayHold() {
    AccountRow rich = server.holder(2, 10_000_000);
    assertThat(server.authorize(till, server.transaction(), 2, 100_001).getReason())
        .isEqualTo("LIMIT_PER_TRANSACTION");
    for (int i = 0; i < 5; i++) {
      long from = till.head.seq() + 1;
      till.cardSale(server.transaction(), TestServer.token(2), 100_000, true);
      server.acknowledged(till.push(from));
    }

    assertThat(server.authorize(till, server.transaction(), 2, 1).getReason()).isEqualTo("LIMIT_PER_PERIOD");
    server.now += Duration.ofDays(1).toMillis();
    assertThat(server.authorize(till, server.transaction(), 2, 1).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(server.available(rich)).isEqualTo(9_499_999);
  }

  @Test
  void aLostCardIsRefusedAtOnce() {
    server.core.cards().reportLost(TestServer.SITE, TestServer.token(1), server.now);

    assertThat(refusal(100)).isEqualTo("CARD_LOST");
  }

  @Test
  void aRestrictedAccountIsRefusedUntilAnOperatorLiftsIt() {
    settleSale(10_001, true);
    server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 5_000, server.transaction(),
        server.now);
    assertThat(refusal(100)).isEqualTo("RISK_REFUSED");

    server.core.accounts().changeRestriction(TestServer.SITE, holder.account(), false, server.now);

    assertThat(server.authorize(till, server.transaction(), 1, 100).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_APPROVED);
  }
}
