package dev.counterfoil.sim.card;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What stands behind the UID of a card that was personalised, as `name=value` with commas between.
///
/// `desfire-aes`: `aid` (6 hexadecimal digits), `key` or `master` (32; a master key is diversified with UID and
/// application, AN10922), `key-number` (0), `file` (1), `mode` (`mac`, `full` or `plain`), `data` (the file's bytes; a
/// number of 7 bytes made of the UID where it is left out).
///
/// `ntag424`: `meta` (32 hexadecimal digits), `key` or `master` (diversified with the UID), `counter` (0).
///
/// `classic1k`, `classic4k`: nothing, or `master` (key A of the sector, diversified with UID, sector and the letter A),
/// `sector` (1) and `data` (up to 16 bytes for its first block).
final class CardWords {
  private final String text;
  private final Map<String, String> words;

  private CardWords(String text, Map<String, String> words) {
    this.text = text;
    this.words = words;
  }

  static CardWords parse(String text, String list) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : list.isBlank() ? new String[0] : list.split(",")) {
      int equals = word.indexOf('=');
      if (equals < 0
          || words.put(word.substring(0, equals).strip(), word.substring(equals + 1).strip()) != null) {
        throw new CardSpecException("\"" + word + "\" in \"" + text + "\" is not name=value, once each");
      }
    }
    return new CardWords(text, words);
  }

  DesfireCard desfire(byte[] uid) {
    byte[] aid = hex("aid", 3).orElseThrow(() -> wrong("needs aid= with 6 hexadecimal digits"));
    int number = number("key-number", 0, 13);
    // Least significant byte first, as the card sends it.
    byte[] onWire = {aid[2], aid[1], aid[0]};
    byte[] key = hex("key", CardAes.BLOCK)
        .or(() -> hex("master", CardAes.BLOCK)
            .map(master -> CardAes.diversified(master, CardAes.join(uid, onWire))))
        .orElseThrow(() -> wrong("needs key= or master= with 32 hexadecimal digits"));
    DesfireApplication application = new DesfireApplication(
        (aid[0] & 0xFF) << 16 | (aid[1] & 0xFF) << 8 | aid[2] & 0xFF)
        .withKey(0, key).withKey(number, key)
        .withFile(number("file", 1, 31), mode(), number, hex("data", 0).orElse(uid));
    return DesfireCard.of(uid).withApplication(application);
  }

  Ntag424Card tag(byte[] uid) {
    byte[] meta = hex("meta", CardAes.BLOCK)
        .orElseThrow(() -> wrong("needs meta= with 32 hexadecimal digits"));
    byte[] key = hex("key", CardAes.BLOCK)
        .or(() -> hex("master", CardAes.BLOCK).map(master -> CardAes.diversified(master, uid)))
        .orElseThrow(() -> wrong("needs key= or master= with 32 hexadecimal digits"));
    return new Ntag424Card(uid, meta, key, number("counter", 0, 999));
  }

  ClassicCard classic(ClassicCard card) {
    Optional<byte[]> master = hex("master", CardAes.BLOCK);
    if (master.isPresent()) {
      int sector = number("sector", 1, 15);
      byte[] key = CardAes.diversified(master.get(),
          CardAes.join(card.uid(), new byte[] {(byte) sector, 'A'}));
      byte[] trailer = card.peek(4 * sector + 3);
      System.arraycopy(key, 0, trailer, 0, 6);
      card.poke(4 * sector + 3, trailer);
      card.poke(4 * sector, Arrays.copyOf(hex("data", 0).orElse(card.uid()), 16));
    }
    return card;
  }

  private DesfireApplication.Mode mode() {
    String mode = Optional.ofNullable(words.remove("mode")).orElse("mac");
    try {
      return DesfireApplication.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw wrong("has mode=" + mode + ", allowed are plain, mac, full");
    }
  }

  /// @param length in bytes, 0 for any
  private Optional<byte[]> hex(String name, int length) {
    String digits = words.remove(name);
    if (digits == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(digits);
      if (length == 0 || bytes.length == length) {
        return Optional.of(bytes);
      }
    } catch (IllegalArgumentException _) {
      // Reported below together with a wrong length: the remedy is the same.
    }
    throw wrong("has a wrong " + name + "=: hexadecimal digits"
        + (length == 0 ? "" : ", " + 2 * length + " of them"));
  }

  private int number(String name, int standard, int most) {
    String digits = Optional.ofNullable(words.remove(name)).orElse(String.valueOf(standard));
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
      throw wrong("has " + name + "=" + digits + ", allowed are 0 to " + most);
    }
    return Integer.parseInt(digits);
  }

  void requireAllUsed() {
    if (!words.isEmpty()) {
      throw wrong("has words that this kind of card does not know: " + String.join(", ", words.keySet()));
    }
  }

  private CardSpecException wrong(String problem) {
    return new CardSpecException("\"" + text + "\" " + problem);
  }
}
