package dev.counterfoil.settlement.secret;

/// Base32 of RFC 4648 without padding, as authenticator programs read it.
final class Base32 {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder();
    int bits = bytes.length * 8;
    for (int at = 0; at < bits; at += 5) {
      text.append(ALPHABET.charAt(fiveBits(bytes, at)));
    }
    return text.toString();
  }

  /// The five bits from bit `at` on; zeros behind the end.
  private static int fiveBits(byte[] bytes, int at) {
    int first = bytes[at / 8] & 0xff;
    int second = at / 8 + 1 < bytes.length ? bytes[at / 8 + 1] & 0xff : 0;
    return (first << 8 | second) >>> (11 - at % 8) & 31;
  }
}
