package dev.counterfoil.protocol.policy;

import java.util.Arrays;
import java.util.Optional;

/// Why a consumption was refused. The names are the stable codes: they stand in DECLINE records, in the server's
/// decisions, on screens and in reports, so a constant is never renamed.
///
/// Order of the constants is the order of precedence: when several apply, the first one is reported.
/// Sources: PAY-04, PAY-05, PAY-06, PAY-22; OFF-06 and OFF-09 for those that start with `OFFLINE`.
public enum DeclineReason {
  /// The request itself makes no sense: amount of zero or less, unknown product, wrong currency. Do not retry.
  PARAMETER_ERROR(11),
  /// Nobody can say whose card this is (PAY-04). No transaction exists.
  IDENTITY_ERROR(1),
  /// The merchant may not sell, or is unknown.
  MERCHANT_INVALID(3),
  /// This server takes no payment by such a presentation, such as a scanned code. Present a card.
  METHOD_UNSUPPORTED(28),
  /// The card is reported lost. The same card stays refused.
  CARD_LOST(8),
  /// No active card with this identity.
  CARD_INVALID(1),
  /// The card's validity is over.
  CARD_EXPIRED(2),
  /// A scanned code that was never issued, was used before, or is damaged.
  QR_INVALID(26),
  /// A scanned code past its life time.
  QR_EXPIRED(27),
  /// The account is frozen: contact support (PAY-05).
  ACCOUNT_FROZEN(20),
  /// The account is closed or not yet active: have a card issued (PAY-05).
  ACCOUNT_INVALID(2),
  /// The account may not buy here (PAY-08).
  PERMISSION_DENIED(3),
  /// The site sells at other hours (LIM-05).
  OUTSIDE_HOURS(6),
  /// More than one purchase may cost.
  LIMIT_PER_TRANSACTION(10),
  /// More than this account may spend in a day or a month.
  LIMIT_PER_PERIOD(5),
  /// More than this account may spend on a day of a weekend (LIM-05).
  LIMIT_WEEKEND(5),
  /// More than this account may spend on a holiday (LIM-05).
  LIMIT_HOLIDAY(5),
  /// The card has been used here as often as a meal period allows.
  LIMIT_MEAL_COUNT(4),
  /// More than one card may spend here in this meal period.
  LIMIT_MEAL_AMOUNT(5),
  /// The holder has ordered nothing for this meal, as far as this terminal was told (docs/adr/0034).
  ORDER_NONE(3),
  /// What the holder has ordered for this meal was collected.
  ORDER_COLLECTED(4),
  /// The account's money does not suffice (PAY-06).
  INSUFFICIENT_BALANCE(7),
  /// More purchases than this account may make in an hour (LIM-04).
  LIMIT_HOUR_COUNT(4),
  /// More purchases than this account may make in a day (LIM-04).
  LIMIT_DAY_COUNT(4),
  /// A risk rule refused.
  RISK_REFUSED(25),
  /// This amount needs a password that this device cannot ask for.
  PASSWORD_NEEDED(21),
  /// This amount needs a password, and the account has none: have one set at the desk (PAY-28).
  PASSWORD_NOT_SET(22),
  /// Not the account's password. A new try is a new purchase (LIM-16).
  PASSWORD_WRONG(23),
  /// Wrong too often: no password is taken for a while (LIM-16).
  PASSWORD_LOCKED(24),
  /// Neither the terminal's clock nor the time since the last contact is known well enough.
  CLOCK_UNKNOWN(11),
  /// The server cannot be asked, and this account or presentation may not be served without it.
  OFFLINE_NOT_ALLOWED(30),
  /// The server cannot be asked, and the account data is older than allowed.
  OFFLINE_DATA_TOO_OLD(31),
  /// More than one purchase without the server may cost.
  OFFLINE_LIMIT_PER_TAP(32),
  /// More than one card may spend without the server, in a day or since the last contact.
  OFFLINE_LIMIT_PER_CARD(33),
  /// The terminal has used up what it may approve without the server.
  OFFLINE_ALLOWANCE_USED(34),
  /// Something else is being decided, or a lock was not had in time. Present the card again.
  SYSTEM_BUSY(40),
  /// The decision could not be made durable or executed. Nothing was charged.
  PAYMENT_FAILED(13);

  private final int number;

  DeclineReason(int number) {
    this.number = number;
  }

  /// The number that cashiers know it by: 1 to 13 as makers of canteen terminals use them, from 20 on ours. Several reasons
  /// share one where the cashier does the same about them.
  public int number() {
    return number;
  }

  /// The reason with this code, or empty if a newer peer sent one that this version does not know.
  public static Optional<DeclineReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }
}
