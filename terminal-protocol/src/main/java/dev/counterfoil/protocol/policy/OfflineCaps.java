package dev.counterfoil.protocol.policy;

import dev.counterfoil.proto.v1.Allowance;
import java.time.Duration;

/// What a terminal may approve without the server before its next contact. Zero means nothing is allowed.
///
/// The server sets these with every signed acknowledgement; a terminal's own configuration may only tighten them
/// ([#tightenedBy]), because the cap on what a lost terminal can cost is the operator's promise, not the device's.
///
/// @param maxCount          approvals since the last contact
/// @param maxAmountMinor    their sum, minor units
/// @param maxElapsedMillis  time since the last contact
/// @param perTapMinor       one purchase, minor units
/// @param perCardMinor      one card since the last contact, minor units
/// @param perCardDayMinor   one card on one day, minor units
/// @param maxSnapshotAgeMillis age of the account data an approval rests on
/// @param maxBlindReboots   starts without a trusted clock since the last contact
public record OfflineCaps(long maxCount, long maxAmountMinor, long maxElapsedMillis, long perTapMinor,
    long perCardMinor, long perCardDayMinor, long maxSnapshotAgeMillis, long maxBlindReboots) {

  /// Share of count and sums that still holds after a GAP, until the server has acknowledged it, where nothing else is
  /// set (`offline.after-gap-percent` of a terminal).
  public static final int DEFAULT_AFTER_GAP_PERCENT = 10;

  /// Nothing at all: what holds before a terminal's first contact.
  public static final OfflineCaps NOTHING = new OfflineCaps(0, 0, 0, 0, 0, 0, 0, 0);

  /// No cap of the terminal's own.
  public static final OfflineCaps UNLIMITED = new OfflineCaps(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
      Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /// What a server grants where nothing else is configured. Sized for a canteen lunch: 1,000 taps of at most
  /// 100.00 and 20,000.00 in all within three days, 200.00 a card, data at most three days old.
  public static final OfflineCaps DEFAULT = new OfflineCaps(1_000, 2_000_000, Duration.ofDays(3).toMillis(),
      10_000, 20_000, 20_000, Duration.ofDays(3).toMillis(), 5);

  public OfflineCaps {
    if (maxCount < 0 || maxAmountMinor < 0 || maxElapsedMillis < 0 || perTapMinor < 0 || perCardMinor < 0
        || perCardDayMinor < 0 || maxSnapshotAgeMillis < 0 || maxBlindReboots < 0) {
      throw new IllegalArgumentException("an offline cap must not be negative");
    }
  }

  /// The same, but no purchase of more than that.
  public OfflineCaps withPerTapAtMost(long mostMinor) {
    return new OfflineCaps(maxCount, maxAmountMinor, maxElapsedMillis, Math.min(perTapMinor, mostMinor),
        perCardMinor, perCardDayMinor, maxSnapshotAgeMillis, maxBlindReboots);
  }

  /// The caps that hold when both must: the smaller one of each.
  public OfflineCaps tightenedBy(OfflineCaps other) {
    return new OfflineCaps(Math.min(maxCount, other.maxCount), Math.min(maxAmountMinor, other.maxAmountMinor),
        Math.min(maxElapsedMillis, other.maxElapsedMillis), Math.min(perTapMinor, other.perTapMinor),
        Math.min(perCardMinor, other.perCardMinor), Math.min(perCardDayMinor, other.perCardDayMinor),
        Math.min(maxSnapshotAgeMillis, other.maxSnapshotAgeMillis),
        Math.min(maxBlindReboots, other.maxBlindReboots));
  }

  /// What is left of these while records are lost that the server does not know of: part of the allowance may be spent
  /// already, by approvals that nobody can count any more.
  ///
  /// @param percent share of count and sums that is left, 0 to 100
  public OfflineCaps afterGap(int percent) {
    return new OfflineCaps(share(maxCount, percent), share(maxAmountMinor, percent), maxElapsedMillis,
        perTapMinor,
        share(perCardMinor, percent), share(perCardDayMinor, percent), maxSnapshotAgeMillis, maxBlindReboots);
  }

  private static long share(long whole, int percent) {
    return whole / 100 * percent + whole % 100 * percent / 100;
  }

  /// Reads the wire form. A negative amount from a faulty server counts as nothing allowed.
  public static OfflineCaps of(Allowance wire) {
    return new OfflineCaps(Integer.toUnsignedLong(wire.getMaxCount()), Math.max(0, wire.getMaxAmountMinor()),
        Math.max(0, wire.getMaxElapsedMs()), Math.max(0, wire.getPerTapMinor()),
        Math.max(0, wire.getPerCardMinor()), Math.max(0, wire.getPerCardDayMinor()),
        Math.max(0, wire.getMaxSnapshotAgeMs()), Integer.toUnsignedLong(wire.getMaxBlindReboots()));
  }

  /// The wire form; counts beyond 32 bits are sent as the largest that fits.
  public Allowance toWire() {
    return Allowance.newBuilder().setMaxCount((int) Math.min(maxCount, Integer.MAX_VALUE))
        .setMaxAmountMinor(maxAmountMinor).setMaxElapsedMs(maxElapsedMillis).setPerTapMinor(perTapMinor)
        .setPerCardMinor(perCardMinor).setPerCardDayMinor(perCardDayMinor)
        .setMaxSnapshotAgeMs(maxSnapshotAgeMillis)
        .setMaxBlindReboots((int) Math.min(maxBlindReboots, Integer.MAX_VALUE)).build();
  }
}
