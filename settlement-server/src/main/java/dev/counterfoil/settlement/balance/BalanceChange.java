package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One change of a holder's balance (BAL-05): `before + change = after`, and `after` is the next one's `before` (BAL-07).
///
/// @param transfer number of the movement; rises with every change at the site
/// @param change minor units, signed
/// @param before balance before, minor units
/// @param after balance after, minor units
/// @param reason name of the posting rule
/// @param transaction the business event
public record BalanceChange(long transfer, long change, long before, long after, String reason,
    TransactionRow transaction) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  /// Such as `BAL_20251113_001`: the UTC day of the change and the movement's number.
  public String id() {
    return String.format(Locale.ROOT, "BAL_%s_%03d", DAY.format(Instant.ofEpochMilli(transaction.atMs())),
        transfer);
  }
}
