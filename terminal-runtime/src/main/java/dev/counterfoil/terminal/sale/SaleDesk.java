package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.terminal.meal.OrderedMeals;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a sale asks its surroundings. Every answer is a fact of this moment, given at once and without waiting.
public interface SaleDesk {

  /// The [#refusal] while selling needs an open shift and none is; whoever opens one is not held up by it.
  String SHIFT_CLOSED = "SHIFT_CLOSED";

  /// Whether the server can be asked now (OFF-01).
  boolean online();

  /// Whether the server can be asked for more than purchases now.
  boolean errandsTaken();

  /// The stable code of why this terminal may not sell, if it may not.
  Optional<String> refusal();

  /// Whether a code was scanned that waits for its price.
  boolean codeWaits();

  /// Whether the card is on the deny list.
  boolean denied(CardToken token);

  /// Whether the card belongs to an operator of this site.
  boolean operator(CardToken token);

  /// What the card's account has, as far as this terminal knows, minor units; empty for a card that it does not know.
  OptionalLong balance(CardToken token);

  /// How much of that subsidies give, 0 or more; minor units.
  long subsidy(CardToken token);

  /// On what terms the card buys, as the server last said; [CardTerms#STANDARD] for one that this terminal does not know.
  CardTerms terms(CardToken token);

  /// What the card's holder has ordered, as far as this terminal knows.
  OrderedMeals ordered(CardToken token);

  /// Day at the site; empty while nobody knows the time.
  Optional<LocalDate> today();

  /// Minute of the day at the site, 0 to 1,439; empty while nobody knows the time.
  OptionalInt minuteOfDay();

  /// What the card has had here today in a meal period.
  ///
  /// @param meal its number, from 1
  MealUse mealUse(CardToken token, int meal);

  /// Why the card may not be used at all, as far as this terminal knows; empty if it may.
  Optional<DeclineReason> standing(CardToken token);

  /// The time that runs for the card here.
  Optional<Visits.Visit> visit(CardToken token);

  /// The present, Unix milliseconds; empty while nobody knows the time.
  OptionalLong wallMillis();

  /// What lies on the scale, and what it costs.
  ///
  /// @param perKilogramMinor price of 1,000 g
  /// @param leastGrams       lightest that is sold
  WeighedGoods.Answer weigh(long perKilogramMinor, long leastGrams);

  /// What it was when the card was held to the reader.
  Weight weightAtTap();

  /// What the offline policy says about this purchase now.
  OfflineVerdict decideOffline(CardToken token, long amountMinor);

  /// The sale of which its holder may not know.
  Optional<OpenSale> openSale();

  /// How long ago the last sale was by the wall clock; empty while nobody knows, or where it was not kept.
  OptionalLong lastSaleAgeMillis();

  /// Whether nothing of what happens moves money.
  boolean testMode();

  /// Whether a shift is open.
  boolean shiftOpen();

  /// The sale that a void would take back.
  Optional<LastSale> lastSale();

  /// A fresh id; never the same twice.
  TransactionId nextTransaction();
}
