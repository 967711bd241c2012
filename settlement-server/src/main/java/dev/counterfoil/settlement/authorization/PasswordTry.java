package dev.counterfoil.settlement.authorization;

/// What comparing the password of a question came to, away from the core's thread.
///
/// @param stored the hash that it was compared with; if the account has another one by now, the try counts for nothing
public record PasswordTry(String stored, boolean right) {

  @Override
  public String toString() {
    return "PasswordTry[" + right + "]";
  }
}
