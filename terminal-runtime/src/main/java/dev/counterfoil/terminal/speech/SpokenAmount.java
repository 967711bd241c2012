package dev.counterfoil.terminal.speech;

import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// An amount as the words that a person would say, each one recording.
///
/// Chinese: 元, 角 and 分 (`12.50`: 十 二 元 五 角), 两 for a two that counts something, 零 where places between are empty.
/// English: the number, then the decimals one by one (`12.50`: twelve point five zero). Amounts below zero begin with
/// `minus`; from 100 million on nothing is said.
public final class SpokenAmount {

  /// Largest amount said, minor units.
  static final long MOST_MINOR = 9_999_999_999L;

  private static final int MINOR = 100;
  private static final int TEN_THOUSAND = 10_000;
  private static final String[] CHINESE_PLACES = {"", "10", "100", "1000"};
  private static final String[] SMALL = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
      "13", "14",
      "15", "16", "17", "18", "19"};

  private SpokenAmount() {}

  /// The names of the recordings in the order in which they are played.
  public static List<String> words(long minor, Language language) {
    if (Math.abs(minor) > MOST_MINOR) {
      return List.of();
    }
    var words = new ArrayList<String>();
    if (minor < 0) {
      words.add("minus");
    }
    switch (language) {
      case CHINESE -> chinese(Math.abs(minor), words);
      case ENGLISH -> english(Math.abs(minor), words);
    }
    return List.copyOf(words);
  }

  /// Every recording that some amount needs.
  public static SortedSet<String> vocabulary(Language language) {
    var all = new TreeSet<>(List.of("minus", "100", "1000"));
    switch (language) {
      case CHINESE -> {
        all.addAll(List.of(SMALL).subList(0, 11));
        all.addAll(List.of("liang", "10000", "yuan", "jiao", "fen"));
      }
      case ENGLISH -> {
        all.addAll(List.of(SMALL));
        all.addAll(List.of("20", "30", "40", "50", "60", "70", "80", "90", "1000000", "point"));
      }
    }
    return all;
  }

  private static void chinese(long minor, List<String> words) {
    long yuan = minor / MINOR;
    int jiao = (int) (minor % MINOR / 10);
    int fen = (int) (minor % 10);
    if (yuan > 0 || minor == 0) {
      chineseNumber(yuan, words);
      words.add("yuan");
    }
    if (jiao > 0) {
      words.add(counted(jiao));
      words.add("jiao");
    }
    if (fen > 0) {
      if (yuan > 0 && jiao == 0) {
        words.add("0");
      }
      words.add(counted(fen));
      words.add("fen");
    }
  }

  /// 两 where a single two counts something.
  private static String counted(int digit) {
    return digit == 2 ? "liang" : SMALL[digit];
  }

  private static void chineseNumber(long number, List<String> words) {
    if (number < 10) {
      words.add(counted((int) number));
      return;
    }
    int high = (int) (number / TEN_THOUSAND);
    int low = (int) (number % TEN_THOUSAND);
    if (high > 0) {
      if (high < 10) {
        words.add(counted(high));
      } else {
        group(high, false, words);
      }
      words.add("10000");
    }
    if (low > 0) {
      group(low, high > 0, words);
    }
  }

  /// Four places; `after` something higher an empty thousand is said as zero.
  private static void group(int number, boolean after, List<String> words) {
    boolean begun = after;
    boolean gap = false;
    for (int place = 3; place >= 0; place--) {
      int digit = number / power(place) % 10;
      if (digit == 0) {
        gap = begun;
        continue;
      }
      if (gap) {
        words.add("0");
        gap = false;
      }
      boolean plainTen = place == 1 && digit == 1 && !begun;
      if (!plainTen) {
        words.add(place >= 2 ? counted(digit) : SMALL[digit]);
      }
      if (place > 0) {
        words.add(CHINESE_PLACES[place]);
      }
      begun = true;
    }
  }

  private static int power(int place) {
    int power = 1;
    for (int i = 0; i < place; i++) {
      power *= 10;
    }
    return power;
  }

  private static void english(long minor, List<String> words) {
    englishNumber(minor / MINOR, words);
    int decimals = (int) (minor % MINOR);
    if (decimals > 0) {
      words.add("point");
      words.add(SMALL[decimals / 10]);
      words.add(SMALL[decimals % 10]);
    }
  }

  private static void englishNumber(long number, List<String> words) {
    if (number == 0) {
      words.add("0");
      return;
    }
    hundreds((int) (number / 1_000_000), "1000000", words);
    hundreds((int) (number / 1_000 % 1_000), "1000", words);
    hundreds((int) (number % 1_000), "", words);
  }

  private static void hundreds(int number, String unit, List<String> words) {
    if (number == 0) {
      return;
    }
    if (number >= 100) {
      words.add(SMALL[number / 100]);
      words.add("100");
    }
    int rest = number % 100;
    if (rest >= 20) {
      words.add(Integer.toString(rest / 10 * 10));
      rest %= 10;
    }
    if (rest > 0) {
      words.add(SMALL[rest]);
    }
    if (!unit.isEmpty()) {
      words.add(unit);
    }
  }
}
