package dev.counterfoil.sim.gateway;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// An HTTP request as the simulator sees it.
///
/// @param path with query, as sent
/// @param header looks up a header, empty if it is missing
record SimulatedRequest(String method, String path, UnaryOperator<String> header, byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
