package dev.counterfoil.settlement.balance;

import dev.counterfoil.settlement.store.TransactionRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One change of a holder's balance (BAL-05): `before + change = after`, and `after` is the next one's `before` of the same purse (BAL-07). A
/// freeze changes what is available and not the balance: its `change` is 0.
///
/// @param transfer number of the movement; rises with every change at the site
/// @param type what kind of operation it was
/// @param change minor units, signed
/// @param frozen what became frozen, negative for what is frozen no more; minor units
/// @param before balance before, minor units
/// @param after balance after, minor units
/// @param reason name of the posting rule
/// @param operator who did it: an operator's name, `terminal 3` for what a terminal recorded, empty when time did it or
/// nobody noted it
/// @param remark in the operator's words, may be empty
/// @param purse name of the subsidy whose balance it is, empty for the holder's own money
/// @param transaction the business event
public record BalanceChange(long transfer, BalanceChangeType type, long change, long frozen, long before,
    long after, String reason, String operator, String remark, String purse,
    TransactionRow transaction) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  /// Such as `BAL_20251113_001`: the UTC day of the change and the movement's number.
  public String id() {
    return String.format(Locale.ROOT, "BAL_%s_%03d", DAY.format(Instant.ofEpochMilli(transaction.atMs())),
        transfer);
  }
}
