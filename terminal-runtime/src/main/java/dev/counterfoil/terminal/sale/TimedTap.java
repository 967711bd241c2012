package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.journal.Visits.Visit;
import dev.counterfoil.terminal.sale.MealRules.Verdict;
import java.util.List;
import java.util.OptionalLong;

/// A card's first tap begins a time, its second ends and pays it. Begun is what the journal says, so that neither a restart
/// nor a power cut forgets it; what another terminal wrote is not known here.
final class TimedTap {

  private final MealRules meals;

  TimedTap(MealRules meals) {
    this.meals = meals;
  }

  /// Nobody pays by a clock that nobody vouches for.
  Verdict of(SaleMode.Timed mode, CardToken token, SaleDesk desk) {
    OptionalLong now = desk.wallMillis();
    if (now.isEmpty()) {
      return new Verdict.Refused(DeclineReason.CLOCK_UNKNOWN);
    }
    return desk.visit(token).<Verdict>map(visit -> ends(mode, visit, now.getAsLong(), token, desk))
        .orElseGet(() -> begins(mode, now.getAsLong(), token, desk));
  }

  private Verdict begins(SaleMode.Timed mode, long now, CardToken token, SaleDesk desk) {
    return switch (meals.of(Basket.of(List.of(mode.product()), ""), token, desk)) {
      case Verdict.Priced(var unit) -> begins(mode, unit, now, token, desk);
      case Verdict.Refused refused -> refused;
      case Verdict.Used used -> used;
    };
  }

  /// Who could not pay the first unit does not begin.
  private static Verdict begins(SaleMode.Timed mode, Basket unit, long now, CardToken token, SaleDesk desk) {
    var standing = desk.standing(token);
    if (standing.isPresent()) {
      return new Verdict.Refused(standing.get());
    }
    if (desk.balance(token).orElse(0) < unit.amountMinor()) {
      return new Verdict.Refused(DeclineReason.INSUFFICIENT_BALANCE);
    }
    return new Verdict.Used(new CardUsed(CardUsed.What.TIME_STARTED, mode.product().code(), unit.meal(), 0,
        now, unit.terms()), new Screen.TimeStarted(unit.amountMinor()));
  }

  private Verdict ends(SaleMode.Timed mode, Visit visit, long now, CardToken token, SaleDesk desk) {
    long units = units(now - visit.startedMillis(), mode.unitMillis());
    var occasion = new Occasion(0, visit.seq(), visit.startedMillis(), now, units, 0);
    var basket = Basket.of(List.of(line(mode, units)), "").on(occasion);
    return new Verdict.Priced(meals.toTheEnd(basket, token, desk));
  }

  /// Started units, at least one: also where the clock was set back meanwhile.
  private static long units(long elapsedMillis, long unitMillis) {
    return Math.max(1, Math.ceilDiv(elapsedMillis, unitMillis));
  }

  /// As many units as were begun, or one of all where the most is reached.
  private static SaleLine line(SaleMode.Timed mode, long units) {
    SaleLine unit = mode.product();
    boolean most = units > SaleLine.MAX_QUANTITY || units * unit.unitPriceMinor() > mode.mostMinor();
    return most ? new SaleLine(unit.code(), unit.name(), mode.mostMinor(), 1) : unit.times((int) units);
  }
}
