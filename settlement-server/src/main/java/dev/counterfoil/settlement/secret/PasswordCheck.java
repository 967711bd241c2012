package dev.counterfoil.settlement.secret;

/// Compares a typed password with a stored hash.
@FunctionalInterface
public interface PasswordCheck {

  /// What a comparison came to.
  enum Match {
    WRONG,
    RIGHT,
    /// Right, and stored with another cost than is used now: hash it again while the password is at hand.
    RIGHT_REHASH
  }

  /// @param stored   as {@link PasswordHash#hash} gave it
  /// @param password read only; the caller wipes it
  /// @throws IllegalArgumentException if `stored` is no hash that this program wrote
  Match verify(String stored, char[] password);
}
