package dev.counterfoil.sim.card;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Reads what people write for a card: `kind:uid`, such as `classic1k:04A1B2C3`, and for cards with keys what they were
/// personalised with: `desfire-aes:04010203040506,aid=F54321,master=00112233445566778899AABBCCDDEEFF,data=0102030405060708`.
///
/// Kinds: `classic1k` and `classic4k` (UID of 4 or 7 bytes), `ultralight`, `ntag` and `desfire` (7 bytes), and
/// `desfire-aes` and `ntag424` (7 bytes); the words of those and of `classic1k`, `classic4k` are in [CardWords].
public final class CardSpec {
  private static final List<String> KINDS = List.of("classic1k", "classic4k", "ultralight", "ntag",
      "desfire", "desfire-aes", "ntag424");

  private CardSpec() {}

  /// Makes a fresh card.
    ///
    /// @throws CardSpecException when the kind or the UID is not understood; the message says what is allowed
  public static Card parse(String text) {
    int colon = text.indexOf(':');
    String kind = (colon < 0 ? text : text.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    if (colon < 0 || !KINDS.contains(kind)) {
      throw new CardSpecException(
          "\"" + text + "\" is not kind:uid with a kind of " + String.join(", ", KINDS));
    }
    String[] parts = text.substring(colon + 1).split(",", 2);
    byte[] uid = uid(text, parts[0]);
    CardWords words = CardWords.parse(text, parts.length == 1 ? "" : parts[1]);
    Card card = card(text, kind, uid, words);
    words.requireAllUsed();
    return card;
  }

  private static Card card(String text, String kind, byte[] uid, CardWords words) {
    return switch (kind) {
      case "classic1k" -> words.classic(ClassicCard.oneK(uid));
      case "classic4k" -> words.classic(ClassicCard.fourK(uid));
      case "ultralight" -> PageCard.ultralight(sevenBytes(text, uid));
      case "ntag" -> PageCard.ntag(sevenBytes(text, uid));
      case "desfire" -> DesfireCard.of(sevenBytes(text, uid));
      case "ntag424" -> words.tag(sevenBytes(text, uid));
      default -> words.desfire(sevenBytes(text, uid));
    };
  }

  private static byte[] uid(String text, String digits) {
    String plain = digits.replace(" ", "").replace(":", "");
    try {
      byte[] uid = HexFormat.of().parseHex(plain);
      if (uid.length == 4 || uid.length == 7) {
        return uid;
      }
    } catch (IllegalArgumentException _) {
      // Reported below together with a wrong length: the remedy is the same.
    }
    throw new CardSpecException("the UID in \"" + text + "\" must be 8 or 14 hexadecimal digits");
  }

  private static byte[] sevenBytes(String text, byte[] uid) {
    if (uid.length != 7) {
      throw new CardSpecException("the UID in \"" + text + "\" must be 14 hexadecimal digits for this kind");
    }
    return uid;
  }
}
