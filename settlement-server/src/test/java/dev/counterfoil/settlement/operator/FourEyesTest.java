package dev.counterfoil.settlement.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Approval.State;
import dev.counterfoil.settlement.operator.FourEyes.Event;
import dev.counterfoil.settlement.operator.FourEyes.Outcome;
import dev.counterfoil.settlement.operator.FourEyes.Refusal;
import dev.counterfoil.trace.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FourEyesTest {

  private static final Instant ASKED = Instant.parse("2026-03-02T08:00:00Z");
  private static final Operator LI = new Operator(1, 7, "li.wei", Role.FINANCE, true);
  private static final Operator WANG = new Operator(1, 8, "wang.fang", Role.FINANCE, true);
  private static final Operator CASHIER = new Operator(1, 9, "zhao.min", Role.CASHIER, true);
  private static final Operator ELSEWHERE = new Operator(2, 8, "chen.jie", Role.FINANCE, true);

  private static final ApprovalContent ADJUSTMENT = content("1000");
  private static final Approval WAITING = changed(
      FourEyes.request(ADJUSTMENT, LI, ASKED, FourEyes.DEFAULT_LIFE));
  private static final Hash SEEN = ADJUSTMENT.hash();

  private static ApprovalContent content(String amountMinor) {
    return new ApprovalContent(1, GuardedAction.ADJUSTMENT, "account 42",
        new TreeMap<>(Map.of("amountMinor", amountMinor, "reason", "miscounted")));
  }

  private static Instant at(long second) {
    return ASKED.plusSeconds(second);
  }

  private static Approval changed(Outcome outcome) {
    return ((Outcome.Changed) outcome).approval();
  }

  private static void refused(Outcome outcome, Refusal why) {
    assertThat(outcome).isEqualTo(new Outcome.Refused(why));
  }

  private static Approval approved() {
    return changed(FourEyes.step(WAITING, new Event.Approve(WANG, SEEN, at(60))));
  }

  @Test
  void anotherOperatorApprovesAndItIsDoneOnce() {
    Approval used = changed(FourEyes.step(approved(), new Event.Use(SEEN, at(61))));

    assertThat(approved().state()).isEqualTo(new State.Approved(8, at(60)));
    assertThat(used.state()).isEqualTo(new State.Used(8, at(61)));
    refused(FourEyes.step(used, new Event.Use(SEEN, at(62))), Refusal.APPROVAL_CLOSED);
  }

  @Test
  void nobodyDecidesAboutTheirOwnRequest() {
    refused(FourEyes.step(WAITING, new Event.Approve(LI, SEEN, at(60))), Refusal.APPROVAL_SELF);
    refused(FourEyes.step(WAITING, new Event.Reject(LI, at(60))), Refusal.APPROVAL_SELF);
    assertThatThrownBy(
        () -> new Approval(1, GuardedAction.REFUND, SEEN, 7, at(60), new State.Approved(7, at(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Approval(1, GuardedAction.REFUND, SEEN, 7, at(60), new State.Used(7, at(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"ACC-04", "RSK-14"})
  void whereTwoMustAgreeTheyAreTwoAndNeitherAskedForIt() {
    var third = new Operator(1, 10, "zhou.tao", Role.FINANCE, true);
    var content = new ApprovalContent(1, GuardedAction.DEPARTMENT_TRANSFER, "account 3 to account 4",
        new TreeMap<>(Map.of("amount", "2000.00")));
    Approval waiting = changed(FourEyes.request(content, LI, ASKED, FourEyes.DEFAULT_LIFE));
    Approval first = changed(FourEyes.step(waiting, new Event.Approve(WANG, content.hash(), at(60))));

    assertThat(first.isApproved()).isFalse();
    refused(FourEyes.step(first, new Event.Use(content.hash(), at(61))), Refusal.APPROVAL_MISSING);
    refused(FourEyes.step(first, new Event.Approve(WANG, content.hash(), at(61))), Refusal.APPROVAL_CLOSED);
    refused(FourEyes.step(first, new Event.Approve(LI, content.hash(), at(61))), Refusal.APPROVAL_SELF);
    Approval second = changed(FourEyes.step(first, new Event.Approve(third, content.hash(), at(62))));
    assertThat(second.isApproved()).isTrue();
    assertThat(second.first()).isEqualTo(8);
    Approval used = changed(FourEyes.step(second, new Event.Use(content.hash(), at(63))));
    assertThat(used.state()).isEqualTo(new State.Used(10, at(63)));
    assertThat(used.first()).isEqualTo(8);
    assertThat(changed(FourEyes.step(first, new Event.Reject(third, at(62)))).state())
        .isInstanceOf(State.Rejected.class);
    assertThatThrownBy(() -> new Approval(1, GuardedAction.DEPARTMENT_TRANSFER, SEEN, 7, at(60),
        new State.Used(8, at(1)), 8)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theApproverNeedsThePermissionAtThisSite() {
    for (Operator other : List.of(CASHIER, ELSEWHERE, WANG.left(), WANG.in(Role.SECURITY_ADMIN))) {
      refused(FourEyes.step(WAITING, new Event.Approve(other, SEEN, at(60))), Refusal.APPROVAL_NOT_PERMITTED);
    }
    refused(FourEyes.request(ADJUSTMENT, CASHIER, ASKED, FourEyes.DEFAULT_LIFE),
        Refusal.APPROVAL_NOT_PERMITTED);
    refused(FourEyes.request(ADJUSTMENT, ELSEWHERE, ASKED, FourEyes.DEFAULT_LIFE),
        Refusal.APPROVAL_NOT_PERMITTED);
  }

  @Test
  void whatWasChangedMeanwhileIsNeitherApprovedNorDone() {
    Hash changed = content("10000").hash();

    refused(FourEyes.step(WAITING, new Event.Approve(WANG, changed, at(60))),
        Refusal.APPROVAL_CONTENT_CHANGED);
    refused(FourEyes.step(approved(), new Event.Use(changed, at(61))), Refusal.APPROVAL_CONTENT_CHANGED);
  }

  @Test
  void nothingIsDoneWithoutApproval() {
    refused(FourEyes.step(WAITING, new Event.Use(SEEN, at(60))), Refusal.APPROVAL_MISSING);
    Approval rejected = changed(FourEyes.step(approved(), new Event.Reject(WANG, at(61))));
    refused(FourEyes.step(rejected, new Event.Use(SEEN, at(62))), Refusal.APPROVAL_CLOSED);
    Approval withdrawn = changed(FourEyes.step(WAITING, new Event.Withdraw(LI, at(60))));
    refused(FourEyes.step(withdrawn, new Event.Approve(WANG, SEEN, at(62))), Refusal.APPROVAL_CLOSED);
    refused(FourEyes.step(WAITING, new Event.Withdraw(WANG, at(60))), Refusal.APPROVAL_NOT_PERMITTED);
  }

  @Test
  void aRequestWaitsForADay() {
    assertThat(FourEyes.step(WAITING, new Event.Approve(WANG, SEEN, at(86_399))))
        .isInstanceOf(Outcome.Changed.class);
    refused(FourEyes.step(WAITING, new Event.Approve(WANG, SEEN, at(86_400))), Refusal.APPROVAL_EXPIRED);
    refused(FourEyes.step(approved(), new Event.Use(SEEN, at(86_400))), Refusal.APPROVAL_EXPIRED);
  }

  /// The hash is by `printf` and `sha256sum` of the bytes that the Javadoc names.
  @Test
  void theHashIsOfTheBytesThatAreDocumented() {
    var content = new ApprovalContent(1, GuardedAction.REFUND, "t",
        new TreeMap<>(Map.of("b", "2", "a", "1")));

    assertThat(content.hash())
        .hasToString("5d1ab64b00093b73a229fd53a38d5dce504d4507a553d17c8e90b4c7e8110f85");
  }

  @Test
  void namesAndValuesDoNotRunIntoEachOther() {
    var hashes = new ArrayList<Hash>();
    for (var values : List.of(Map.of("a", "bc"), Map.of("ab", "c"), Map.of("a", "b", "c", ""),
        Map.<String, String>of())) {
      hashes.add(new ApprovalContent(1, GuardedAction.REFUND, "t", new TreeMap<>(values)).hash());
    }
    hashes.add(new ApprovalContent(2, GuardedAction.REFUND, "t", new TreeMap<>()).hash());
    hashes.add(new ApprovalContent(1, GuardedAction.ADJUSTMENT, "t", new TreeMap<>()).hash());
    hashes.add(new ApprovalContent(1, GuardedAction.REFUND, "u", new TreeMap<>()).hash());

    assertThat(hashes).doesNotHaveDuplicates();
  }

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensItIsDoneAtMostOnceByTwoOperatorsAsAskedForAndInTime(int seed) {
    var random = new Random(seed);
    Approval approval = WAITING;
    long second = 0;
    int used = 0;
    Operator lastApprover = LI;
    for (int i = 0; i < 40; i++) {
      second += random.nextInt(40) == 0 ? 80_000 : random.nextInt(600);
      Event event = event(random, at(second));
      Outcome outcome = FourEyes.step(approval, event);
      if (outcome instanceof Outcome.Changed(Approval next)) {
        assertThat(second).as("seed %d", seed).isLessThan(86_400);
        if (event instanceof Event.Approve(Operator by, Hash seen, Instant _)) {
          assertThat(by).as("seed %d", seed).isEqualTo(WANG);
          assertThat(seen).as("seed %d", seed).isEqualTo(SEEN);
          lastApprover = by;
        }
        if (event instanceof Event.Use(Hash content, Instant _)) {
          assertThat(content).as("seed %d", seed).isEqualTo(SEEN);
          assertThat(lastApprover).as("seed %d", seed).isNotEqualTo(LI);
          used++;
        }
        approval = next;
      }
    }
    assertThat(used).as("seed %d", seed).isLessThanOrEqualTo(1)
        .isEqualTo(approval.state() instanceof State.Used ? 1 : 0);
  }

  private static Event event(Random random, Instant at) {
    Operator by = List.of(LI, WANG, CASHIER, ELSEWHERE).get(random.nextInt(4));
    Hash content = random.nextInt(3) == 0 ? content("10000").hash() : SEEN;
    return switch (random.nextInt(20)) {
      case 0 -> new Event.Reject(by, at);
      case 1 -> new Event.Withdraw(by, at);
      case 2, 3, 4, 5, 6, 7 -> new Event.Use(content, at);
      default -> new Event.Approve(by, content, at);
    };
  }
}
