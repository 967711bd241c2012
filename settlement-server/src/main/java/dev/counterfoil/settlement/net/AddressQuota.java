package dev.counterfoil.settlement.net;

import java.util.HashMap;
import java.util.Map;

/// Counts open connections that have not shown a certificate of ours, by address and in all. Thread-safe; its size is
/// bounded by the total.
final class AddressQuota {

  private final int perAddress;
  private final int total;
  private final Map<String, Integer> open = new HashMap<>();
  private int all;

  AddressQuota(int perAddress, int total) {
    this.perAddress = perAddress;
    this.total = total;
  }

  /// @return false when the connection is one too many; nothing is counted then
  synchronized boolean admit(String address) {
    int count = open.getOrDefault(address, 0);
    if (count >= perAddress || all >= total) {
      return false;
    }
    open.put(address, count + 1);
    all++;
    return true;
  }

  /// The connection was authenticated or closed.
  synchronized void release(String address) {
    Integer left = open.computeIfPresent(address, (_, count) -> count - 1);
    all--;
    if (left != null && left == 0) {
      open.remove(address);
    }
  }

  synchronized int open() {
    return all;
  }
}
