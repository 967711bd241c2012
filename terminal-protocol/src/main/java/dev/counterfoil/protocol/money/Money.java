package dev.counterfoil.protocol.money;

import java.math.BigDecimal;

/// An amount of one currency in its minor unit (fen, cent). Immutable; every operation is exact and throws
/// {@link ArithmeticException} on overflow rather than wrap, because a wrapped amount would be booked.
///
/// @param minor amount in minor units, any sign
/// @param currency ISO 4217 code, three capital letters
public record Money(long minor, String currency) {

  public Money {
    if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw new IllegalArgumentException("currency must be three capital letters, found '" + currency + "'");
    }
  }

  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minor, other.minor), currency);
  }

  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(minor, other.minor), currency);
  }

  public boolean isPositive() {
    return minor > 0;
  }

  /// Plain decimal with two places and no currency, such as `12.50`.
  public String toDecimal() {
    return decimal(minor);
  }

  /// Plain decimal of an amount in hundredths, such as `-0.05`.
  public static String decimal(long minor) {
    long absolute = Math.absExact(minor);
    return (minor < 0 ? "-" : "") + absolute / 100 + "." + (absolute % 100 < 10 ? "0" : "") + absolute % 100;
  }

  /// Reads a plain decimal with at most two places.
  ///
  /// @throws NumberFormatException if the text is not such a number or does not fit
  public static long parseDecimal(String text) {
    try {
      return new BigDecimal(text.strip()).movePointRight(2).longValueExact();
    } catch (ArithmeticException e) {
      throw new NumberFormatException("not an amount with at most two decimals: '" + text + "'");
    }
  }

  @Override
  public String toString() {
    return toDecimal() + " " + currency;
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot mix " + currency + " and " + other.currency);
    }
  }
}
