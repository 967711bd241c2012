package dev.counterfoil.terminal.layout;

import java.util.ArrayList;
import java.util.List;

/// Where a line of words may end: at a blank, before the `_` of a code, or on either side of a wide character, but not before a closing mark.
public final class WordBreaks {

  private static final String NEVER_FIRST = ",.:;!?)，。：；！？）、";

  private final Alphabet alphabet;

  public WordBreaks(Alphabet alphabet) {
    this.alphabet = alphabet;
  }

  /// The words in as many lines as needed; none for no words. A word wider than a line is broken.
  public List<String> lines(String words, int columns) {
    var lines = new ArrayList<String>();
    String rest = words.strip();
    while (!rest.isEmpty()) {
      String line = beginning(rest, columns);
      lines.add(line);
      rest = rest.substring(line.length()).strip();
    }
    return lines;
  }

  /// As many whole words as fit, or the beginning of the first one where not even that fits. At least one character.
  public String beginning(String words, int columns) {
    int end = fitting(words, columns);
    if (end == words.length()) {
      return words;
    }
    int good = end;
    while (good > 0 && !mayEndAt(words, good)) {
      good = words.offsetByCodePoints(good, -1);
    }
    return words.substring(0, good > 0 ? good : end).stripTrailing();
  }

  private int fitting(String words, int columns) {
    int end = 0;
    int used = 0;
    while (end < words.length()) {
      int codePoint = words.codePointAt(end);
      used += alphabet.columns(codePoint);
      if (used > columns && end > 0) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private boolean mayEndAt(String words, int index) {
    int before = words.codePointBefore(index);
    int after = words.codePointAt(index);
    if (after == ' ' || after == '_') {
      return true;
    }
    boolean wide = alphabet.columns(before) == 2 || alphabet.columns(after) == 2;
    return before != ' ' && wide && NEVER_FIRST.indexOf(after) < 0
        || before != ' ' && NEVER_FIRST.indexOf(before) >= 0 && wide;
  }
}
