package dev.counterfoil.settlement.engine;

import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What the terminals that are connected say of themselves, counted for whoever watches the whole house: no terminal is
/// named. Thread-safe.
public final class TerminalStates {

  private final Map<TerminalId, String> states = new ConcurrentHashMap<>();
  private final Map<TerminalId, Condition> conditions = new ConcurrentHashMap<>();

  /// @return whether the terminal said something else before, or nothing
  boolean says(TerminalId terminal, String state) {
    return !state.equals(states.put(terminal, state));
  }

  void is(TerminalId terminal, Condition condition) {
    conditions.put(terminal, condition);
  }

  void left(TerminalId terminal) {
    states.remove(terminal);
    conditions.remove(terminal);
  }

  /// How many terminals say what.
  public SortedMap<String, Long> byState() {
    var counts = new TreeMap<String, Long>();
    states.values().forEach(state -> counts.merge(state.replaceAll("[^A-Z0-9_]", "?"), 1L, Long::sum));
    return counts;
  }

  /// How many devices of each kind do not work.
  public SortedMap<String, Long> failedDevices() {
    var counts = new TreeMap<String, Long>();
    for (Condition condition : conditions.values()) {
      for (DeviceCondition device : condition.getDevicesList()) {
        if (!device.getFault().isEmpty()) {
          counts.merge(device.getName().replaceAll("[^a-z0-9-]", "?"), 1L, Long::sum);
        }
      }
    }
    return counts;
  }
}
