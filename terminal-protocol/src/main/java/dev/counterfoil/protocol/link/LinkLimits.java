package dev.counterfoil.protocol.link;

import java.time.Duration;

/// Every limit of the link in one place; the defaults are those of the protocol page, section 4.
///
/// @param maxFrameBytes longest frame body
/// @param maxBatchRecords most records in a Push
/// @param maxBatchBytes most record bytes in a Push
/// @param maxNesting deepest nesting of messages
/// @param handshake longest TLS handshake
/// @param firstByte longest wait for the first byte after the handshake
/// @param minBytesPerSecond least rate while a frame is incomplete
/// @param idle longest silence between frames
/// @param unauthenticatedPerAddress most connections without a valid client certificate from one address
/// @param windowBatches batches in flight
/// @param ping silence after which a terminal pings
public record LinkLimits(int maxFrameBytes, int maxBatchRecords, int maxBatchBytes, int maxNesting,
    Duration handshake, Duration firstByte, int minBytesPerSecond, Duration idle,
    int unauthenticatedPerAddress, int windowBatches, Duration ping) {

  public static final LinkLimits DEFAULT = new LinkLimits(1 << 20, 500, 256 * 1024, 16,
      Duration.ofSeconds(10), Duration.ofSeconds(5), 1_000, Duration.ofSeconds(90), 200, 8,
      Duration.ofSeconds(30));

  /// A single record may always be sent, however small the batch limit is set.
  public LinkLimits {
    if (maxBatchBytes < 32 * 1024 || maxBatchRecords < 1 || maxFrameBytes < maxBatchBytes + 64 * 1024) {
      throw new IllegalArgumentException(
          "limits must leave room for one record in a batch and for one batch in a frame");
    }
  }
}
