package dev.counterfoil.terminal.sale;

import dev.counterfoil.terminal.meal.CardTerms;
import java.util.ArrayList;
import java.util.List;

/// What is to be paid in one transaction.
///
/// @param lines             positions in the order keyed; empty for a keyed amount
/// @param amountMinor       sum to pay, minor units
/// @param externalReference number that the till or vending controller gave it; empty if none
/// @param originalMinor     sum before discounts, minor units
/// @param meal              number of the meal period in which it is paid, from 1; 0 for none
/// @param terms             on which terms the price was made
/// @param occasion          what is counted, charged by time or ordered before
public record Basket(List<SaleLine> lines, long amountMinor, String externalReference, long originalMinor,
    int meal, CardTerms terms, Occasion occasion) {

  /// The most positions in one transaction, so that a record stays well below its 16 KiB.
  public static final int MAX_LINES = 64;

  public static final Basket EMPTY = new Basket(List.of(), 0, "");

  public Basket {
    lines = List.copyOf(lines);
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("more than " + MAX_LINES + " positions");
    }
  }

  /// A basket at its list price.
  public Basket(List<SaleLine> lines, long amountMinor, String externalReference) {
    this(lines, amountMinor, externalReference, amountMinor, 0, CardTerms.STANDARD, Occasion.NONE);
  }

  /// The same, of which so much is to be paid.
  Basket pays(long payableMinor, int inMeal, CardTerms on) {
    return new Basket(lines, payableMinor, externalReference, originalMinor, inMeal, on, occasion);
  }

  /// The same, on this occasion.
  Basket on(Occasion what) {
    return new Basket(lines, amountMinor, externalReference, originalMinor, meal, terms, what);
  }

  /// The same as what was ordered for a meal, at its own price.
  Basket collects(int inMeal, long order) {
    return new Basket(lines, amountMinor, externalReference, originalMinor, inMeal, CardTerms.STANDARD,
        Occasion.collected(order));
  }

  /// An amount without positions.
  public static Basket ofAmount(long amountMinor) {
    return new Basket(List.of(), amountMinor, "");
  }

  /// The sum of these positions.
  ///
  /// @throws ArithmeticException when it does not fit
  public static Basket of(List<SaleLine> lines, String externalReference) {
    long sum = 0;
    for (SaleLine line : lines) {
      sum = Math.addExact(sum, line.totalMinor());
    }
    return new Basket(lines, sum, externalReference);
  }

  /// This basket with one more position.
  public Basket plus(SaleLine line) {
    var longer = new ArrayList<>(lines);
    longer.add(line);
    return of(longer, externalReference);
  }

  /// Whether a till gave it a number of its own.
  public boolean isReferenced() {
    return !externalReference.isEmpty();
  }

  /// Whether it is what lay on the scale.
  public boolean isWeighed() {
    return lines.stream().anyMatch(line -> line.grams() > 0);
  }

  public boolean isEmpty() {
    return lines.isEmpty() && amountMinor == 0;
  }
}
