package dev.counterfoil.sim.device.wiegand;

/// What a Wiegand reader sends for a card, as a text of noughts and ones. Pure.
///
/// The first bit makes the number of ones in the first half even, the last one makes that in the second half odd.
public final class WiegandBits {

  private WiegandBits() {}

  /// 26 bits of a facility (0-255) and a card (0-65535).
  public static String of26(int facility, int card) {
    return framed(binary(facility, 8) + binary(card, 16));
  }

  /// 34 bits of a UID of four bytes, high byte first.
  public static String of34(long uid) {
    return framed(binary(uid >>> 16, 16) + binary(uid & 0xFFFF, 16));
  }

  private static String framed(String data) {
    int middle = data.length() / 2;
    long before = data.substring(0, middle).chars().filter(bit -> bit == '1').count();
    long behind = data.substring(middle).chars().filter(bit -> bit == '1').count();
    return (before % 2 == 0 ? "0" : "1") + data + (behind % 2 == 0 ? "1" : "0");
  }

  private static String binary(long value, int digits) {
    var text = new StringBuilder();
    for (int bit = digits - 1; bit >= 0; bit--) {
      text.append((value >>> bit & 1) == 1 ? '1' : '0');
    }
    return text.toString();
  }
}
