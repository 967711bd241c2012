package dev.counterfoil.settlement.ledger;

import java.util.Locale;

/// Operators as they are named on a command or by a session. Whoever asks for money to be moved is not who approves it;
/// `Li` and ` li` are one person.
public final class TwoOperators {

  private TwoOperators() {}

  /// How a name is stored and compared: without blanks around it, in small letters.
  public static String name(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  public static boolean areOne(String first, String second) {
    return name(first).equals(name(second));
  }
}
