package dev.counterfoil.terminal.support;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a text what looks like a secret or a person, whoever wrote it there: values of telling names, keys in PEM, passwords
/// in addresses, long numbers, runs of hexadecimal digits, and long words that no language has. Rather too much than too little: a
/// technician can ask again, and what has left the house has left it. Pure.
///
/// What it cannot know is a short secret without a name beside it; [KnownSecrets] takes out those that this machine knows.
public final class Redactor {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\n\t]]");
  private static final Pattern PEM = Pattern
      .compile("(?s)-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|\\z)");
  private static final Pattern ADDRESS = Pattern.compile("(://)[^/\\s@]+@");
  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+\\S+");
  private static final Pattern NAMED = Pattern.compile("(?i)([\"']?)\\b((?:[a-z0-9]+[_.-])*"
      + "(?:password|passwd|pwd|passphrase|passcode|secret|token|pin|key|keys|uid|card|cardnumber|pan|iban|phone|qr|qrcode|"
      + "barcode|payload|holder|holdername|person|customer|cardholder|operator|employee|user|username|cookie|"
      + "authorization|credential|seed|serial)(?:[_-](?:no|number|code|name|id|text|value|hex|b64))?)\\1\\s*[=:]\\s*"
      + "(\"[^\"\\n]*\"?|'[^'\\n]*'?|[^\\s,;]+)");
  private static final Pattern SPOKEN = Pattern
      .compile("(?i)\\b(password|passphrase|pin|token|secret)(\\s+(?:is|was|of)?\\s*)(?=\\S*[0-9])[^\\s=]+");
  private static final Pattern HEX = Pattern
      .compile(
          "(?i)(?<![0-9a-z])(?:[0-9a-f]{2}([: -])(?:[0-9a-f]{2}\\1){2,}[0-9a-f]{2}|[0-9a-f]{8,})(?![0-9a-z])");
  private static final int LONG = 16;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");
  /// Digits amid letters, as in passwords and short Base64.
  private static final Pattern MIXED = Pattern.compile("[A-Za-z][0-9]+[A-Za-z]");
  private static final Pattern SPELLED = Pattern.compile("[0-9]{0,7}|[A-Z]{1,14}|(?:[A-Z]?[a-z]+){1,6}");
  /// The most that a number of a pin on the board can be; a person's PIN has four digits or more.
  private static final Pattern BOARD_PIN = Pattern.compile("[0-9]{1,2}");
  private static final Set<String> HARMLESS = Set.of("true", "false", "none", "\"\"", "null");

  private final List<String> kept;

  /// @param kept words that are no secret though they look like one, such as the terminal's own number
  public Redactor(List<String> kept) {
    this.kept = kept.stream().filter(word -> !word.isEmpty()).toList();
  }

  public String redact(String text) {
    String seen = PEM.matcher(CONTROL.matcher(text).replaceAll(" ")).replaceAll("[key]");
    seen = ADDRESS.matcher(seen).replaceAll("$1[login]@");
    seen = BEARER.matcher(seen).replaceAll("$1 [token]");
    seen = NAMED.matcher(seen).replaceAll(Redactor::named);
    seen = SPOKEN.matcher(seen).replaceAll("$1$2[redacted]");
    seen = HEX.matcher(seen).replaceAll(found -> word(found, "[number]"));
    return WORD.matcher(seen).replaceAll(found -> isTelling(found.group()) ? word(found, "[word]")
        : quoted(found.group()));
  }

  private static String named(MatchResult found) {
    String name = found.group(2);
    String value = found.group(3);
    boolean pin = name.toLowerCase(Locale.ROOT).endsWith("pin") && BOARD_PIN.matcher(value).matches();
    if (pin || HARMLESS.contains(value)) {
      return quoted(found.group());
    }
    String head = found.group().substring(0, found.group().length() - value.length());
    return quoted(head + "[redacted]");
  }

  private String word(MatchResult found, String instead) {
    String word = found.group();
    return quoted(kept.contains(word) ? word : instead);
  }

  private static boolean isTelling(String word) {
    return word.length() < LONG ? MIXED.matcher(word).find() : !isSpelled(word);
  }

  /// Words, names of classes and files, and versions are made of syllables and short numbers; keys and numbers of cards are not.
  private static boolean isSpelled(String word) {
    return Arrays.stream(word.split("[+/_=-]", -1)).allMatch(part -> SPELLED.matcher(part).matches());
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  /// What is taken out, for the manifest.
  public static String describe() {
    return String.join("; ",
        "values named password, token, key, PIN, UID, card, QR, holder, operator and the like", "keys in PEM",
        "logins in addresses", "numbers of 8 digits or more", "hexadecimal of 4 bytes or more",
        "words of 16 characters or more that are no words, and of 8 or more with digits amid letters");
  }
}
