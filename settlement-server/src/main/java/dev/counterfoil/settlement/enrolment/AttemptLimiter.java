package dev.counterfoil.settlement.enrolment;

import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds how often one address may try an enrolment code: a full minute's worth at once, then evenly. Remembers the
/// addresses that tried last, at most [#MOST_ADDRESSES]; with 65 secret bits in a code the forgotten ones do no harm.
/// Thread-safe, keeps no clock.
public final class AttemptLimiter {

  /// Addresses remembered.
  static final int MOST_ADDRESSES = 10_000;

  private static final long MINUTE_MILLIS = 60_000;

  private final int perMinute;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MOST_ADDRESSES;
    }
  };

  private record Bucket(double tokens, long atMillis) {}

  public AttemptLimiter(int perMinute) {
    this.perMinute = perMinute;
  }

  /// @param nowMillis monotonic time
  /// @return whether this attempt may be looked at
  public synchronized boolean admit(String address, long nowMillis) {
    Bucket before = buckets.getOrDefault(address, new Bucket(perMinute, nowMillis));
    double refill = (nowMillis - before.atMillis()) * (double) perMinute / MINUTE_MILLIS;
    double tokens = Math.min(perMinute, before.tokens() + refill);
    boolean admitted = tokens >= 1;
    buckets.put(address, new Bucket(admitted ? tokens - 1 : tokens, nowMillis));
    return admitted;
  }
}
