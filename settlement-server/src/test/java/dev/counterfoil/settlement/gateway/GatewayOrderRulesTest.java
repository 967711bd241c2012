package dev.counterfoil.settlement.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.gateway.GatewayOrder.RefundPhase;
import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayOrderRulesTest {

  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final OrderRequest REQUEST = new OrderRequest("order-1", 5000, "Card recharge",
      START.plusSeconds(900), new OrderRequest.Presentation.Code());
  private static final Payment PAYMENT = new Payment("order-1", "tx-1", 5000, START.plusSeconds(30));
  private static final GatewayProblem LOST = new GatewayProblem(GatewayCode.GATEWAY_TIMEOUT, "");
  private static final GatewayProblem NO = new GatewayProblem(GatewayCode.GATEWAY_REFUSED, "PARAM_ERROR");

  private GatewayOrder order = GatewayOrder.open(REQUEST, START);
  private Instant now = START;

  @Test
  void anOrderIsSentOnceItIsDurableAndThenWaitsForThePayer() {
    assertThat(tick()).containsExactly(new GatewayEffect.Place(REQUEST));

    assertThat(tell(accepted())).isEmpty();

    assertThat(order.phase()).isEqualTo(new Phase.Waiting("weixin://code"));
  }

  @Test
  @Requirement({"RCH-07", "RCH-08"})
  void aPaymentIsCreditedOnceHoweverOftenItIsTold() {
    tick();
    tell(accepted());

    assertThat(tell(paid(PAYMENT))).containsExactly(new GatewayEffect.Credit(PAYMENT));
    assertThat(tell(paid(PAYMENT))).isEmpty();
    assertThat(tell(paid(new Payment("order-1", "tx-1", 5000, START.plusSeconds(31))))).isEmpty();
  }

  @Test
  void aCallbackThatOvertakesTheAnswerToTheOrderCounts() {
    tick();

    assertThat(tell(paid(PAYMENT))).containsExactly(new GatewayEffect.Credit(PAYMENT));
    assertThat(tell(accepted())).isEmpty();
    assertThat(tell(new GatewayEvent.Placed(new OrderAnswer.Refused(NO)))).isEmpty();

    assertThat(order.phase()).isEqualTo(new Phase.Paid(PAYMENT));
  }

  @Test
  void whatIsUnknownIsAskedForAndNotTakenForAFailure() {
    tick();
    tell(new GatewayEvent.Placed(new OrderAnswer.Unknown(LOST)));

    assertThat(tickAfter(Duration.ofSeconds(4))).isEmpty();
    assertThat(tickAfter(Duration.ofSeconds(1))).containsExactly(new GatewayEffect.Ask("order-1"));
    assertThat(order.phase()).isEqualTo(new Phase.Placing(1));
  }

  @Test
  void anOrderThatTheGatewayDoesNotHaveIsSentAgain() {
    tick();
    tell(new GatewayEvent.Placed(new OrderAnswer.Unknown(LOST)));
    tickAfter(Duration.ofSeconds(5));

    assertThat(tell(new GatewayEvent.PaymentLearned(new PaymentAnswer.NotFound())))
        .containsExactly(new GatewayEffect.Place(REQUEST));
  }

  @Test
  void aRefusalAfterAnUnknownOutcomeProvesNothing() {
    tick();
    tell(new GatewayEvent.Placed(new OrderAnswer.Unknown(LOST)));
    tell(new GatewayEvent.PaymentLearned(new PaymentAnswer.NotFound()));

    assertThat(tell(new GatewayEvent.Placed(new OrderAnswer.Refused(NO)))).isEmpty();

    assertThat(order.phase()).isEqualTo(new Phase.Placing(2));
  }

  @Test
  void aRefusalOfTheOnlyRequestIsFinal() {
    tick();

    assertThat(tell(new GatewayEvent.Placed(new OrderAnswer.Refused(NO))))
        .containsExactly(new GatewayEffect.Fail("order-1", NO));
    assertThat(order.isDue(START.plus(Duration.ofDays(1)))).isFalse();
  }

  @Test
  void anotherAmountIsNeverBooked() {
    tick();

    assertThat(codes(tell(paid(new Payment("order-1", "tx-1", 4999, START)))))
        .containsExactly(GatewayCode.GATEWAY_AMOUNT_DIFFERS);
    assertThat(codes(tell(paid(PAYMENT)))).containsExactly(GatewayCode.GATEWAY_PAYMENT_DIFFERS);
    assertThat(order.phase()).isInstanceOf(Phase.Disputed.class);
  }

  @Test
  void aSecondPaymentIsShownToAPersonAndNotBooked() {
    tick();
    tell(paid(PAYMENT));

    assertThat(codes(tell(paid(new Payment("order-1", "tx-2", 5000, START)))))
        .containsExactly(GatewayCode.GATEWAY_PAYMENT_DIFFERS);
  }

  @Test
  void aPaymentOfAnotherOrderIsNotBooked() {
    tick();

    assertThat(codes(tell(paid(new Payment("order-2", "tx-1", 5000, START)))))
        .containsExactly(GatewayCode.GATEWAY_PAYMENT_DIFFERS);
    assertThat(order.phase()).isEqualTo(new Phase.Placing(1));
  }

  @Test
  void anUnpaidOrderIsClosedAMinuteAfterItsExpiryAndOnlyThen() {
    tick();
    tell(accepted());
    assertThat(tickAfter(Duration.ofSeconds(900 + 59))).containsExactly(new GatewayEffect.Ask("order-1"));

    assertThat(tickAfter(Duration.ofMinutes(10))).containsExactly(new GatewayEffect.Close("order-1"));
    assertThat(tell(new GatewayEvent.CloseLearned(new CloseAnswer.Unknown(LOST)))).isEmpty();
    assertThat(tickAfter(Duration.ofMinutes(10))).containsExactly(new GatewayEffect.Close("order-1"));
    tell(new GatewayEvent.CloseLearned(new CloseAnswer.Closed()));

    assertThat(order.phase()).isEqualTo(new Phase.Closed());
  }

  @Test
  void whoPaysBeforeTheCloseIsAskedFor() {
    tick();
    tell(accepted());
    tickAfter(Duration.ofSeconds(960));

    assertThat(tell(new GatewayEvent.CloseLearned(new CloseAnswer.AlreadyPaid())))
        .containsExactly(new GatewayEffect.Ask("order-1"));
  }

  @Test
  void moneyThatComesAfterTheCloseIsBookedAndShown() {
    tick();
    tell(new GatewayEvent.PaymentLearned(new PaymentAnswer.Closed()));

    List<GatewayEffect> effects = tell(paid(PAYMENT));

    assertThat(effects).contains(new GatewayEffect.Credit(PAYMENT));
    assertThat(codes(effects)).containsExactly(GatewayCode.GATEWAY_PAID_AFTER_CLOSE);
  }

  @Test
  void aPersonIsToldOnceWhenTenAnswersInARowToldNothing() {
    tick();
    var told = new ArrayList<GatewayCode>();
    for (int i = 0; i < 25; i++) {
      told.addAll(codes(tell(new GatewayEvent.PaymentLearned(new PaymentAnswer.Unknown(LOST)))));
    }
    assertThat(told).containsExactly(GatewayCode.GATEWAY_UNRESOLVED);
  }

  @Test
  void questionsComeLessAndLessOftenButNeverStop() {
    var pauses = new ArrayList<Long>();
    Asking asking = Asking.dueAt(START);
    for (int i = 0; i < 10; i++) {
      asking = asking.asked(START);
      pauses.add(Duration.between(START, asking.nextAt()).toSeconds());
    }
    assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
  }

  @Test
  void aRefundIsSentOnceAndBookedOnce() {
    payIt();

    assertThat(tell(new GatewayEvent.RefundWanted("refund-1", 2000)))
        .containsExactly(new GatewayEffect.SendRefund(new RefundRequest("order-1", "refund-1", 2000, 5000)));
    assertThat(tell(new GatewayEvent.RefundWanted("refund-1", 2000))).isEmpty();
    assertThat(tell(refunded("refund-1", 2000)))
        .containsExactly(new GatewayEffect.GiveBack("order-1", "refund-1", 2000));
    assertThat(tell(refunded("refund-1", 2000))).isEmpty();
  }

  @Test
  void refundsNeverExceedThePaymentAlsoWhileTheyAreOpen() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));

    assertThat(codes(tell(new GatewayEvent.RefundWanted("refund-2", 2001))))
        .containsExactly(GatewayCode.GATEWAY_REFUND_EXCEEDS);
    assertThat(tell(new GatewayEvent.RefundWanted("refund-2", 2000))).hasSize(1);
  }

  @Test
  void aRefundNumberMeansOneAmount() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));

    assertThat(codes(tell(new GatewayEvent.RefundWanted("refund-1", 2000))))
        .containsExactly(GatewayCode.GATEWAY_REFUND_DIFFERS);
  }

  @Test
  void aRefundOfUnknownOutcomeIsAskedForAndSentAgainWhenItIsNotThere() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));
    tell(new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Unknown(LOST)));

    assertThat(tickAfter(Duration.ofSeconds(5))).containsExactly(new GatewayEffect.AskRefund("order-1",
        "refund-1"));
    assertThat(tell(new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.NotFound())))
        .containsExactly(new GatewayEffect.SendRefund(new RefundRequest("order-1", "refund-1", 3000, 5000)));
    assertThat(tell(new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Refused(NO)))).isEmpty();
    assertThat(order.refunds().getFirst().phase()).isEqualTo(RefundPhase.OPEN);
  }

  @Test
  void aRefusedRefundMayBeWantedAgainUnderItsNumber() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));

    assertThat(codes(tell(new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Refused(NO)))))
        .containsExactly(GatewayCode.GATEWAY_REFUSED);
    assertThat(tell(new GatewayEvent.RefundWanted("refund-1", 3000))).hasSize(1);
  }

  @Test
  void aRefundThatComesAfterItsRefusalIsBookedAndShown() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));
    tell(new GatewayEvent.RefundLearned("refund-1", new RefundAnswer.Refused(NO)));

    List<GatewayEffect> effects = tell(refunded("refund-1", 3000));

    assertThat(effects).contains(new GatewayEffect.GiveBack("order-1", "refund-1", 3000));
    assertThat(codes(effects)).containsExactly(GatewayCode.GATEWAY_REFUND_LATE);
  }

  @Test
  void anotherAmountGivenBackIsNotBooked() {
    payIt();
    tell(new GatewayEvent.RefundWanted("refund-1", 3000));

    assertThat(codes(tell(refunded("refund-1", 2999)))).containsExactly(GatewayCode.GATEWAY_AMOUNT_DIFFERS);
    assertThat(order.refunds().getFirst().phase()).isEqualTo(RefundPhase.DISPUTED);
  }

  /// Any events in any order: what is booked is right all the time.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @Requirement({"RCH-08"})
  void whateverArrivesMoneyIsBookedOnce(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int life = 0; life < 500; life++) {
      order = GatewayOrder.open(REQUEST, START);
      now = START;
      liveOneLife(random, "seed " + seed + " life " + life);
    }
  }

  private void liveOneLife(RandomGenerator random, String where) {
    long credits = 0;
    var givenBack = new HashSet<String>();
    long givenBackFen = 0;
    for (int i = 0; i < 60; i++) {
      boolean wasPaid = order.phase() instanceof Phase.Paid;
      for (GatewayEffect effect : tell(any(random))) {
        if (effect instanceof GatewayEffect.Credit(var payment)) {
          credits++;
          assertThat(payment.amountFen()).as(where).isEqualTo(REQUEST.amountFen());
        }
        if (effect instanceof GatewayEffect.GiveBack(var _, var refundId, var amountFen)) {
          assertThat(givenBack.add(refundId)).as(where + " " + refundId).isTrue();
          givenBackFen += amountFen;
        }
      }
      assertThat(credits).as(where).isEqualTo(order.phase() instanceof Phase.Paid ? 1 : 0);
      assertThat(!wasPaid || order.phase() instanceof Phase.Paid).as(where).isTrue();
      assertThat(givenBackFen).as(where).isLessThanOrEqualTo(credits * REQUEST.amountFen());
      now = now.plusSeconds(random.nextInt(120));
    }
  }

  private static GatewayEvent any(RandomGenerator random) {
    String refundId = "refund-" + random.nextInt(3);
    return switch (random.nextInt(12)) {
      case 0 -> new GatewayEvent.Placed(new OrderAnswer.Accepted("code"));
      case 1 -> new GatewayEvent.Placed(new OrderAnswer.Refused(NO));
      case 2 -> new GatewayEvent.Placed(new OrderAnswer.Unknown(LOST));
      case 3 -> paid(new Payment(random.nextInt(9) == 0 ? "order-2" : "order-1", "tx-" + random.nextInt(2),
          random.nextInt(9) == 0 ? 4000 : 5000, START));
      case 4 -> new GatewayEvent.PaymentLearned(new PaymentAnswer.Closed());
      case 5 -> new GatewayEvent.PaymentLearned(new PaymentAnswer.NotFound());
      case 6 -> new GatewayEvent.PaymentLearned(new PaymentAnswer.Pending());
      case 7 -> new GatewayEvent.CloseLearned(
          random.nextBoolean() ? new CloseAnswer.Closed() : new CloseAnswer.AlreadyPaid());
      case 8 -> new GatewayEvent.RefundWanted(refundId, 1000 * random.nextLong(1, 4));
      case 9 -> refunded(refundId, 1000 * random.nextLong(1, 4));
      case 10 -> new GatewayEvent.RefundLearned(refundId,
          random.nextBoolean() ? new RefundAnswer.NotFound()
              : random.nextBoolean() ? new RefundAnswer.Refused(NO) : new RefundAnswer.Failed(NO));
      default -> new GatewayEvent.Tick();
    };
  }

  private void payIt() {
    tick();
    tell(paid(PAYMENT));
  }

  private static GatewayEvent accepted() {
    return new GatewayEvent.Placed(new OrderAnswer.Accepted("weixin://code"));
  }

  private static GatewayEvent paid(Payment payment) {
    return new GatewayEvent.PaymentLearned(new PaymentAnswer.Paid(payment));
  }

  private static GatewayEvent refunded(String refundId, long amountFen) {
    return new GatewayEvent.RefundLearned(refundId, new RefundAnswer.Refunded(refundId, amountFen));
  }

  private List<GatewayEffect> tick() {
    return tell(new GatewayEvent.Tick());
  }

  private List<GatewayEffect> tickAfter(Duration pause) {
    now = now.plus(pause);
    return tick();
  }

  private List<GatewayEffect> tell(GatewayEvent event) {
    GatewayStep step = GatewayOrderRules.step(order, event, now);
    order = step.order();
    return step.effects();
  }

  private static List<GatewayCode> codes(List<GatewayEffect> effects) {
    return effects.stream().flatMap(effect -> switch (effect) {
      case GatewayEffect.Raise(var _, var problem) -> java.util.stream.Stream.of(problem.code());
      case GatewayEffect.Fail(var _, var problem) -> java.util.stream.Stream.of(problem.code());
      case GatewayEffect.Call _,GatewayEffect.Credit _,GatewayEffect.GiveBack _ ->
        java.util.stream.Stream.empty();
    }).toList();
  }
}
