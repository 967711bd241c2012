package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.time.ZoneId;

/// What a terminal is and how it is set up; fixed for one run.
///
/// @param trust       how it recognises its server; names the terminal
/// @param software    name and version for Hello
/// @param boardSerial of this board
/// @param boot        drawn anew for this run
/// @param ownCaps     tighten what the server allows offline
/// @param zone        whose midnight ends a card's day
/// @param clockKeepsRunning the board has a clock with a battery, so that its time is believed after a restart
/// @param awaitsConfirmation enrolled subject to a second operator's word, which a server's first acknowledgement brings
/// @param lamps       it has lamps, so that a customer is told of a result without a display
/// @param sellsOnlyWithReceipts a printer that cannot print stops sales
/// @param afterGapPercent share of the allowance that holds after a GAP until the server knows of it, 0 to 100
/// @param linkTickMillis how often an open session is shown the time; below the ping interval
/// @param cause       why this run was started, for the operator who asks
/// @param capacityRecords records that its journal may hold
public record TerminalSetup(ServerTrust trust, String software, String boardSerial, BootId boot,
    SaleSettings sale,
    OfflineCaps ownCaps, LinkLimits limits, Backoff backoff, ZoneId zone, boolean clockKeepsRunning,
    boolean awaitsConfirmation, boolean lamps, boolean sellsOnlyWithReceipts, int afterGapPercent,
    long linkTickMillis, StartCause cause, long capacityRecords) {

  /// A first start.
  public TerminalSetup(ServerTrust trust, String software, String boardSerial, BootId boot, SaleSettings sale,
      OfflineCaps ownCaps, LinkLimits limits, Backoff backoff, ZoneId zone, boolean clockKeepsRunning,
      boolean awaitsConfirmation, boolean lamps, boolean sellsOnlyWithReceipts, int afterGapPercent,
      long linkTickMillis) {
    this(trust, software, boardSerial, boot, sale, ownCaps, limits, backoff, zone, clockKeepsRunning,
        awaitsConfirmation, lamps, sellsOnlyWithReceipts, afterGapPercent, linkTickMillis, StartCause.FIRST,
        JournalSettings.DEFAULT.capacityRecords());
  }

  /// A terminal with lamps and the ordinary allowance after a GAP.
  public TerminalSetup(ServerTrust trust, String software, String boardSerial, BootId boot, SaleSettings sale,
      OfflineCaps ownCaps, LinkLimits limits, Backoff backoff, ZoneId zone, boolean clockKeepsRunning,
      boolean awaitsConfirmation, long linkTickMillis) {
    this(trust, software, boardSerial, boot, sale, ownCaps, limits, backoff, zone, clockKeepsRunning,
        awaitsConfirmation, true, false, OfflineCaps.DEFAULT_AFTER_GAP_PERCENT, linkTickMillis);
  }

  /// The same, selling in another way and by another midnight.
  public TerminalSetup with(SaleSettings otherSale, ZoneId otherZone) {
    return with(otherSale, otherZone, sellsOnlyWithReceipts);
  }

  /// The same, and a printer that cannot print stops sales or does not.
  public TerminalSetup with(SaleSettings otherSale, ZoneId otherZone, boolean onlyWithReceipts) {
    return new TerminalSetup(trust, software, boardSerial, boot, otherSale, ownCaps, limits, backoff,
        otherZone,
        clockKeepsRunning, awaitsConfirmation, lamps, onlyWithReceipts, afterGapPercent, linkTickMillis,
        cause, capacityRecords);
  }

  /// Fine enough for a ping every 30 s and a silence of 90 s.
  public static final long DEFAULT_LINK_TICK_MILLIS = 5_000;
}
