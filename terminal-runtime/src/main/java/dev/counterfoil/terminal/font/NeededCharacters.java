package dev.counterfoil.terminal.font;

import dev.counterfoil.terminal.sale.Phrase;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// The characters that a terminal can have to show: plain ASCII, all its phrases, and what its installer named.
public final class NeededCharacters {

  private NeededCharacters() {}

  /// Code points in order.
  ///
  /// @param names of the terminal and its products
  public static SortedSet<Integer> with(Collection<String> names) {
    var needed = new TreeSet<Integer>();
    for (int codePoint = ' '; codePoint <= '~'; codePoint++) {
      needed.add(codePoint);
    }
    for (Phrase phrase : Phrase.values()) {
      for (Language language : Language.values()) {
        add(needed, phrase.in(language));
      }
    }
    names.forEach(name -> add(needed, name));
    return needed;
  }

  private static void add(SortedSet<Integer> needed, String text) {
    text.codePoints().filter(codePoint -> !Character.isISOControl(codePoint)).forEach(needed::add);
  }
}
