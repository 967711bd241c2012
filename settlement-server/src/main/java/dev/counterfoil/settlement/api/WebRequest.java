package dev.counterfoil.settlement.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came over HTTP, with everything about its connection left behind.
///
/// @param path  parameters of the route's path
/// @param query all values of each name
/// @param target the path as it is looked up, for logs
/// @param uri   path and query as sent
record WebRequest(Route route, Map<String, String> path, Map<String, List<String>> query,
    @Nullable String authorization, @Nullable String language, @Nullable String key, byte[] body,
    String target, String uri, Stamp stamp) {

  /// What a machine says of its request; empty texts if it does not.
  ///
  /// @param time      Unix seconds
  /// @param nonce     never used before
  /// @param signature hexadecimal digits
  record Stamp(String time, String nonce, String signature) {}
}
