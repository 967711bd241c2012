package dev.counterfoil.sim.virtual;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.sim.virtual.ScenarioException.Code;
import dev.counterfoil.sim.virtual.device.DisplayKind;
import dev.counterfoil.sim.virtual.device.VirtualScale;
import dev.counterfoil.sim.world.net.Condition;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what somebody does from a line of a scenario. Pure.
///
/// ```
/// T key K | T keys KEYS           keys 0-9 * # A B C D
/// T present CARD [CARD] | T remove | T tear CARD
/// T network up|slow|lossy|down
/// T power on|off | T kill now|when-asked|before-commit|mid-commit|after-commit
/// T clock SECONDS | T disk full|well
/// T weigh GRAMS [restless] | T scan CODE
/// T paper out|in | T cover open|shut
/// server down|up|crash-before-commit|crash-after-commit
/// office recharge|order CARD AMOUNT | office lost|found|freeze|unfreeze CARD
/// terminal T [mode=keyed|fixed|products|weighed|counted|timed|preorder] [display=lcd-16x2|lcd-20x4|ssd1306]
///            [language=en|zh] [printer=yes|no|needed]
/// ```
final class DeedWords {

  /// Longest line taken.
  static final int MOST_CHARACTERS = 200;

  private static final String KEYS = "0123456789*#ABCD";
  private static final int MOST_KEYS = 40;
  private static final int MOST_NAME = 16;
  private static final long MOST_SKEW_SECONDS = 10L * 366 * 86_400;
  private static final long MOST_RECHARGE_MINOR = 1_000_000;

  private DeedWords() {}

  /// @throws ScenarioException if nobody can do that
  static Deed read(String line) throws ScenarioException {
    if (line.length() > MOST_CHARACTERS) {
      throw new ScenarioException(Code.SCENARIO_LINE,
          "a line has at most " + MOST_CHARACTERS + " characters");
    }
    var words = List.of(line.strip().split("\\s+"));
    return switch (words.getFirst()) {
      case "server" -> new Deed.Server(word(Deed.ServerDeed.values(), only(words, 2)));
      case "office" -> office(words);
      case "terminal" -> add(words);
      default -> atTerminal(words);
    };
  }

  private static Deed atTerminal(List<String> words) throws ScenarioException {
    if (words.size() < 2) {
      throw unknown(words);
    }
    String terminal = words.getFirst();
    return switch (words.get(1)) {
      case "key" -> new Deed.Keys(terminal, keys(only(words, 3), 1));
      case "keys" -> new Deed.Keys(terminal, keys(only(words, 3), MOST_KEYS));
      case "present" -> present(words);
      case "tear" -> new Deed.Tear(terminal, only(words, 3));
      case "remove" -> {
        only(words, 2);
        yield new Deed.Remove(terminal);
      }
      case "network" -> new Deed.Network(terminal, word(Condition.values(), only(words, 3)));
      case "power" -> new Deed.Power(terminal, choice(only(words, 3), "on", "off"));
      case "kill" -> new Deed.Kill(terminal, word(Deed.Point.values(), only(words, 3)));
      case "clock" -> new Deed.Clock(terminal, seconds(only(words, 3)));
      case "disk" -> new Deed.Disk(terminal, choice(only(words, 3), "full", "well"));
      case "weigh" -> weigh(words);
      case "scan" -> new Deed.Scan(terminal, code(only(words, 3)));
      case "paper" -> new Deed.Paper(terminal, choice(only(words, 3), "in", "out"));
      case "cover" -> new Deed.Cover(terminal, choice(only(words, 3), "open", "shut"));
      default -> throw unknown(words);
    };
  }

  private static Deed present(List<String> words) throws ScenarioException {
    if (words.size() < 3 || words.size() > 4) {
      throw unknown(words);
    }
    return new Deed.Present(words.getFirst(), words.subList(2, words.size()));
  }

  private static Deed weigh(List<String> words) throws ScenarioException {
    boolean restless = words.size() == 4;
    if (restless && !words.getLast().equals("restless")) {
      throw notOneOf(words.getLast(), List.of("restless"));
    }
    only(words, restless ? 4 : 3);
    return new Deed.Weigh(words.getFirst(), grams(words.get(2)), restless);
  }

  private static Deed office(List<String> words) throws ScenarioException {
    if (words.size() < 3) {
      throw unknown(words);
    }
    var what = word(Deed.OfficeDeed.values(), words.get(1));
    boolean priced = what == Deed.OfficeDeed.RECHARGE || what == Deed.OfficeDeed.ORDER;
    String last = only(words, priced ? 4 : 3);
    return new Deed.Office(what, words.get(2), !priced ? 0
        : what == Deed.OfficeDeed.ORDER && last.equals("0") ? 0 : amount(last));
  }

  private static Deed add(List<String> words) throws ScenarioException {
    if (words.size() < 2 || !words.get(1).matches("[a-z0-9-]{1," + MOST_NAME + "}")) {
      throw new ScenarioException(Code.SCENARIO_WORD,
          "a terminal's name is 1 to " + MOST_NAME + " of a-z, 0-9 and -");
    }
    Map<String, String> given = new LinkedHashMap<>();
    for (String word : words.subList(2, words.size())) {
      int sign = word.indexOf('=');
      if (sign < 0 || given.put(word.substring(0, sign), word.substring(sign + 1)) != null) {
        throw new ScenarioException(Code.SCENARIO_WORD,
            "\"" + word + "\" is not name=value, or is there twice");
      }
    }
    return new Deed.Add(words.get(1), model(given));
  }

  private static Deed.Model model(Map<String, String> given) throws ScenarioException {
    var mode = word(Deed.Mode.values(), taken(given, "mode", "keyed"));
    String displayWord = taken(given, "display", DisplayKind.LCD_16X2.word());
    var display = DisplayKind.of(displayWord).orElseThrow(() -> notOneOf(displayWord,
        Arrays.stream(DisplayKind.values()).map(DisplayKind::word).toList()));
    boolean chinese = choice(taken(given, "language", "en"), "zh", "en");
    var printer = word(Deed.Receipts.values(), taken(given, "printer", "yes"));
    if (!given.isEmpty()) {
      throw notOneOf(given.keySet().iterator().next(), List.of("mode", "display", "language", "printer"));
    }
    return new Deed.Model(mode, display, chinese ? Language.CHINESE : Language.ENGLISH, printer);
  }

  private static String taken(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }

  private static String only(List<String> words, int count) throws ScenarioException {
    if (words.size() != count) {
      throw unknown(words);
    }
    return words.getLast();
  }

  private static String keys(String text, int most) throws ScenarioException {
    if (text.length() > most || !text.chars().allMatch(key -> KEYS.indexOf(key) >= 0)) {
      throw new ScenarioException(Code.SCENARIO_WORD,
          "\"" + text + "\" is not 1 to " + most + " of the keys " + KEYS);
    }
    return text;
  }

  private static int grams(String text) throws ScenarioException {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= VirtualScale.MOST_GRAMS) {
      return Integer.parseInt(text);
    }
    throw new ScenarioException(Code.SCENARIO_WORD,
        "\"" + text + "\" is not a whole number of grams up to " + VirtualScale.MOST_GRAMS);
  }

  private static String code(String text) throws ScenarioException {
    if (text.chars().allMatch(each -> each > ' ' && each <= '~')) {
      return text;
    }
    throw new ScenarioException(Code.SCENARIO_WORD,
        "\"" + text + "\" has characters that a scanner does not send");
  }

  private static long seconds(String text) throws ScenarioException {
    try {
      long seconds = Long.parseLong(text);
      if (Math.abs(seconds) <= MOST_SKEW_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException _) {
      // Reported below together with too much.
    }
    throw new ScenarioException(Code.SCENARIO_WORD,
        "\"" + text + "\" is not a whole number of seconds up to " + MOST_SKEW_SECONDS);
  }

  private static long amount(String text) throws ScenarioException {
    if (text.matches("[0-9]{1,5}(\\.[0-9]{1,2})?")) {
      long minor = Money.parseDecimal(text);
      if (minor > 0 && minor <= MOST_RECHARGE_MINOR) {
        return minor;
      }
    }
    throw new ScenarioException(Code.SCENARIO_WORD,
        "\"" + text + "\" is not an amount from 0.01 to " + Money.decimal(MOST_RECHARGE_MINOR));
  }

  private static boolean choice(String word, String yes, String no) throws ScenarioException {
    if (!word.equals(yes) && !word.equals(no)) {
      throw notOneOf(word, List.of(yes, no));
    }
    return word.equals(yes);
  }

  private static <E extends Enum<E>> E word(E[] values, String word) throws ScenarioException {
    for (E value : values) {
      if (spelt(value).equals(word)) {
        return value;
      }
    }
    throw notOneOf(word, Arrays.stream(values).map(DeedWords::spelt).toList());
  }

  /// As a scenario writes it: `before-commit`.
  static String spelt(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ScenarioException notOneOf(String word, List<String> allowed) {
    return new ScenarioException(Code.SCENARIO_WORD,
        "\"" + word + "\" is none of " + String.join(", ", allowed));
  }

  private static ScenarioException unknown(List<String> words) {
    return new ScenarioException(Code.SCENARIO_LINE,
        "nobody knows how to do \"" + String.join(" ", words) + "\"");
  }
}
