package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.TransactionId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request to a route, after everything around it was checked.
///
/// @param path        the path's parameters by name
/// @param transaction what a change is called in the books: the caller's key stands for it, so a repeat hits the same
/// @param now         server time
record Call(Caller caller, Map<String, String> path, Query query, Body body, TransactionId transaction,
    Instant now) {

  private static final int TRANSACTION_DIGITS = 32;

  int site() {
    return caller.site();
  }

  /// The caller's name, as the books and the trail show it.
  String operator() {
    return caller.name();
  }

  long nowMs() {
    return now.toEpochMilli();
  }

  /// A number in the path.
  long number(String name) {
    try {
      long number = Long.parseLong(text(name));
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw ApiException.of("FIELD_INVALID", "path=%s allowed=a whole number from 1 on", name);
  }

  /// A number in the path that counts within something else.
  int smallNumber(String name) {
    long number = number(name);
    if (number > Integer.MAX_VALUE) {
      throw ApiException.of("FIELD_INVALID", "path=%s allowed=a whole number from 1 to %d", name,
          Integer.MAX_VALUE);
    }
    return (int) number;
  }

  /// A transaction in the path: 32 hexadecimal digits.
  TransactionId transactionIn(String name) {
    return transactionOf(name, text(name));
  }

  static TransactionId transactionOf(String name, String text) {
    if (!text.matches("[0-9a-fA-F]{" + TRANSACTION_DIGITS + "}")) {
      throw ApiException.of("FIELD_INVALID", "field=%s allowed=%d hexadecimal digits", name,
          TRANSACTION_DIGITS);
    }
    return TransactionId.parse(text.toLowerCase(Locale.ROOT));
  }

  String text(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalStateException("the route has no " + name));
  }
}
