package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// A provisional charge (预扣费, PAY-24): an amount that is reserved for a merchant until the final one is known. What was
/// held never changes and it ends once; the database checks both.
///
/// @param number running number within the site
/// @param transaction names it, its HOLD and the sale that it becomes
/// @param terminal where it was made
/// @param card our number of the card
/// @param held the provisional amount, minor units
/// @param hold number of the HOLD transfer
/// @param consumerIp of an online purchase, else empty
/// @param operator who made it, an operator's or program's name
/// @param dueMs server time at which the clock ends what nobody settled
/// @param taken the final amount as it was charged, 0 unless settled; minor units
/// @param unpaid what the final amount was above that; minor units
/// @param endedMs server time, 0 while it is held
/// @param endedBy empty when the clock did it
public record PredebitRow(int site, long number, TransactionId transaction, int terminal, long account,
    long card, long held, String asset, long hold, SaleSubType subType, String consumerIp, String operator, long openedMs,
    long dueMs, State state, long taken, long unpaid, long endedMs, String endedBy) {

  /// How far it is. The names are stored.
  public enum State {
    HELD,
    SETTLED,
    /// Given back whole, by whoever cancelled it or by the clock.
    RELEASED
  }

  /// The same with its final amount.
  public PredebitRow settled(long takenMinor, long unpaidMinor, String by, long atMs) {
    return ended(State.SETTLED, takenMinor, unpaidMinor, by, atMs);
  }

  /// The same, given back.
  public PredebitRow released(String by, long atMs) {
    return ended(State.RELEASED, 0, 0, by, atMs);
  }

  private PredebitRow ended(State how, long takenMinor, long unpaidMinor, String by, long atMs) {
    return new PredebitRow(site, number, transaction, terminal, account, card, held, asset, hold, subType,
        consumerIp, operator, openedMs, dueMs, how, takenMinor, unpaidMinor, atMs, by);
  }
}
