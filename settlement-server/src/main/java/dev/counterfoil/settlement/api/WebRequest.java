package dev.counterfoil.settlement.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came over HTTP, with everything about its connection left behind.
///
/// @param path  parameters of the route's path
/// @param query all values of each name
record WebRequest(Route route, Map<String, String> path, Map<String, List<String>> query,
    @Nullable String authorization, @Nullable String language, @Nullable String key, byte[] body,
    String target) {}
