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
  PARAMETER_ERROR,
  /// Nobody can say whose card this is (PAY-04). No transaction exists.
  IDENTITY_ERROR,
  /// The merchant may not sell, or is unknown.
  MERCHANT_INVALID,
  /// This server takes no payment by such a presentation, such as a scanned code. Present a card.
  METHOD_UNSUPPORTED,
  /// The card is reported lost. The same card stays refused.
  CARD_LOST,
  /// No active card with this identity.
  CARD_INVALID,
  /// The card's validity is over.
  CARD_EXPIRED,
  /// A scanned code that was never issued, was used before, or is damaged.
  QR_INVALID,
  /// A scanned code past its life time.
  QR_EXPIRED,
  /// The account is frozen: contact support (PAY-05).
  ACCOUNT_FROZEN,
  /// The account is closed or not yet active: have a card issued (PAY-05).
  ACCOUNT_INVALID,
  /// The account may not buy here (PAY-08).
  PERMISSION_DENIED,
  /// The site sells at other hours (LIM-05).
  OUTSIDE_HOURS,
  /// More than one purchase may cost.
  LIMIT_PER_TRANSACTION,
  /// More than this account may spend in a day or a month.
  LIMIT_PER_PERIOD,
  /// More than this account may spend on a day of a weekend (LIM-05).
  LIMIT_WEEKEND,
  /// More than this account may spend on a holiday (LIM-05).
  LIMIT_HOLIDAY,
  /// The account's money does not suffice (PAY-06).
  INSUFFICIENT_BALANCE,
  /// More purchases than this account may make in an hour (LIM-04).
  LIMIT_HOUR_COUNT,
  /// More purchases than this account may make in a day (LIM-04).
  LIMIT_DAY_COUNT,
  /// A risk rule refused.
  RISK_REFUSED,
  /// This amount needs a password that this device cannot ask for.
  PASSWORD_NEEDED,
  /// This amount needs a password, and the account has none: have one set at the desk (PAY-28).
  PASSWORD_NOT_SET,
  /// Not the account's password. A new try is a new purchase (LIM-16).
  PASSWORD_WRONG,
  /// Wrong too often: no password is taken for a while (LIM-16).
  PASSWORD_LOCKED,
  /// Neither the terminal's clock nor the time since the last contact is known well enough.
  CLOCK_UNKNOWN,
  /// The server cannot be asked, and this account or presentation may not be served without it.
  OFFLINE_NOT_ALLOWED,
  /// The server cannot be asked, and the account data is older than allowed.
  OFFLINE_DATA_TOO_OLD,
  /// More than one purchase without the server may cost.
  OFFLINE_LIMIT_PER_TAP,
  /// More than one card may spend without the server, in a day or since the last contact.
  OFFLINE_LIMIT_PER_CARD,
  /// The terminal has used up what it may approve without the server.
  OFFLINE_ALLOWANCE_USED,
  /// Something else is being decided, or a lock was not had in time. Present the card again.
  SYSTEM_BUSY,
  /// The decision could not be made durable or executed. Nothing was charged.
  PAYMENT_FAILED;

  /// The reason with this code, or empty if a newer peer sent one that this version does not know.
  public static Optional<DeclineReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }
}
