package dev.counterfoil.settlement.operator;

import dev.counterfoil.settlement.operator.SignIn.Answer;
import dev.counterfoil.settlement.operator.SignIn.Event;
import dev.counterfoil.settlement.operator.SignIn.Guard;
import dev.counterfoil.settlement.operator.SignIn.Noted;
import dev.counterfoil.settlement.operator.SignIn.Step;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.secret.PasswordCheck.Match;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The first half of signing in: exactly one comparison and one kind of refusal, whether or not the name exists, the
/// operator has left or is locked. Computes as long as the comparison does; thread-safe if that is.
public final class PasswordGate {

  /// What is known of one name.
  ///
  /// @param password as [dev.counterfoil.settlement.secret.PasswordHash#hash] gave it; never shown
  public record Known(Operator operator, String password, Guard guard) {

    @Override
    public String toString() {
      return "Known[" + operator + "]";
    }
  }

  /// @param step   its guard is to be stored, unless the name is unknown
  /// @param right  what comparing came to, for whoever steps again from a newer guard
  /// @param rehash whether to hash the typed password again with today's cost
  public record Tried(Step step, boolean right, boolean rehash) {}

  private final PasswordCheck check;
  private final String decoy;
  private final SignInRules rules;

  /// @param decoy a stored hash that no password fits, of today's cost
  public PasswordGate(PasswordCheck check, String decoy, SignInRules rules) {
    this.rules = rules;
    this.check = check;
    this.decoy = decoy;
  }

  /// @param known null if nobody has the name
  /// @param typed read only; the caller wipes it
  public Tried tryPassword(@Nullable Known known, char[] typed, Instant at) {
    Match match = check.verify(known == null ? decoy : known.password(), typed);
    if (known == null) {
      return new Tried(new Step(Guard.FRESH, new Answer.Refused(), Noted.FAILED), false, false);
    }
    boolean right = match != Match.WRONG && known.operator().active();
    Step step = SignIn.step(rules, known.guard(),
        new Event.PasswordTried(known.operator().number(), right, at));
    return new Tried(step, right, right && match == Match.RIGHT_REHASH);
  }
}
