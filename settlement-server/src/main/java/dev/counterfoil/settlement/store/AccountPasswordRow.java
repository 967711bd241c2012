package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.password.PasswordGuard;

/// The password of an account's purchases (PAY-28), and how its holder can prove who he is without it (ACC-25). Never
/// shown; a text form leaves the secrets out.
///
/// @param password as {@link dev.counterfoil.settlement.secret.PasswordHash} wrote it, with its salt; empty for none
/// @param guard wrong tries so far
/// @param question the holder's own, empty for none
/// @param answer likewise a hash, empty for none
/// @param changedMs server time since which the password is this one
public record AccountPasswordRow(int site, long account, String password, PasswordGuard guard,
    String question, String answer, long changedMs) {

  /// Of an account that never had one.
  public static AccountPasswordRow none(int site, long account) {
    return new AccountPasswordRow(site, account, "", PasswordGuard.FRESH, "", "", 0);
  }

  public boolean isSet() {
    return !password.isEmpty();
  }

  /// Another one, or none; wrong tries of the old one count no more.
  public AccountPasswordRow withPassword(String next, long atMs) {
    return new AccountPasswordRow(site, account, next, PasswordGuard.FRESH, question, answer, atMs);
  }

  public AccountPasswordRow withGuard(PasswordGuard next) {
    return new AccountPasswordRow(site, account, password, next, question, answer, changedMs);
  }

  public AccountPasswordRow withQuestion(String next, String nextAnswer) {
    return new AccountPasswordRow(site, account, password, guard, next, nextAnswer, changedMs);
  }

  @Override
  public String toString() {
    return "AccountPasswordRow[" + site + ", " + account + ", " + (isSet() ? "set, " : "none, ") + guard
        + "]";
  }
}
