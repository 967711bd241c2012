package dev.counterfoil.protocol.link;

import dev.counterfoil.protocol.ReasonCode;
import java.util.Optional;

/// The time limits of one connection after its TLS handshake: first byte, least rate while a frame is incomplete,
/// idleness. Fed with what arrived and with ticks, in monotonic milliseconds; keeps no clock. Not thread-safe.
public final class ConnectionGuard {

  private final LinkLimits limits;
  private final long openedAt;
  private long lastFrameAt;
  private long incompleteSince = -1;
  private long incompleteBytes;
  private boolean anyByte;

  public ConnectionGuard(LinkLimits limits, long nowMillis) {
    this.limits = limits;
    this.openedAt = nowMillis;
    this.lastFrameAt = nowMillis;
  }

  /// Bytes arrived.
  ///
  /// @param frameIncomplete whether a part of a frame is waiting for its rest after them
  public void received(long nowMillis, int bytes, boolean completedFrame, boolean frameIncomplete) {
    anyByte |= bytes > 0;
    if (completedFrame) {
      lastFrameAt = nowMillis;
      incompleteSince = -1;
    }
    if (frameIncomplete && incompleteSince < 0) {
      incompleteSince = nowMillis;
      incompleteBytes = 0;
    }
    incompleteBytes += bytes;
  }

  /// The limit that is broken now, if any. To be asked about once a second.
  public Optional<ReasonCode> broken(long nowMillis) {
    if (!anyByte && nowMillis - openedAt > limits.firstByte().toMillis()) {
      return Optional.of(ReasonCode.FIRST_BYTE_TIMEOUT);
    }
    if (tooSlow(nowMillis)) {
      return Optional.of(ReasonCode.TOO_SLOW);
    }
    return nowMillis - lastFrameAt > limits.idle().toMillis()
        ? Optional.of(ReasonCode.IDLE_TIMEOUT)
        : Optional.empty();
  }

  private boolean tooSlow(long nowMillis) {
    if (incompleteSince < 0) {
      return false;
    }
    long elapsed = nowMillis - incompleteSince;
    // Two seconds of grace: one full tick plus a retransmission.
    return elapsed > 2_000 && incompleteBytes * 1_000 < elapsed * limits.minBytesPerSecond();
  }
}
