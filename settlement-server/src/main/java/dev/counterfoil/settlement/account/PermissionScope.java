package dev.counterfoil.settlement.account;

import java.util.Arrays;
import java.util.regex.Pattern;

/// Where a permission holds: everywhere, or at some terminals, as `terminal:1,terminal:7`.
final class PermissionScope {

  private static final int MOST_CHARACTERS = 500;
  private static final Pattern TERMS = Pattern.compile("terminal:\\d{1,9}(,terminal:\\d{1,9})*");

  private PermissionScope() {}

  /// @throws RefusedException PARAMETER_ERROR if this names no places
  static String checked(String scope) {
    String plain = scope.replace(" ", "");
    if (!plain.isEmpty() && (plain.length() > MOST_CHARACTERS || !TERMS.matcher(plain).matches())) {
      throw new RefusedException("PARAMETER_ERROR",
          "a scope is empty for everywhere, or such as terminal:1,terminal:7");
    }
    return plain;
  }

  /// @param terminal the site's number of a terminal; 0 for a place that is none, such as the operators' desk, which
  ///     only a permission for everywhere covers
  static boolean covers(String scope, int terminal) {
    return scope.isEmpty() || Arrays.asList(scope.split(",")).contains("terminal:" + terminal);
  }
}
