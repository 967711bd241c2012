package dev.counterfoil.sim.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// An HTTP answer of the simulator.
record SimulatedAnswer(int status, Map<String, String> headers, byte[] body) {

  SimulatedAnswer {
    headers = new TreeMap<>(headers);
  }

  static SimulatedAnswer text(int status, String body) {
    return new SimulatedAnswer(status, new TreeMap<>(), body.getBytes(StandardCharsets.UTF_8));
  }

  SimulatedAnswer with(String name, String value) {
    var more = new TreeMap<>(headers);
    more.put(name, value);
    return new SimulatedAnswer(status, more, body);
  }
}
