package dev.counterfoil.settlement.password;

import dev.counterfoil.settlement.secret.PasswordHash;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes what is stored of holders' passwords and answers. Computes for some 50 ms each; thread-safe if `random` is.
///
/// @param random a cryptographically strong generator outside of tests
public record HolderPasswords(PasswordHash hashes, PasswordRules rules, RandomGenerator random) {

  private static final int DIGITS = 10;

  /// Digits that nobody chose, to be handed over once.
  public char[] fresh() {
    char[] digits = new char[Math.max(rules.minLength(), PasswordRules.DEFAULT.minLength())];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (char) ('0' + random.nextInt(DIGITS));
    }
    return digits;
  }

  /// What to store of a new password, empty if it is none that may be chosen.
  ///
  /// @param typed read only
  public Optional<String> stored(char[] typed) {
    return rules.admit(typed) ? Optional.of(hashes.hash(typed)) : Optional.empty();
  }

  /// What to store of the answer to a holder's question: however it is spelt, in one way.
  public String storedAnswer(String answer) {
    return hashes.hash(spelt(answer));
  }

  /// Whether it is that answer.
  public boolean isAnswer(String stored, String typed) {
    return hashes.verify(stored, spelt(typed)) != dev.counterfoil.settlement.secret.PasswordCheck.Match.WRONG;
  }

  private static char[] spelt(String answer) {
    return answer.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT).toCharArray();
  }

  /// What somebody who chooses one is told.
  public String allowed() {
    return rules.minLength() + " to " + PasswordRules.MOST_DIGITS + " digits";
  }
}
