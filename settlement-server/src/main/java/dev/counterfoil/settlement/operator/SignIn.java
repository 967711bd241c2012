package dev.counterfoil.settlement.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// Signing in, as a state machine: first the password, then a one-time or a recovery code. `step(rules, guard, event)` gives the
/// guard to store before the answer goes out, or a crash would give tries back. Wrong passwords and wrong codes count
/// together, and only a whole sign-in or the end of a lock sets the count to zero: a right password alone does not, or
/// whoever knows it could try codes for ever.
public final class SignIn {

  /// Between a right password and its code.
  public static final Duration SECOND_FACTOR_WITHIN = Duration.ofMinutes(2);

  /// What is kept of an operator's tries.
  ///
  /// @param failures    since the last sign-in or lock, 0 or more
  /// @param lockedUntil the past if not locked
  /// @param lastStep    of the last one-time code that was taken, see [dev.counterfoil.settlement.secret.Totp#match]
  public record Guard(int failures, Instant lockedUntil, long lastStep) {

    /// Of a new operator.
    public static final Guard FRESH = new Guard(0, Instant.EPOCH, 0);

    public Guard {
      if (failures < 0) {
        throw new IllegalArgumentException("failures=" + failures + " count from 0");
      }
    }

    public boolean isLocked(Instant at) {
      return at.isBefore(lockedUntil);
    }
  }

  /// A right password that waits for its code. Kept by the server for one browser, not stored.
  ///
  /// @param operator the number of the one whose password it was; its code is compared with no other's secret
  /// @param until    no code is taken from here on
  public record Pending(long operator, Instant until) {}

  public sealed interface Event {

    Instant at();

    /// @param right what comparing came to; always compared, also when locked, so that time tells nothing
    record PasswordTried(long operator, boolean right, Instant at) implements Event {}

    /// @param step the code's step, or empty if it fits none
    record CodeTried(Pending pending, OptionalLong step, Instant at) implements Event {}

    /// @param right whether the code was one of those left; used up by the same commit as the guard
    record RecoveryTried(Pending pending, boolean right, Instant at) implements Event {}

    /// A security administrator lifts the lock.
    record Unlocked(Instant at) implements Event {}
  }

  public sealed interface Answer {

    /// The one refusal for all reasons: whoever tries learns neither whether a name exists nor whether it is locked.
    record Refused() implements Answer {}

    record WantsCode(Pending pending) implements Answer {}

    /// A session may begin.
    record SignedIn(long operator) implements Answer {}
  }

  /// For the audit trail, not for the one who tries.
  public enum Noted {
    NOTHING,
    FAILED,
    FAILED_AND_LOCKED,
    TRIED_WHILE_LOCKED,
    SIGNED_IN,
    UNLOCKED
  }

  public record Step(Guard guard, Answer answer, Noted noted) {}

  private static final Answer REFUSED = new Answer.Refused();

  private SignIn() {}

  public static Step step(SignInRules rules, Guard guard, Event event) {
    return switch (event) {
      case Event.Unlocked _ ->
        new Step(new Guard(0, Instant.EPOCH, guard.lastStep()), REFUSED, Noted.UNLOCKED);
      case Event.PasswordTried _,Event.CodeTried _,Event.RecoveryTried _ -> guard.isLocked(event.at())
          ? new Step(guard, REFUSED, Noted.TRIED_WHILE_LOCKED)
          : tried(rules, guard, event);
    };
  }

  private static Step tried(SignInRules rules, Guard guard, Event event) {
    return switch (event) {
      case Event.PasswordTried(long operator, boolean right, Instant at) -> right
          ? new Step(guard, new Answer.WantsCode(new Pending(operator, at.plus(SECOND_FACTOR_WITHIN))),
              Noted.NOTHING)
          : failed(rules, guard, at);
      case Event.CodeTried(Pending pending, OptionalLong step, Instant at) -> second(rules, guard, pending,
          // Compared here again: two requests with one code may both have been compared with the guard of before.
          step.isPresent() && step.getAsLong() > guard.lastStep(), step.orElse(guard.lastStep()), at);
      case Event.RecoveryTried(Pending pending, boolean right, Instant at) ->
        second(rules, guard, pending, right,
            guard.lastStep(), at);
      case Event.Unlocked _ -> new Step(guard, REFUSED, Noted.NOTHING);
    };
  }

  private static Step second(SignInRules rules, Guard guard, Pending pending, boolean right, long lastStep,
      Instant at) {
    if (!right || !at.isBefore(pending.until())) {
      return failed(rules, guard, at);
    }
    return new Step(new Guard(0, Instant.EPOCH, lastStep), new Answer.SignedIn(pending.operator()),
        Noted.SIGNED_IN);
  }

  private static Step failed(SignInRules rules, Guard guard, Instant at) {
    if (guard.failures() + 1 < rules.tries()) {
      return new Step(new Guard(guard.failures() + 1, Instant.EPOCH, guard.lastStep()), REFUSED,
          Noted.FAILED);
    }
    return new Step(new Guard(0, at.plus(rules.lock()), guard.lastStep()), REFUSED, Noted.FAILED_AND_LOCKED);
  }
}
