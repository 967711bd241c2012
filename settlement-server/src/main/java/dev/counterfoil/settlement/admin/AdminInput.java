package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.store.AccountRow;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;

/// Reads what operators type.
final class AdminInput {

  private static final String ACCOUNT_PREFIX = "ACCT";

  private AdminInput() {}

  /// An amount such as `12.50` in minor units, 0 or more.
  static long amount(String text) {
    try {
      long minor = Money.parseDecimal(text);
      if (minor < 0) {
        throw new AdminRefusal("BAD_AMOUNT", "found=" + text + " allowed=0 or more");
      }
      return minor;
    } catch (NumberFormatException e) {
      throw new AdminRefusal("BAD_AMOUNT", "found=" + text + " allowed=a number with at most two decimals");
    }
  }

  /// `17` or `ACCT0000000017`.
  static long account(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String digits = upper.startsWith(ACCOUNT_PREFIX) ? upper.substring(ACCOUNT_PREFIX.length()) : upper;
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new AdminRefusal("BAD_ACCOUNT", "found=" + text + " allowed=17 or ACCT0000000017");
    }
  }

  /// A moment by ISO 8601, in UTC.
  static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new AdminRefusal("BAD_TIME", "found=" + text + " allowed=a time such as 2026-11-21T12:00:00Z");
    }
  }

  /// 32 hexadecimal digits.
  static TransactionId transaction(String text) {
    if (!text.matches("[0-9a-fA-F]{32}")) {
      throw new AdminRefusal("BAD_TRANSACTION", "found=" + text + " allowed=32 hexadecimal digits");
    }
    return TransactionId.parse(text.toLowerCase(Locale.ROOT));
  }

  static byte[] uid(String text) {
    String digits = text.replace(":", "").replace(" ", "");
    if (!digits.matches("([0-9a-fA-F]{2}){4,10}")) {
      // A card's number does not belong into an error text.
      throw new AdminRefusal("BAD_UID", "allowed=4 to 10 bytes in hexadecimal, such as 04A1B2C3");
    }
    return HexFormat.of().parseHex(digits);
  }

  /// The token itself, 40 hexadecimal digits, or a UID.
  static CardToken card(AdminCommands admin, String text) {
    return text.matches("[0-9a-fA-F]{40}") ? CardToken.parse(text) : admin.desk().token(uid(text));
  }

  static AccountRow known(AdminCommands admin, long account) {
    return admin.desk().reads().account(admin.site(), account)
        .orElseThrow(
            () -> new AdminRefusal("NO_SUCH_ACCOUNT", "site=" + admin.site() + " account=" + account));
  }

  static Holdings ledger(AdminCommands admin, AccountRow account) {
    return Holdings.of(admin.desk().reads(), account);
  }
}
