package dev.counterfoil.settlement.secret;

import java.nio.CharBuffer;

/// What a new password must be. Asked when one is set, never when one is tried.
public enum PasswordRule {
  /// Operators: 12 to 128 characters (code points), whatever they are (design decision D9).
  OPERATOR {
    @Override
    public boolean admits(char[] password) {
      int length = Character.codePointCount(password, 0, password.length);
      return length >= LEAST_OPERATOR && length <= MOST_OPERATOR;
    }
  },
  /// Holders' consumption password: six digits, so that a terminal's keypad can type it.
  HOLDER {
    @Override
    public boolean admits(char[] password) {
      return password.length == HOLDER_DIGITS
          && CharBuffer.wrap(password).chars().allMatch(c -> c >= '0' && c <= '9');
    }
  };

  private static final int LEAST_OPERATOR = 12;
  private static final int MOST_OPERATOR = 128;
  private static final int HOLDER_DIGITS = 6;

  /// @param password read only
  public abstract boolean admits(char[] password);
}
