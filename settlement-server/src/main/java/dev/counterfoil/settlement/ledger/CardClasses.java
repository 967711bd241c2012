package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.PriceTerms;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The classes of cards that a house has, by number, with what it calls them. A pure value.
///
/// @param names of the classes; empty where nobody named any, and then all of 1 to 99 may be given
public record CardClasses(SortedMap<Integer, String> names) {

  /// A house that names none.
  public static final CardClasses UNNAMED = new CardClasses(new TreeMap<>());

  public CardClasses {
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /// Reads `1=Staff, 2=Student`.
  ///
  /// @return empty if it cannot be read so, or a number stands twice
  public static Optional<CardClasses> read(String text) {
    var names = new TreeMap<Integer, String>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] sides = part.split("=", 2);
      if (sides.length != 2 || !sides[0].strip().matches("[1-9]\\d?") || sides[1].isBlank()
          || names.put(Integer.valueOf(sides[0].strip()), sides[1].strip()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new CardClasses(names));
  }

  /// Whether an account may be put into it.
  public boolean has(int cardClass) {
    return names.isEmpty() ? PriceTerms.exist(cardClass, 0) : names.containsKey(cardClass);
  }

  /// What the house calls it, or its number.
  public String name(int cardClass) {
    return names.getOrDefault(cardClass, Integer.toString(cardClass));
  }
}
