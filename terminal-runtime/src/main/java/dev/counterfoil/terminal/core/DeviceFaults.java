package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.DeviceCondition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which devices do not work, and how often each has stopped working in this run. Driven by the core's thread.
final class DeviceFaults {

  private final Map<String, String> present = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new LinkedHashMap<>();

  /// Another code of one that does not work anyway is no new failure.
  void failed(String device, String code) {
    if (present.put(device, code) == null) {
      failures.merge(device, 1, Integer::sum);
    }
  }

  /// @return whether it had failed
  boolean well(String device) {
    return present.remove(device) != null;
  }

  /// Codes of those that do not work, by device.
  Map<String, String> present() {
    return Collections.unmodifiableMap(present);
  }

  /// All that have failed in this run, the first to fail first.
  List<DeviceCondition> told() {
    return failures.entrySet().stream().map(failed -> DeviceCondition.newBuilder().setName(failed.getKey())
        .setFault(present.getOrDefault(failed.getKey(), "")).setFailures(failed.getValue()).build()).toList();
  }
}
