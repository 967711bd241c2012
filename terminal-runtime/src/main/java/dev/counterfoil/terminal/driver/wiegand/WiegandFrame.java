package dev.counterfoil.terminal.driver.wiegand;

import dev.counterfoil.terminal.device.CardIdentity;

/// One frame of a Wiegand reader. Pure.
///
/// ```
/// 26 bits   P ffffffff nnnnnnnn nnnnnnnn P     even parity over bits 1-12, odd over 13-24
/// 34 bits   P uuuuuuuu (four times)      P     even parity over bits 1-16, odd over 17-32
/// ```
///
/// Two parity bits are all the protection there is: they catch every single wrong bit and half of all worse damage. What
/// is lost or added changes the number of bits, which is checked first.
final class WiegandFrame {

  /// What a frame says.
  sealed interface Reading {

    record Card(CardIdentity identity) implements Reading {}

    /// @param reason what is wrong, without any of the number
    record Damaged(String reason) implements Reading {}
  }

  private static final int SHORT_FORM = 26;

  private WiegandFrame() {}

  /// @param count how many bits came
  /// @param bits  the bits, the first one highest
  static Reading read(WiegandSettings settings, int count, long bits) {
    if (count != settings.bits()) {
      return new Reading.Damaged(count + " bits instead of " + settings.bits());
    }
    int half = count / 2;
    long first = bits >>> half;
    long second = bits & (1L << half) - 1;
    if (Long.bitCount(first) % 2 != 0 || Long.bitCount(second) % 2 != 1) {
      return new Reading.Damaged("parity");
    }
    long number = bits >>> 1 & (1L << count - 2) - 1;
    return new Reading.Card(identity(settings, number));
  }

  /// 26 bits carry 24 of a number. Their identity has five bytes, so that it can never be the UID of another card.
  private static CardIdentity identity(WiegandSettings settings, long number) {
    if (settings.bits() == SHORT_FORM) {
      return CardIdentity.ofNumber(
          new byte[] {SHORT_FORM, 0, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
    long ordered = settings.reversed() ? Integer.reverseBytes((int) number) : number;
    return CardIdentity.ofNumber(new byte[] {(byte) (ordered >> 24), (byte) (ordered >> 16),
        (byte) (ordered >> 8), (byte) ordered});
  }
}
