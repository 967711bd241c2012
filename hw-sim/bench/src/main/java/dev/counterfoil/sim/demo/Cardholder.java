package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import java.util.HexFormat;
import java.util.Locale;

/// A simulated customer with one card.
///
/// Customers recognise their own answer on the glass as people do, by the balance: everybody's first balance has other
/// cents, and all prices are whole units, so the cents stay.
///
/// @param label what the tap log calls the card
/// @param cents 0-99, different for all who use one terminal
/// @param openingMinor balance at the start
record Cardholder(String label, String spec, Card card, int cents, long openingMinor) {

  private static final String[] KINDS = {"classic1k", "ntag", "desfire", "ultralight", "classic4k"};

  /// @param number 0 or more, different for every customer of a run
  /// @param units  opening balance in whole units, 0 for an empty account
  static Cardholder number(int number, long units) {
    String kind = KINDS[number % KINDS.length];
    byte[] uid = {0x04, (byte) 0xC0, (byte) 0x0F, 0x01, (byte) (number >> 16), (byte) (number >> 8),
        (byte) number};
    String spec = kind + ":" + HexFormat.of().withUpperCase().formatHex(uid);
    return new Cardholder(String.format(Locale.ROOT, "card-%03d", number), spec, CardSpec.parse(spec),
        number % 100,
        units == 0 ? 0 : units * 100 + number % 100);
  }

  /// The identity that the reader sees, as the administrator registers it.
  String uid() {
    return spec.substring(spec.indexOf(':') + 1);
  }

  /// Whether a shown balance, such as `-3.07`, is this customer's.
  boolean recognises(String balance) {
    return balance.endsWith(String.format(Locale.ROOT, ".%02d", cents));
  }
}
