package dev.counterfoil.settlement.api;

import java.util.Locale;

/// A request that cannot be answered as asked. Nothing was changed.
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;
  private final String facts;

  /// @param code  stable, one of problems.tsv
  /// @param facts for whoever mends the request: which field, what was found, what is allowed; never a secret
  ApiException(String code, String facts) {
    super(code + (facts.isEmpty() ? "" : ": " + facts));
    this.code = code;
    this.facts = facts;
  }

  static ApiException of(String code, String format, Object... values) {
    return new ApiException(code, String.format(Locale.ROOT, format, values));
  }

  String code() {
    return code;
  }

  String facts() {
    return facts;
  }
}
