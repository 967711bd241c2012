package dev.counterfoil.settlement.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.operator.PasswordGate.Known;
import dev.counterfoil.settlement.operator.PasswordGate.Tried;
import dev.counterfoil.settlement.operator.SignIn.Answer;
import dev.counterfoil.settlement.operator.SignIn.Event;
import dev.counterfoil.settlement.operator.SignIn.Guard;
import dev.counterfoil.settlement.operator.SignIn.Noted;
import dev.counterfoil.settlement.operator.SignIn.Pending;
import dev.counterfoil.settlement.operator.SignIn.Step;
import dev.counterfoil.settlement.secret.PasswordCheck.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignInTest {

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Operator LI = new Operator(1, 7, "li.wei", Role.CASHIER, true);
  private static final Answer REFUSED = new Answer.Refused();

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  private static Step password(Guard guard, boolean right, long second) {
    return SignIn.step(SignInRules.DEFAULT, guard, new Event.PasswordTried(7, right, at(second)));
  }

  private static Step code(Guard guard, long step, long second) {
    return SignIn.step(SignInRules.DEFAULT, guard, new Event.CodeTried(new Pending(7, at(120)),
        step < 0 ? OptionalLong.empty() : OptionalLong.of(step), at(second)));
  }

  private static Guard afterWrongPasswords(int count) {
    Guard guard = Guard.FRESH;
    for (int i = 0; i < count; i++) {
      guard = password(guard, false, i).guard();
    }
    return guard;
  }

  @Test
  void passwordAndCodeLetIn() {
    Step first = password(Guard.FRESH, true, 0);
    Step second = code(first.guard(), 1000, 30);

    assertThat(first.answer()).isEqualTo(new Answer.WantsCode(new Pending(7, at(120))));
    assertThat(second).isEqualTo(
        new Step(new Guard(0, Instant.EPOCH, 1000), new Answer.SignedIn(7), Noted.SIGNED_IN));
  }

  @Test
  void aCodeIsTakenOnceAlsoInTwoRequestsAtOnce() {
    Guard once = code(Guard.FRESH, 1000, 30).guard();

    assertThat(code(once, 1000, 31).answer()).isEqualTo(REFUSED);
    assertThat(code(once, 999, 31).answer()).isEqualTo(REFUSED);
    assertThat(code(once, 1001, 60).answer()).isEqualTo(new Answer.SignedIn(7));
  }

  @Test
  void aCodeThatComesTooLateIsAFailure() {
    assertThat(code(Guard.FRESH, 1000, 119).answer()).isEqualTo(new Answer.SignedIn(7));
    assertThat(code(Guard.FRESH, 1000, 120).answer()).isEqualTo(REFUSED);
  }

  @Test
  void theFifthFailureLocksForHalfAnHourAndOnlyThat() {
    assertThat(password(afterWrongPasswords(4), true, 10).answer()).isInstanceOf(Answer.WantsCode.class);
    Guard locked = afterWrongPasswords(5);
    assertThat(locked).isEqualTo(new Guard(0, at(4 + 1800), 0));

    assertThat(password(locked, true, 1803))
        .isEqualTo(new Step(locked, REFUSED, Noted.TRIED_WHILE_LOCKED));
    assertThat(code(locked, 1000, 100).answer()).isEqualTo(REFUSED);
    assertThat(password(locked, true, 1804).answer()).isInstanceOf(Answer.WantsCode.class);
  }

  @Test
  void aRightPasswordGivesNoNewTriesForTheCode() {
    Guard guard = Guard.FRESH;
    for (int i = 0; i < 4; i++) {
      guard = code(password(guard, true, i).guard(), -1, i).guard();
    }
    Step fifth = code(password(guard, true, 5).guard(), -1, 5);

    assertThat(fifth.noted()).isEqualTo(Noted.FAILED_AND_LOCKED);
    assertThat(fifth.guard().isLocked(at(6))).isTrue();
  }

  @Test
  void aRecoveryCodeLetsInLikeAOneTimeCode() {
    var pending = new Pending(7, at(120));

    assertThat(
        SignIn.step(SignInRules.DEFAULT, Guard.FRESH, new Event.RecoveryTried(pending, true, at(1))).answer())
        .isEqualTo(new Answer.SignedIn(7));
    assertThat(SignIn.step(SignInRules.DEFAULT, Guard.FRESH, new Event.RecoveryTried(pending, false, at(1)))
        .guard().failures())
        .isEqualTo(1);
  }

  @Test
  void anAdministratorLiftsTheLockButNoUsedCode() {
    Guard locked = new Guard(0, at(1800), 1000);

    assertThat(SignIn.step(SignInRules.DEFAULT, locked, new Event.Unlocked(at(5))))
        .isEqualTo(new Step(new Guard(0, Instant.EPOCH, 1000), REFUSED, Noted.UNLOCKED));
  }

  @Test
  void whoDoesNotExistIsAnsweredLikeAWrongPasswordWithTheSameWork() {
    var compared = new ArrayList<String>();
    var gate = new PasswordGate((stored, typed) -> {
      compared.add(stored);
      return new String(typed).equals("right") ? Match.RIGHT : Match.WRONG;
    }, "decoy", SignInRules.DEFAULT);
    char[] right = "right".toCharArray();

    List<Tried> tried = List.of(gate.tryPassword(null, right, START),
        gate.tryPassword(new Known(LI, "hash", Guard.FRESH), "wrong".toCharArray(), START),
        gate.tryPassword(new Known(LI, "hash", afterWrongPasswords(5)), right, at(5)),
        gate.tryPassword(new Known(LI.left(), "hash", Guard.FRESH), right, START));

    assertThat(tried).extracting(each -> each.step().answer()).containsOnly(REFUSED);
    assertThat(compared).containsExactly("decoy", "hash", "hash", "hash");
  }

  @Test
  void aHashOfAnOldCostIsMadeAgainOnlyForWhoMayComeIn() {
    var gate = new PasswordGate((_, _) -> Match.RIGHT_REHASH, "decoy", SignInRules.DEFAULT);

    assertThat(gate.tryPassword(new Known(LI, "hash", Guard.FRESH), new char[0], START).rehash()).isTrue();
    assertThat(gate.tryPassword(new Known(LI.left(), "hash", Guard.FRESH), new char[0], START).rehash())
        .isFalse();
    assertThat(gate.tryPassword(null, new char[0], START).rehash()).isFalse();
    assertThat(new Known(LI, "$argon2id$", Guard.FRESH).toString()).doesNotContain("argon2id");
  }

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  /// Against a plain account of what happened: failures since the last whole sign-in, the end of the lock, codes taken.
  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyComesInLockedOrTwiceWithOneCodeAndNobodyHasMoreThanFiveTries(int seed) {
    var random = new Random(seed);
    Guard guard = Guard.FRESH;
    var taken = new ArrayList<Long>();
    long second = 0;
    long lockedUntil = 0;
    int failures = 0;
    for (int i = 0; i < 200; i++) {
      second += random.nextInt(30) == 0 ? 1000 + random.nextInt(1500) : random.nextInt(20);
      boolean locked = second < lockedUntil;
      Event event = event(random, second);
      Step step = SignIn.step(SignInRules.DEFAULT, guard, event);
      if (step.answer() instanceof Answer.SignedIn) {
        assertThat(locked).as("seed %d, try %d", seed, i).isFalse();
        failures = 0;
        if (event instanceof Event.CodeTried(var _, OptionalLong used, var _)) {
          assertThat(taken).as("seed %d, try %d", seed, i).allMatch(before -> before < used.getAsLong());
          taken.add(used.getAsLong());
        }
      } else if (event instanceof Event.Unlocked) {
        failures = 0;
        lockedUntil = 0;
      } else if (locked) {
        assertThat(step.answer()).as("seed %d, try %d", seed, i).isEqualTo(REFUSED);
        assertThat(step.guard()).as("seed %d, try %d", seed, i).isEqualTo(guard);
      } else if (step.answer() instanceof Answer.Refused && ++failures == 5) {
        failures = 0;
        lockedUntil = second + 1800;
      }
      guard = step.guard();
      assertThat(guard.isLocked(at(second))).as("seed %d, try %d", seed, i).isEqualTo(second < lockedUntil);
      assertThat(guard.failures()).as("seed %d, try %d", seed, i).isEqualTo(failures);
    }
  }

  private static Event event(Random random, long second) {
    var pending = new Pending(7, at(second + random.nextInt(-20, 100)));
    long step = Math.floorDiv(at(second).getEpochSecond(), 30L) + random.nextInt(-1, 2);
    return switch (random.nextInt(12)) {
      case 0 -> new Event.Unlocked(at(second));
      case 1, 2, 3 -> new Event.PasswordTried(7, false, at(second));
      case 4, 5 -> new Event.PasswordTried(7, true, at(second));
      case 6 -> new Event.RecoveryTried(pending, random.nextBoolean(), at(second));
      case 7, 8, 9 -> new Event.CodeTried(pending, OptionalLong.empty(), at(second));
      default -> new Event.CodeTried(pending, OptionalLong.of(step), at(second));
    };
  }
}
