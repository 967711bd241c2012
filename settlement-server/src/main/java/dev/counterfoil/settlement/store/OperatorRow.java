package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.secret.RecoveryCodes;

/// An operator with everything that signing in needs.
///
/// @param password as [dev.counterfoil.settlement.secret.PasswordHash] wrote it
/// @param totp     the secret of the one-time codes, sealed by [dev.counterfoil.settlement.secret.SealedColumn]; not to
///                 be changed
public record OperatorRow(Operator operator, String password, byte[] totp, RecoveryCodes recovery,
    SignIn.Guard guard) {

  /// The same after a try to sign in.
  public OperatorRow with(SignIn.Guard next) {
    return new OperatorRow(operator, password, totp, recovery, next);
  }

  /// Never shows a secret.
  @Override
  public String toString() {
    return "OperatorRow[" + operator + ", " + guard + "]";
  }
}
