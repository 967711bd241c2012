package dev.counterfoil.settlement.operator;

import java.util.regex.Pattern;

/// Somebody who works at the server.
///
/// @param number running number within the site, never given twice
/// @param name   what is typed to sign in: 2 to 32 of `a-z 0-9 . _ -`, beginning with a letter
/// @param active false once the operator has left; the row stays, because the audit trail names it
public record Operator(int site, long number, String name, Role role, boolean active) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

  /// Whether an operator may be called so.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public Operator {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "an operator's name is 2 to 32 of a-z 0-9 . _ - and begins with a letter");
    }
    if (site < 1 || number < 1) {
      throw new IllegalArgumentException("site=" + site + " number=" + number + " count from 1");
    }
  }

  /// Whether this operator may do it now.
  public boolean may(Permission permission) {
    return active && RolePermissions.allows(role, permission);
  }

  public Operator in(Role other) {
    return new Operator(site, number, name, other, active);
  }

  public Operator left() {
    return new Operator(site, number, name, role, false);
  }
}
