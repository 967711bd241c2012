package dev.counterfoil.terminal.journal;

/// Approvals without the server since the last contact, to be held against the signed allowance.
///
/// @param contact number of the present offline stretch; rises by one at each contact, which starts all
///     counting anew without touching a row per card ([CardUse#sinceContactMinor])
/// @param count approvals
/// @param amountMinor their sum, minor units
public record OfflineUse(long contact, long count, long amountMinor) {

  public static final OfflineUse NONE = new OfflineUse(0, 0, 0);

  /// After one more approval without the server.
  public OfflineUse plus(long minor) {
    return new OfflineUse(contact, Math.addExact(count, 1), Math.addExact(amountMinor, minor));
  }

  /// After contact with the server.
  public OfflineUse renewed() {
    return new OfflineUse(contact + 1, 0, 0);
  }
}
