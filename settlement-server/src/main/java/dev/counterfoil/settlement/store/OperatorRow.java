package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import java.time.Instant;

/// An operator with everything that signing in needs.
///
/// @param password as [dev.counterfoil.settlement.secret.PasswordHash] wrote it
/// @param totp     the secret of the one-time codes, sealed by [dev.counterfoil.settlement.secret.SealedColumn]; not to
///                 be changed
/// @param passwordSetMs when the password became this one, server time
/// @param passwordDue the password was given by somebody else: the first session may change it and nothing else
public record OperatorRow(Operator operator, String password, byte[] totp, RecoveryCodes recovery,
    SignIn.Guard guard, boolean passwordDue, long passwordSetMs) {

  /// The same after a try to sign in.
  public OperatorRow with(SignIn.Guard next) {
    return new OperatorRow(operator, password, totp, recovery, next, passwordDue, passwordSetMs);
  }

  /// The same with a code less.
  public OperatorRow with(RecoveryCodes left) {
    return new OperatorRow(operator, password, totp, left, guard, passwordDue, passwordSetMs);
  }

  /// The same in another role, or gone.
  public OperatorRow with(Operator next) {
    return new OperatorRow(next, password, totp, recovery, guard, passwordDue, passwordSetMs);
  }

  /// The same with a password of the operator's own choice.
  public OperatorRow withOwnPassword(String next, long nowMs) {
    return new OperatorRow(operator, next, totp, recovery, guard, false, nowMs);
  }

  /// The same with the same password, hashed anew.
  public OperatorRow withHash(String next) {
    return new OperatorRow(operator, next, totp, recovery, guard, passwordDue, passwordSetMs);
  }

  /// The same with the same secret of its codes, sealed anew.
  public OperatorRow withTotp(byte[] next) {
    return new OperatorRow(operator, password, next, recovery, guard, passwordDue, passwordSetMs);
  }

  /// Whether a session that begins now may change the password and nothing else.
  public boolean isPasswordDue(SignInRules rules, Instant now) {
    return passwordDue || rules.isExpired(Instant.ofEpochMilli(passwordSetMs), now);
  }

  /// Never shows a secret.
  @Override
  public String toString() {
    return "OperatorRow[" + operator + ", " + guard + "]";
  }
}
