package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.operator.SessionToken;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands in `Authorization: Bearer` (RFC 6750): the site, a full stop, the session's token.
record Bearer(int site, SessionToken token) {

  private static final Pattern HEADER = Pattern.compile("Bearer ([1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{43})",
      Pattern.CASE_INSENSITIVE);

  static Optional<Bearer> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher parts = HEADER.matcher(header);
    return parts.matches()
        ? SessionToken.parse(parts.group(2)).map(token -> new Bearer(Integer.parseInt(parts.group(1)), token))
        : Optional.empty();
  }

  /// As the caller is to send it, without the word `Bearer`.
  String text() {
    return site + "." + token.text();
  }

  @Override
  public String toString() {
    return "Bearer[site=" + site + "]";
  }
}
